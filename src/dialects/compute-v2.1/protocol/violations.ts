import { isUtf8 } from 'node:buffer';
import { ExactNumber } from '../../../base/exact-numbers.ts';
import { parsePointer } from '../../../base/json-pointer.ts';
/** Presents violations of request schemas with Nova's messages. */
import type { Call, Operation, Reply } from '../../../contract/contract.ts';
import type { Violation } from '../../../contract/schema.ts';
import { FAILED } from '../../glance/errors.ts';
import { pythonRepr } from '../../glance/python-repr.ts';
import { exactNumberOf } from '../../shared/python-json-body.ts';
import { METADATA_KEY, NAME_PATTERN, PADDED_NAME_PATTERN } from '../schemas.ts';
import { fault } from './errors.ts';
import { isLegacy } from './paths.ts';
import { releaseOf } from './releases.ts';

/** Message for a body that cannot be read at all. */
export const MALFORMED = 'Malformed request body';

const BAD_NAME =
  "An invalid 'name' value was provided. The name must be: printable characters. Can not start or end with whitespace.";

/** Messages for names that do not match a pattern. */
const BAD_NAMES: Readonly<Record<string, string>> = {
  [NAME_PATTERN]: BAD_NAME,
  [PADDED_NAME_PATTERN]:
    "An invalid 'name' value was provided. The name must be: printable characters with at least one non space character",
};

/** Whether an operation is an action, which the body names. */
export const isAction = ({ path }: Operation): boolean => path.endsWith('/action');

/** Keywords that Nova checks after all others of the same value, in this order. */
const LAST_KEYWORDS: readonly string[] = [
  'minItems',
  'maxItems',
  'required',
  'additionalProperties',
  'minProperties',
  'maxProperties',
];

/** Whether Nova reports a violation rather than another one that precedes it in the list. */
const isReportedBefore = (one: Violation, other: Violation): boolean =>
  one.pointer === other.pointer
    ? LAST_KEYWORDS.indexOf(one.keyword) < LAST_KEYWORDS.indexOf(other.keyword)
    : one.pointer.startsWith(`${other.pointer}/`);

/** A request whose body breaks the schema of its operation. */
export interface InvalidBody {
  readonly violations: readonly Violation[];
  readonly operation: Operation;
  readonly call: Call;
}

/** The message for an invalid body; `undefined` for an action request that names no action, which is a 404. */
export function violationMessage(body: InvalidBody): string | undefined {
  const { operation } = body;
  const violations = withoutAlternatives(body.violations.map((each) => withExactValue(each, body.call.body)));
  const [one, ...others] = violations;
  if (one === undefined) return MALFORMED;
  const first = others.reduce((before, each) => (isReportedBefore(each, before) ? each : before), one);
  if (isAction(operation) && first.pointer === '') return actionMessage(first, violations);
  const message = messageOf(first, body);
  if (first.pointer === '' || Object.values(BAD_NAMES).includes(message)) return message;
  const name = parsePointer(first.pointer).at(-1);
  const { value } = first;
  return `Invalid input for field/attribute ${name}. Value: ${typeof value === 'string' ? value : pythonRepr(value)}. ${message}`;
}

/** Gives the violation by a body that is a number all digits of that number. */
function withExactValue(violation: Violation, body: Buffer | undefined): Violation {
  if (violation.pointer !== '' || typeof violation.value !== 'number' || body === undefined) return violation;
  return { ...violation, value: exactNumberOf(body) ?? violation.value };
}

/** Leaves out why each alternative of a value does not match: Nova reports only that none does. */
function withoutAlternatives(violations: readonly Violation[]): readonly Violation[] {
  const choices = violations.filter(({ keyword }) => keyword === 'anyOf');
  if (choices.length === 0) return violations;
  return violations.filter(
    (each) =>
      each.keyword === 'anyOf' ||
      !choices.some(({ pointer }) => each.pointer === pointer || each.pointer.startsWith(`${pointer}/`)),
  );
}

/** The body of an action request is an object with one member. */
function actionMessage({ value }: Violation, violations: readonly Violation[]): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  // Nova takes the first item of a list for the name of an action.
  if (Array.isArray(value) && value.length > 0) return undefined;
  const names = Object.keys(value);
  return !Array.isArray(value) && names.length === 1 && violations.some(({ keyword }) => keyword === 'required')
    ? `There is no such action: ${names[0]}`
    : MALFORMED;
}

/** Names of types, as ajv gives them, in quotation marks. */
const typesOf = (types: unknown): string =>
  [types]
    .flat()
    .flatMap((each) => String(each).split(','))
    .map((each) => `'${each}'`)
    .join(', ');

