import type { Call, Operation } from '../../contract/contract.ts';
import type { Violation } from '../../contract/schema.ts';
import { pythonRepr } from '../glance/python-repr.ts';
import { METADATA_KEY } from './schemas.ts';

export const MALFORMED = 'Malformed request body';

/** The rule for names as the service has it, for what is no printable text. */
const BAD_NAME =
  "An invalid 'name' value was provided. The name must be: printable characters. Can not start or end with whitespace.";

const isAction = ({ path }: Operation): boolean => path.endsWith('/action');

/** What the service looks for last of the keywords about one value, in this order. */
const LAST: readonly string[] = ['required', 'additionalProperties', 'minProperties', 'maxProperties'];

/** Whether the service comes across a violation before another that is there earlier in the list. */
const isBefore = (one: Violation, other: Violation): boolean =>
  one.pointer === other.pointer
    ? LAST.indexOf(one.keyword) < LAST.indexOf(other.keyword)
    : one.pointer.startsWith(`${other.pointer}/`);

/**
 * What the service says of a body that its operation does not take; `undefined` for one that names no action at all,
 * which it finds no call for.
 */
export function wordViolations(
  violations: readonly Violation[],
  operation: Operation,
  isOlder: boolean,
): string | undefined {
  const [one, ...others] = violations;
  if (one === undefined) return MALFORMED;
  const first = others.reduce((before, each) => (isBefore(each, before) ? each : before), one);
  if (isAction(operation) && first.pointer === '') return wordAction(first, violations);
  const words = messageOf(first, violations, isOlder);
  if (first.pointer === '' || words === BAD_NAME) return words;
  const name = first.pointer.split('/').at(-1)?.replaceAll('~1', '/').replaceAll('~0', '~');
  const { value } = first;
  return `Invalid input for field/attribute ${name}. Value: ${typeof value === 'string' ? value : pythonRepr(value)}. ${words}`;
}

/** An action is the one member of an object. */
function wordAction({ value }: Violation, violations: readonly Violation[]): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const names = Object.keys(value);
  return !Array.isArray(value) && names.length === 1 && violations.some(({ keyword }) => keyword === 'required')
    ? `There is no such action: ${names[0]}`
    : MALFORMED;
}

function messageOf(
  { keyword, params, pointer, value }: Violation,
  all: readonly Violation[],
  isOlder: boolean,
): string {
  switch (keyword) {
    case 'type':
      return `${pythonRepr(value)} is not of type '${params['type']}'`;
    case 'required':
      return `'${params['missingProperty']}' is a required property`;
    case 'additionalProperties':
      return wordUnexpected(
        all.filter((each) => each.keyword === keyword && each.pointer === pointer),
        isOlder,
      );
    case 'minLength':
      return `${pythonRepr(value)} is too short`;
    case 'maxLength':
      return `${pythonRepr(value)} is too long`;
    case 'minProperties':
      return `${pythonRepr(value)} does not have enough properties`;
    case 'maxProperties':
      return `${pythonRepr(value)} has too many properties`;
    default:
      return BAD_NAME;
  }
}

/** Below `/v2` the names come as they were sent, and nothing is said of the form that they should have. */
function wordUnexpected(unexpected: readonly Violation[], isOlder: boolean): string {
  const names = unexpected.map(({ params }) => String(params['additionalProperty']));
  const list = (isOlder ? names : names.sort()).map(pythonRepr).join(', ');
  const isOne = names.length === 1;
  // Where names have a form, that is what they are held against.
  return !isOlder && /\/(?:metadata|meta)$/.test(unexpected[0]?.pointer ?? '')
    ? `${list} ${isOne ? 'does' : 'do'} not match any of the regexes: '${METADATA_KEY}'`
    : `Additional properties are not allowed (${list} ${isOne ? 'was' : 'were'} unexpected)`;
}

/** What the service says of a body that is no JSON, or of none. */
export const wordMalformed = ({ body }: Pick<Call, 'body'>, operation: Operation): string =>
  body === undefined && !isAction(operation) ? "None is not of type 'object'" : MALFORMED;
