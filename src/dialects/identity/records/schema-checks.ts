/** The keywords of JSON schemas (draft 4), with the messages of Keystone's validator. */
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

type Found = SchemaFailure | undefined;

/** A value under check, with the schema that it should match. */
interface Place {
  readonly schema: JsonSchema;
  readonly schemaPath: readonly Step[];
  readonly value: unknown;
  readonly path: readonly Step[];
}

/** Checks one keyword. @param rule - the value of the keyword in the schema. @returns a message, or a violation further inside. */
type KeywordCheck = (rule: unknown, place: Place) => string | Found;

/** Returns the first violation of a schema; its keywords and members are checked in the order in which they are written. */
export function findFailure(schema: JsonSchema, value: unknown): Found {
  return check({ schema, value, schemaPath: [], path: [] });
}

function check(place: Place): Found {
  for (const [keyword, rule] of Object.entries(place.schema)) {
    const found = KEYWORDS[keyword]?.(rule, place);
    if (typeof found === 'string') return { ...place, message: found, keyword };
    if (found !== undefined) return found;
  }
  return undefined;
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

/** A check that only applies to texts. */
const ofText =
  (test: (rule: unknown, value: string) => string | undefined): KeywordCheck =>
  (rule, { value }) =>
    typeof value === 'string' ? test(rule, value) : undefined;

/** A check that only applies to lists. */
const ofList =
  (test: (rule: unknown, value: readonly unknown[], place: Place) => string | Found): KeywordCheck =>
  (rule, place) =>
    Array.isArray(place.value) ? test(rule, place.value, place) : undefined;

/** A check that only applies to objects. */
const ofObject =
  (test: (rule: unknown, value: Json, place: Place) => string | Found): KeywordCheck =>
  (rule, place) =>
    isObject(place.value) ? test(rule, place.value, place) : undefined;

/** A check that only applies to numbers. */
const ofNumber =
  (test: (limit: number, value: number) => string | undefined): KeywordCheck =>
  (rule, { value }) =>
    typeof value === 'number' ? test(Number(rule), value) : undefined;

const KEYWORDS: Readonly<Record<string, KeywordCheck>> = {
  type: (rule, { value }) => {
    const types = [rule].flat().map(String);
    if (types.some((type) => TYPES[type]?.(value))) return undefined;
    return `${pythonRepr(value)} is not of type ${types.map(pythonRepr).join(', ')}`;
  },
  enum: (rule, { value }) =>
    (rule as readonly unknown[]).includes(value) ? undefined : `${pythonRepr(value)} is not one of ${pythonRepr(rule)}`,
  minLength: ofText((rule, value) => (lengthOf(value) < Number(rule) ? tooShort(value) : undefined)),
  maxLength: ofText((rule, value) => (lengthOf(value) > Number(rule) ? tooLong(value) : undefined)),
  pattern: ofText((rule, value) =>
    pythonPattern(String(rule)).test(value) ? undefined : `${pythonRepr(value)} does not match ${pythonRepr(rule)}`,
  ),
  minimum: ofNumber((limit, value) =>
    value < limit ? `${pythonRepr(value)} is less than the minimum of ${limit}` : undefined,
  ),
  maximum: ofNumber((limit, value) =>
    value > limit ? `${pythonRepr(value)} is greater than the maximum of ${limit}` : undefined,
  ),
  minItems: ofList((rule, value) => (value.length < Number(rule) ? tooShort(value) : undefined)),
  maxItems: ofList((rule, value) => (value.length > Number(rule) ? tooLong(value) : undefined)),
  uniqueItems: ofList((rule, value) =>
    rule === true && new Set(value.map((item) => JSON.stringify(item))).size < value.length
      ? `${pythonRepr(value)} has non-unique elements`
      : undefined,
  ),
  items: ofList((rule, value, place) =>
    first(value, (item, index) => check(inside(place, rule, item, { schemaPath: ['items'], path: [index] }))),
  ),
  properties: ofObject((rule, value, place) =>
    first(Object.entries(rule as Json), ([name, schema]) =>
      Object.hasOwn(value, name)
        ? check(inside(place, schema, value[name], { schemaPath: ['properties', name], path: [name] }))
        : undefined,
    ),
  ),
  required: ofObject((rule, value) => {
    const missing = (rule as readonly string[]).find((name) => !Object.hasOwn(value, name));
    return missing === undefined ? undefined : `${pythonRepr(missing)} is a required property`;
  }),
  minProperties: ofObject((rule, value) =>
    Object.keys(value).length < Number(rule) ? `${pythonRepr(value)} does not have enough properties` : undefined,
  ),
  maxProperties: ofObject((rule, value) =>
    Object.keys(value).length > Number(rule) ? `${pythonRepr(value)} has too many properties` : undefined,
  ),
  additionalProperties: ofObject((rule, value, { schema }) =>
    rule === false ? unknownMembers(value, schema) : undefined,
  ),
  oneOf: (rule, { value }) => {
    const schemas = rule as readonly JsonSchema[];
    const matching = schemas.filter((schema) => isValid(schema, value));
    if (matching.length === 0) return `${pythonRepr(value)} is not valid under any of the given schemas`;
    if (matching.length === 1) return undefined;
    return `${pythonRepr(value)} is valid under each of ${matching.map(pythonRepr).join(', ')}`;
  },
  not: (rule, { value }) =>
    isValid(rule as JsonSchema, value)
      ? `${pythonRepr(value)} should not be valid under ${pythonRepr(rule)}`
      : undefined,
};

function unknownMembers(value: Json, { properties = {} }: JsonSchema): string | undefined {
  const unknown = Object.keys(value).filter((name) => !Object.hasOwn(properties as Json, name));
  if (unknown.length === 0) return undefined;
  const names = unknown.map(pythonRepr).join(', ');
  return `Additional properties are not allowed (${names} ${unknown.length === 1 ? 'was' : 'were'} unexpected)`;
}

/** The place of an item or member of a value. */
const inside = (
  place: Place,
  schema: unknown,
  value: unknown,
  steps: { readonly schemaPath: readonly Step[]; readonly path: readonly Step[] },
): Place => ({
  schema: schema as JsonSchema,
  schemaPath: [...place.schemaPath, ...steps.schemaPath],
  value,
  path: [...place.path, ...steps.path],
});

/** Returns the first result that is not `undefined`. */
function first<T>(items: readonly T[], find: (item: T, index: number) => Found): Found {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

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