/** The number of an amount with all its digits. */
const amountOf = ({ value, params }: Violation): string =>
  value instanceof ExactNumber && !value.isFloat ? value.text : String(params['amount']);

const limitOf = ({ params }: Violation): string => pythonRepr(params['limit']);

const MESSAGES: Readonly<Record<string, (violation: Violation, body: InvalidBody) => string>> = {
  type: ({ value, params }) => `${pythonRepr(value)} is not of type ${typesOf(params['type'])}`,
  pattern: ({ value, params: { pattern } }) =>
    BAD_NAMES[String(pattern)] ?? `${pythonRepr(value)} does not match ${pythonRepr(pattern)}`,
  required: ({ params }) => `'${params['missingProperty']}' is a required property`,
  additionalProperties: unexpectedMessage,
  minLength: (violation, body) => tooFew(violation, body, 'is too short'),
  enum: ({ value, params }) => `${pythonRepr(value)} is not one of ${pythonRepr(params['allowedValues'])}`,
  anyOf: ({ value }) => `${pythonRepr(value)} is not valid under any of the given schemas`,
  format: ({ value, params }) => `${pythonRepr(value)} is not a '${params['format']}'`,
  minimum: ({ value, params }) => `${pythonRepr(value)} is less than the minimum of ${params['limit']}`,
  minimumAmount: (violation) => `${amountOf(violation)} is less than the minimum of ${limitOf(violation)}`,
  exclusiveMinimumAmount: (violation) =>
    `${amountOf(violation)} is less than or equal to the minimum of ${limitOf(violation)}`,
  maximumAmount: (violation) => `${amountOf(violation)} is greater than the maximum of ${limitOf(violation)}`,
  maxLength: ({ value }) => `${pythonRepr(value)} is too long`,
  minItems: (violation, body) => tooFew(violation, body, 'is too short'),
  maxItems: ({ value }) => `${pythonRepr(value)} is too long`,
  uniqueItems: ({ value }) => `${pythonRepr(value)} has non-unique elements`,
  // Nova names the members of which an aggregate needs one by alternatives.
  minProperties: (violation, body) =>
    violation.pointer === '/aggregate'
      ? `${pythonRepr(violation.value)} is not valid under any of the given schemas`
      : tooFew(violation, body, 'does not have enough properties'),
  maxProperties: ({ value }) => `${pythonRepr(value)} has too many properties`,
};

/** @param others - what all releases say of a value that need not be empty, and older ones of one that is. */
function tooFew({ value, params }: Violation, { call }: InvalidBody, others: string): string {
  const isEmpty = params['limit'] === 1 && releaseOf(call).saysNonEmpty;
  return `${pythonRepr(value)} ${isEmpty ? 'should be non-empty' : others}`;
}

const messageOf = (violation: Violation, body: InvalidBody): string =>
  MESSAGES[violation.keyword]?.(violation, body) ?? BAD_NAME;

/** Whether the members of a value have free names that match a pattern. */
const hasFreeNames = (pointer: string, { path }: Operation): boolean =>
  /\/(?:metadata|meta|extra_specs)$/.test(pointer) || (pointer === '' && path.endsWith('/os-extra_specs/{key}'));

function unexpectedMessage({ keyword, pointer }: Violation, { violations, call, operation }: InvalidBody): string {
  const unexpected = violations.filter((each) => each.keyword === keyword && each.pointer === pointer);
  const names = unexpected.map(({ params }) => String(params['additionalProperty']));
  const isOne = names.length === 1;
  // Below `/v2` Nova keeps the order of the names and has no pattern for them.
  const list = (isLegacy(call) ? names : names.sort()).map(pythonRepr).join(', ');
  return !isLegacy(call) && hasFreeNames(pointer, operation)
    ? `${list} ${isOne ? 'does' : 'do'} not match any of the regexes: '${METADATA_KEY}'`
    : `Additional properties are not allowed (${list} ${isOne ? 'was' : 'were'} unexpected)`;
}

/** The error for a body that is missing or is not JSON. Nova fails on one that is not UTF-8, unless it is an action. */
export function malformedBody({ body }: Pick<Call, 'body'>, operation: Operation): Reply {
  if (isAction(operation)) return fault(400, MALFORMED);
  return body === undefined ? fault(400, "None is not of type 'object'") : unreadableBody(body);
}

/** The error for a body that is not JSON. */
export const unreadableBody = (body: Buffer): Reply => (isUtf8(body) ? fault(400, MALFORMED) : fault(500, FAILED));
