import { ANY_STEP } from '../../base/json-places.ts';
import { escapePointer, parsePointer } from '../../base/json-pointer.ts';
import { nearestName } from '../../contract/nearest.ts';
import type { JsonSchema } from '../../contract/schema.ts';
import type { InputIssue } from '../../input/input-error.ts';
import type { KnownOperation } from './operations.ts';
import type { RuleContext } from './rule-context.ts';

/** Why no valid body has a value that a condition asks for. */
type Mismatch = Pick<InputIssue, 'message' | 'allowed'>;

/**
 * Rejects conditions on the body that no valid body of the matched operations can meet.
 * @param pointer - JSON pointer of the match.
 */
export function checkBodyPointers(
  body: Readonly<Record<string, unknown>>,
  pointer: string,
  { operations, issues }: RuleContext,
): void {
  for (const [at, wanted] of Object.entries(body)) {
    const mismatches = operations.map((known) => mismatchOf(at, wanted, known));
    const [first] = mismatches;
    if (first === undefined || mismatches.includes(undefined)) continue;
    issues.push({
      pointer: `${pointer}/body/${escapePointer(at)}`,
      message: `the rule can never match: ${first.message}`,
      found: wanted,
      ...(first.allowed !== undefined && { allowed: first.allowed }),
    });
  }
}

function mismatchOf(at: string, wanted: unknown, { name, operation }: KnownOperation): Mismatch | undefined {
  const root = operation.request ?? operation.bodyShape;
  let schema = root;
  let place = '';
  for (const step of parsePointer(at)) {
    if (schema === undefined) return undefined;
    const mismatch = stepMismatch(schema, step, `${place || 'the body'} of ${name}`, place);
    if (mismatch !== undefined) return mismatch;
    schema = partOf(schema, step);
    place += `/${escapePointer(step)}`;
  }
  return schema && typeMismatch(schema, wanted, `${place || 'the body'} of ${name}`);
}

type Properties = Readonly<Record<string, JsonSchema>>;

const typesOf = ({ type }: JsonSchema): readonly string[] => (type === undefined ? [] : [type as string[]].flat());
const propertiesOf = (schema: JsonSchema): Properties => (schema['properties'] ?? {}) as Properties;
const isStepOfList = (step: string): boolean => step === ANY_STEP || /^(0|[1-9]\d*)$/.test(step);

/** Returns why a value of the schema has no part at a step; `undefined` if it may have one. */
function stepMismatch(schema: JsonSchema, step: string, owner: string, place: string): Mismatch | undefined {
  const types = typesOf(schema);
  if (types.length === 0) return undefined;
  const isList = types.includes('array');
  if (!isList && !types.includes('object')) {
    return { message: `${owner} has no members: it is ${types.join(' or ')}`, allowed: [place] };
  }
  if (isList && isStepOfList(step)) return undefined;
  if (!types.includes('object')) {
    return { message: `${owner} is a list`, allowed: `${place}/* for any element, or ${place}/0 for the first one` };
  }
  const isOpen = schema['additionalProperties'] !== false || schema['patternProperties'] !== undefined;
  if (isOpen || step === ANY_STEP || Object.hasOwn(propertiesOf(schema), step)) return undefined;
  const names = Object.keys(propertiesOf(schema));
  const nearest = nearestName(step, names);
  return { message: `${owner} has no member "${step}"`, allowed: nearest === undefined ? names : [nearest] };
}

/** Returns the schema of a part; `undefined` if it can be anything. */
function partOf(schema: JsonSchema, step: string): JsonSchema | undefined {
  const types = typesOf(schema);
  if (types.includes('array') && types.includes('object')) return undefined;
  if (types.includes('array')) return schema['items'] as JsonSchema | undefined;
  return Object.hasOwn(propertiesOf(schema), step) ? propertiesOf(schema)[step] : undefined;
}

function typeMismatch(schema: JsonSchema, wanted: unknown, owner: string): Mismatch | undefined {
  const types = typesOf(schema);
  if (types.length === 0 || types.includes(typeOf(wanted))) return undefined;
  if (typeof wanted === 'number' && types.some((type) => type === 'number' || type === 'integer')) return undefined;
  return { message: `${owner} is ${types.join(' or ')}, never ${typeOf(wanted)}`, allowed: types };
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
