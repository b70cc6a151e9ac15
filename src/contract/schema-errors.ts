import { firstNames, isLong } from '../base/brief.ts';
import { isObject } from '../base/json.ts';
import { escapePointer, parsePointer } from '../base/json-pointer.ts';
import { didYouMean } from './nearest.ts';
import type { JsonSchema, Violation } from './schema.ts';

/** A schema violation described for users: where it is, what was found, what is allowed. */
export interface SchemaError {
  readonly pointer: string;
  readonly message: string;
  readonly found?: unknown;
  readonly allowed?: string | readonly string[];
}

const SUMMARIES = new Set(['if', 'anyOf', 'oneOf']);

/** How many violations are described. Further ones are counted. */
const MAX_DESCRIBED = 100;

/**
 * Describes the violations of a schema. Omits keywords that only summarize others, such as `anyOf`, if there are others.
 * Describes at most 100, and says then how many there are.
 */
export function describeViolations(violations: readonly Violation[], schema: JsonSchema): readonly SchemaError[] {
  const specific = violations.filter(({ keyword }) => !SUMMARIES.has(keyword));
  const chosen = specific.length > 0 ? specific : violations;
  const described = chosen
    .slice(0, MAX_DESCRIBED)
    .map((violation) => (DESCRIBERS[violation.keyword] ?? describeOther)(violation, schema));
  return chosen.length > MAX_DESCRIBED ? [...described, more(chosen.length - MAX_DESCRIBED)] : described;
}

const more = (count: number): SchemaError => ({ pointer: '', message: `has ${count} more violations` });

type Describer = (violation: Violation, schema: JsonSchema) => SchemaError;

const describeOther: Describer = ({ pointer, message, value, keyword, params }) => ({
  pointer,
  message,
  found: shorten(value),
  ...allowedBy(keyword, params),
});

/** Describes a text by the description in its schema, which is easier to read than a regular expression. */
const describeFormat: Describer = ({ pointer, value, keyword, params }, schema) => {
  const description = schemaAt(schema, pointer)?.['description'];
  return {
    pointer,
    message: 'has the wrong format',
    found: shorten(value),
    ...(typeof description === 'string' ? { allowed: description } : allowedBy(keyword, params)),
  };
};

/** A pattern that lists words: `^(reset|empty)$`. */
const WORDS = /^\^\(([\w|-]+)\)\$$/;

/** Describes a text that is none of the words of a pattern, with the nearest word; other patterns as `describeFormat`. */
const describePattern: Describer = (violation, schema) => {
  const { pointer, value, params } = violation;
  const words = WORDS.exec(String(params['pattern']))?.[1]?.split('|');
  if (words === undefined) return describeFormat(violation, schema);
  const members = propertyNames(schemaAt(schema, pointer));
  return {
    pointer,
    message: `is not an allowed value${didYouMean(String(value), words)}`,
    found: shorten(value),
    allowed: members.length === 0 ? words : [...words, `an object with ${members.join(', ')}`],
  };
};

const DESCRIBERS: Readonly<Record<string, Describer>> = {
  additionalProperties: ({ pointer, params, value }, schema) => {
    const name = String(params['additionalProperty']);
    const names = propertyNames(schemaAt(schema, pointer));
    return {
      pointer: `${pointer}/${escapePointer(name)}`,
      message: `unknown member "${name}"${didYouMean(name, names)}`,
      found: shorten((value as Readonly<Record<string, unknown>> | undefined)?.[name]),
      allowed: names,
    };
  },
  enum: ({ pointer, params, value }) => {
    const allowed = (params['allowedValues'] as readonly unknown[]).map(String);
    const hint = typeof value === 'string' ? didYouMean(value, allowed) : '';
    return { pointer, message: `is not an allowed value${hint}`, found: shorten(value), allowed };
  },
  required: ({ pointer, params, value }) => ({
    pointer,
    message: `the member "${String(params['missingProperty'])}" is missing`,
    found: shorten(value),
  }),
  type: ({ pointer, params, value }) => ({
    pointer,
    message: 'has the wrong type',
    found: isFileText(pointer, value) ? `a text of ${value.length} characters` : shorten(value),
    allowed: [params['type']].flat().map(String).join(' or '),
  }),
  pattern: describePattern,
  format: describeFormat,
  minProperties: ({ pointer, value }, schema) => {
    const names = propertyNames(schemaAt(schema, pointer));
    return {
      pointer,
      message: 'has too few members',
      found: shorten(value),
      ...(names.length > 0 && { allowed: names }),
    };
  },
  maxProperties: ({ pointer, params, value }, schema) => ({
    pointer,
    message: `must have at most ${String(params['limit'])} of the allowed members`,
    found: shorten(value),
    allowed: propertyNames(schemaAt(schema, pointer)),
  }),
  const: ({ pointer, params, value }) => ({
    pointer,
    message: 'conflicts with the other members',
    found: shorten(value),
    allowed: JSON.stringify(params['allowedValue']),
  }),
};

function allowedBy(keyword: string, params: Violation['params']): { readonly allowed?: string } {
  switch (keyword) {
    case 'pattern':
      return { allowed: `text that matches ${String(params['pattern'])}` };
    case 'format':
      return { allowed: `a ${String(params['format'])}` };
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
      return { allowed: `${String(params['comparison'])} ${String(params['limit'])}` };
    default:
      return {};
  }
}

const MAX_WORD_LENGTH = 20;

/** Whether the whole document is one long text. It may be any file, so messages do not quote it. */
const isFileText = (pointer: string, value: unknown): value is string =>
  pointer === '' && typeof value === 'string' && value.length > MAX_WORD_LENGTH;

const MAX_VALUE_LENGTH = 120;

const MAX_TEXT_LENGTH = 1000;

/** Replaces a large list or object by a summary, and shortens a long text. */
function shorten(value: unknown): unknown {
  if (typeof value === 'string' && value.length > MAX_TEXT_LENGTH) return `${value.slice(0, MAX_TEXT_LENGTH)}…`;
  if (typeof value !== 'object' || value === null || !isLong(value, MAX_VALUE_LENGTH)) return value;
  return Array.isArray(value) ? `a list of ${value.length}` : `an object with ${firstNames(value, 8).join(', ')}`;
}

const propertyNames = (schema: JsonSchema | undefined): readonly string[] =>
  Object.keys((schema?.['properties'] as object | undefined) ?? {});

/** Returns the part of a schema that describes the value at a pointer. */
export function schemaAt(root: JsonSchema, pointer: string): JsonSchema | undefined {
  let at: JsonSchema | undefined = resolve(root, root);
  for (const name of parsePointer(pointer)) {
    if (at === undefined) return undefined;
    const properties = at['properties'] as Readonly<Record<string, JsonSchema>> | undefined;
    const next = properties?.[name] ?? at['items'] ?? at['additionalProperties'];
    at = isObject(next) ? resolve(next, root) : undefined;
  }
  return at;
}

function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema | undefined {
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return schema;
  const name = reference.replace('#/definitions/', '');
  return (root['definitions'] as Readonly<Record<string, JsonSchema>> | undefined)?.[name];
}
