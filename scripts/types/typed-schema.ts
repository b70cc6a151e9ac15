import type { JsonSchema } from '../../src/contract/schema.ts';

/** TypeScript types of members for which a JSON Schema has only patterns and examples, by `<definition>.<member>`. */
export type MemberTypes = Readonly<Record<string, string>>;

/** A list of words as a pattern: `^(reset|empty)$`. */
const WORDS = /^\^\(([\w|-]+)\)\$$/;

/** Keywords that describe values of one type only. */
const KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  string: ['pattern'],
  object: ['properties', 'required', 'additionalProperties'],
  array: ['items'],
};

/**
 * Rewrites a JSON Schema for json-schema-to-typescript: a union has a schema for each of its types, words are listed, and
 * values without a schema are `unknown`.
 * @param types - types of members that the schema does not tell.
 */
export function typedSchema(schema: JsonSchema, types: MemberTypes = {}): JsonSchema {
  const definitions = Object.entries((schema['definitions'] ?? {}) as Record<string, JsonSchema>);
  const { definitions: _definitions, ...root } = schema;
  return {
    ...typed(root, '', types),
    definitions: Object.fromEntries(definitions.map(([name, definition]) => [name, typed(definition, name, types)])),
  };
}

function typed(schema: JsonSchema, place: string, types: MemberTypes): JsonSchema {
  const { description } = schema;
  const own = types[place];
  if (own !== undefined) return { description, tsType: own };
  if (Array.isArray(schema['type'])) {
    const kinds = schema['type'] as readonly string[];
    return { description, anyOf: kinds.map((type) => typed(only(schema, type), place, types)) };
  }
  return { description, ...shapeOf(schema, place, types) };
}

/** The part of a schema that describes values of one type. */
const only = (schema: JsonSchema, type: string): JsonSchema => ({
  type,
  ...Object.fromEntries(Object.entries(schema).filter(([keyword]) => KEYWORDS[type]?.includes(keyword))),
});

function shapeOf(schema: JsonSchema, place: string, types: MemberTypes): JsonSchema {
  const {
    type,
    pattern,
    enum: values,
    $ref,
  } = schema as { type?: string; pattern?: string; enum?: unknown; $ref?: string };
  if ($ref !== undefined) return { $ref };
  if (values !== undefined) return { enum: values };
  const words = type === 'string' ? WORDS.exec(pattern ?? '')?.[1] : undefined;
  if (words !== undefined) return { enum: words.split('|') };
  if (type === 'object') return objectShape(schema, place, types);
  if (type === 'array') return { type, items: typed((schema['items'] ?? {}) as JsonSchema, place, types) };
  return type === undefined ? alternatives(schema, place, types) : { type };
}

function alternatives(schema: JsonSchema, place: string, types: MemberTypes): JsonSchema {
  const among = (schema['anyOf'] ?? schema['oneOf']) as readonly JsonSchema[] | undefined;
  if (among === undefined) return { tsType: 'unknown' };
  return { anyOf: among.map((alternative) => typed(alternative, place, types)) };
}

function objectShape(schema: JsonSchema, place: string, types: MemberTypes): JsonSchema {
  const members = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>);
  const rest = schema['additionalProperties'] ?? true;
  return {
    type: 'object',
    required: schema['required'],
    properties: Object.fromEntries(members.map(([name, member]) => [name, typed(member, `${place}.${name}`, types)])),
    additionalProperties: typeof rest === 'boolean' ? rest : typed(rest as JsonSchema, `${place}.*`, types),
  };
}
