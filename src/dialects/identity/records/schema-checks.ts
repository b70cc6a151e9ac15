/** The keywords of JSON schemas (draft 4), with the messages of Keystone's validator. */
import { ExactNumber, exactMember } from '../../../base/exact-numbers.ts';
import { isObject, type Json } from '../../../base/json.ts';
import type { JsonSchema } from '../../../contract/schema.ts';
import { pythonRepr } from '../../glance/python-repr.ts';

/** A part of a path: the name of a member or the index of an item. */
export type Step = string | number;

/** The first violation of a schema. */
export interface SchemaFailure {
  /** `5 is not of type 'string'`. */
  readonly message: string;
  readonly keyword: string;
  /** The part of the schema that has the keyword, and where it is. */
  readonly schema: JsonSchema;
  readonly schemaPath: readonly Step[];
  /** The invalid value, and where it is. */
  readonly value: unknown;
  readonly path: readonly Step[];
}

type Found = SchemaFailure | string;

/** A value under check, with the schema that it should match. */
interface Place {
  readonly schema: JsonSchema;
  readonly schemaPath: readonly Step[];
  readonly value: unknown;
  /** The value as messages show it: a number with the digits that were sent. */
  readonly shown: unknown;
  readonly path: readonly Step[];
}

/** Checks one keyword. @param rule - the value of the keyword in the schema. @returns messages, and violations further inside. */
type KeywordCheck = (rule: unknown, place: Place) => Iterable<Found>;

/** Returns the first violation of a schema; its keywords and members are checked in the order in which they are written. */
export function findFailure(schema: JsonSchema, value: unknown): SchemaFailure | undefined {
  for (const failure of findFailures(schema, value)) return failure;
  return undefined;
}

/** Finds all violations of a schema. */
export const findFailures = (schema: JsonSchema, value: unknown): Iterable<SchemaFailure> =>
  check({ schema, value, shown: value, schemaPath: [], path: [] });

function* check(place: Place): Iterable<SchemaFailure> {
  for (const [keyword, rule] of Object.entries(place.schema)) {
    for (const found of KEYWORDS[keyword]?.(rule, place) ?? []) {
      yield typeof found === 'string' ? { ...place, value: place.shown, message: found, keyword } : found;
    }
  }
}

const isValid = (schema: JsonSchema, value: unknown): boolean => findFailure(schema, value) === undefined;

/** The length of a text in characters, as Python counts it. */
const lengthOf = (text: string): number => [...text].length;

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
  number: (value) => typeof value === 'number',
  array: Array.isArray,
  object: isObject,
  null: (value) => value === null,
};

const tooShort = (value: unknown): string => `${pythonRepr(value)} is too short`;
const tooLong = (value: unknown): string => `${pythonRepr(value)} is too long`;

/** A check that applies to values of one type, and yields a message at most. */
const checkOf =
  <T>(
    applies: (value: unknown) => value is T,
    test: (rule: unknown, value: T, place: Place) => string | undefined,
  ): KeywordCheck =>
  (rule, place) => {
    const message = applies(place.value) ? test(rule, place.value, place) : undefined;
    return message === undefined ? [] : [message];
  };

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isAny = (value: unknown): value is unknown => value !== undefined;

/** A UUID without hyphens. */
const UUID = /^[\da-f]{32}$/i;

