import { nearestName } from './nearest.ts';
import type { JsonSchema, Violation } from './schema.ts';

/** One violation in words for people: where, what was found, what is allowed. */
export interface Explanation {
  readonly pointer: string;
  readonly message: string;
  readonly found?: unknown;
  readonly allowed?: string | readonly string[];
}

/** Puts violations of a schema into words; the keywords that only sum up others are left out where the others say it. */
export function explain(violations: readonly Violation[], schema: JsonSchema): readonly Explanation[] {
  const telling = violations.filter(({ keyword }) => keyword !== 'if' && keyword !== 'anyOf' && keyword !== 'oneOf');
  return (telling.length > 0 ? telling : violations).map((violation) => explainOne(violation, schema));
}

function explainOne(violation: Violation, schema: JsonSchema): Explanation {
  const { pointer, params, value } = violation;
  switch (violation.keyword) {
    case 'additionalProperties': {
      const name = String(params['additionalProperty']);
      const names = propertyNames(schemaAt(schema, pointer, schema));
      return {
        pointer: `${pointer}/${escapePointer(name)}`,
        message: `there is no member "${name}" here${suggestion(name, names)}`,
        found: (value as Record<string, unknown> | undefined)?.[name],
        allowed: names,
      };
    }
    case 'enum': {
      const allowed = (params['allowedValues'] as readonly unknown[]).map(String);
      const hint = typeof value === 'string' ? suggestion(value, allowed) : '';
      return { pointer, message: `is none of the values allowed here${hint}`, found: value, allowed };
    }
    case 'required':
      return {
        pointer,
        message: `the member "${String(params['missingProperty'])}" is missing`,
        found: shorten(value),
      };
    case 'type':
      return {
        pointer,
        message: 'is of the wrong type',
        found: isFileText(pointer, value) ? `a text of ${value.length} characters` : shorten(value),
        allowed: [params['type']].flat().map(String).join(' or '),
      };
    case 'pattern':
    case 'format': {
      // What the schema says of the value in words tells more than a regular expression.
      const said = schemaAt(schema, pointer, schema)?.['description'];
      return {
        pointer,
        message: 'is not written as it should be',
        found: shorten(value),
        ...(typeof said === 'string' ? { allowed: said } : allowedOf(violation)),
      };
    }
    case 'minProperties': {
      const names = propertyNames(schemaAt(schema, pointer, schema));
      return {
        pointer,
        message: 'has too few members',
        found: shorten(value),
        ...(names.length > 0 && { allowed: names }),
      };
    }
    case 'maxProperties': {
      const names = propertyNames(schemaAt(schema, pointer, schema));
      const most = String(params['limit']);
      return { pointer, message: `takes only ${most} of its members at once`, found: shorten(value), allowed: names };
    }
    case 'const':
      return {
        pointer,
        message: 'does not go with the other members',
        found: shorten(value),
        allowed: JSON.stringify(params['allowedValue']),
      };
    default:
      return { pointer, message: violation.message, found: shorten(value), ...allowedOf(violation) };
  }
}

const suggestion = (written: string, names: readonly string[]): string => {
  const nearest = nearestName(written, names);
  return nearest === undefined ? '' : `; did you mean "${nearest}"?`;
};

const allowedOf = ({ keyword, params }: Violation): { readonly allowed?: string } => {
  switch (keyword) {
    case 'pattern':
      return { allowed: `text that fits ${String(params['pattern'])}` };
    case 'format':
      return { allowed: `a ${String(params['format'])}` };
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
      return { allowed: `${String(params['comparison'])} ${String(params['limit'])}` };
    default:
      return {};
  }
};

/** Whether a value is a whole document that is one text: it may be any file, and what stands in it is nobody's business. */
const isFileText = (pointer: string, value: unknown): value is string =>
  pointer === '' && typeof value === 'string' && value.length > LONGEST_WORD;

const LONGEST_WORD = 20;

/** Large values say nothing in a message: they are named by their kind. */
function shorten(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const text = JSON.stringify(value);
  if (text.length <= 120) return value;
  return Array.isArray(value)
    ? `a list of ${value.length}`
    : `an object with ${Object.keys(value).slice(0, 8).join(', ')}`;
}

const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

const propertyNames = (schema: JsonSchema | undefined): readonly string[] =>
  Object.keys((schema?.['properties'] as object | undefined) ?? {});

/** The part of a schema that speaks about the value at a pointer. */
function schemaAt(schema: JsonSchema, pointer: string, root: JsonSchema): JsonSchema | undefined {
  let at: JsonSchema | undefined = resolve(schema, root);
  for (const part of pointer.split('/').slice(1)) {
    if (at === undefined) return undefined;
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const properties = at['properties'] as Readonly<Record<string, JsonSchema>> | undefined;
    const next = properties?.[name] ?? (at['items'] as JsonSchema | undefined) ?? at['additionalProperties'];
    at = typeof next === 'object' && next !== null ? resolve(next as JsonSchema, root) : undefined;
  }
  return at;
}

function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema | undefined {
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return schema;
  const name = reference.replace('#/definitions/', '');
  return (root['definitions'] as Readonly<Record<string, JsonSchema>> | undefined)?.[name];
}