const KEYWORDS: Readonly<Record<string, KeywordCheck>> = {
  type: checkOf(isAny, (rule, value, { shown }) => {
    const types = [rule].flat().map(String);
    const isFloat = shown instanceof ExactNumber && shown.isFloat;
    if (types.some((type) => TYPES[type]?.(value) && !(isFloat && type === 'integer'))) return undefined;
    return `${pythonRepr(shown)} is not of type ${types.map(pythonRepr).join(', ')}`;
  }),
  enum: checkOf(isAny, (rule, value, { shown }) =>
    (rule as readonly unknown[]).includes(value) ? undefined : `${pythonRepr(shown)} is not one of ${pythonRepr(rule)}`,
  ),
  minLength: checkOf(isText, (rule, value) => (lengthOf(value) < Number(rule) ? tooShort(value) : undefined)),
  maxLength: checkOf(isText, (rule, value) => (lengthOf(value) > Number(rule) ? tooLong(value) : undefined)),
  pattern: checkOf(isText, (rule, value) =>
    pythonPattern(String(rule)).test(value) ? undefined : `${pythonRepr(value)} does not match ${pythonRepr(rule)}`,
  ),
  format: checkOf(isText, (rule, value) =>
    rule === 'uuid' && !UUID.test(value.replaceAll('-', '')) ? `${pythonRepr(value)} is not a 'uuid'` : undefined,
  ),
  minimum: checkOf(isNumber, (rule, value, { shown }) =>
    value < Number(rule) ? `${pythonRepr(shown)} is less than the minimum of ${Number(rule)}` : undefined,
  ),
  maximum: checkOf(isNumber, (rule, value, { shown }) =>
    value > Number(rule) ? `${pythonRepr(shown)} is greater than the maximum of ${Number(rule)}` : undefined,
  ),
  minItems: checkOf(isList, (rule, value) => (value.length < Number(rule) ? tooShort(value) : undefined)),
  maxItems: checkOf(isList, (rule, value) => (value.length > Number(rule) ? tooLong(value) : undefined)),
  uniqueItems: checkOf(isList, (rule, value) =>
    rule === true && new Set(value.map((item) => JSON.stringify(item))).size < value.length
      ? `${pythonRepr(value)} has non-unique elements`
      : undefined,
  ),
  *items(rule, place) {
    if (!isList(place.value)) return;
    for (const index of place.value.keys()) {
      yield* check(inside(place, rule, index, ['items']));
    }
  },
  *properties(rule, place) {
    const { value } = place;
    if (!isObject(value)) return;
    for (const [name, schema] of Object.entries(rule as Json)) {
      if (!Object.hasOwn(value, name)) continue;
      yield* check(inside(place, schema, name, ['properties', name]));
    }
  },
  *required(rule, { value }) {
    if (!isObject(value)) return;
    for (const name of rule as readonly string[]) {
      if (!Object.hasOwn(value, name)) yield `${pythonRepr(name)} is a required property`;
    }
  },
  minProperties: checkOf(isObject, (rule, value) =>
    Object.keys(value).length < Number(rule) ? `${pythonRepr(value)} does not have enough properties` : undefined,
  ),
  maxProperties: checkOf(isObject, (rule, value) =>
    Object.keys(value).length > Number(rule) ? `${pythonRepr(value)} has too many properties` : undefined,
  ),
  additionalProperties: checkOf(isObject, (rule, value, { schema }) =>
    rule === false ? unknownMembers(value, schema) : undefined,
  ),
  oneOf: checkOf(isAny, (rule, value, { shown }) => {
    const matching = (rule as readonly JsonSchema[]).filter((schema) => isValid(schema, value));
    if (matching.length === 0) return `${pythonRepr(shown)} is not valid under any of the given schemas`;
    if (matching.length === 1) return undefined;
    return `${pythonRepr(shown)} is valid under each of ${matching.map(pythonRepr).join(', ')}`;
  }),
  // Not a keyword of JSON schemas: a schema for values that match another one.
  *dependentOn(rule, place) {
    const { condition, schema } = rule as { readonly condition: JsonSchema; readonly schema: JsonSchema };
    if (isValid(condition, place.value)) yield* check({ ...place, schema });
  },
  not: checkOf(isAny, (rule, value, { shown }) =>
    isValid(rule as JsonSchema, value)
      ? `${pythonRepr(shown)} should not be valid under ${pythonRepr(rule)}`
      : undefined,
  ),
};

function unknownMembers(value: Json, { properties = {} }: JsonSchema): string | undefined {
  const unknown = Object.keys(value)
    .filter((name) => !Object.hasOwn(properties as Json, name))
    .sort();
  if (unknown.length === 0) return undefined;
  const names = unknown.map(pythonRepr).join(', ');
  return `Additional properties are not allowed (${names} ${unknown.length === 1 ? 'was' : 'were'} unexpected)`;
}

/** The place of an item or member of a value. */
const inside = (place: Place, schema: unknown, name: Step, schemaPath: readonly Step[]): Place => {
  const container = place.value as Readonly<Record<Step, unknown>>;
  return {
    schema: schema as JsonSchema,
    schemaPath: [...place.schemaPath, ...schemaPath],
    value: container[name],
    shown: exactMember(container, name),
    path: [...place.path, name],
  };
};

const patterns = new Map<string, RegExp>();

/** A pattern as Python searches for it: `$` also matches before a line break at the end. */
function pythonPattern(source: string): RegExp {
  let pattern = patterns.get(source);
  if (pattern === undefined) {
    pattern = new RegExp(source.replace(/\$$/, '\\n?$'));
    patterns.set(source, pattern);
  }
  return pattern;
}
