import type { JsonSchema } from '../../../contract/schema.ts';

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string', null] as const;

const text = { type: 'string' } as const;
const name = { type: 'string', maxLength: 80 } as const;
const link = { readOnly: true, type: 'string' } as const;

const time = (description: string) => ({ type: 'string', readOnly: true, description, format: 'date-time' }) as const;

const short = (description: string, maxLength = 80) => ({ type: 'string', description, maxLength }) as const;

const NUMBERS = {
  positiveInteger: { type: 'integer', minimum: 0 },
  positiveIntegerDefault0: { allOf: [{ $ref: '#/definitions/positiveInteger' }, { default: 0 }] },
} as const;

const LIST = { $ref: '#/definitions/stringArray' } as const;
const POSITIVE = { $ref: '#/definitions/positiveInteger' } as const;
const POSITIVE_OR_0 = { $ref: '#/definitions/positiveIntegerDefault0' } as const;
const PROPERTIES = { $ref: '#/definitions/property' } as const;

/** Members of the schema of a property. */
const PROPERTY_MEMBERS = {
  name,
  title: text,
  description: text,
  operators: { type: 'array', items: text },
  type: { type: 'string', enum: TYPES },
  required: LIST,
  minimum: { type: 'number' },
  maximum: { type: 'number' },
  maxLength: POSITIVE,
  minLength: POSITIVE_OR_0,
  pattern: { type: 'string', format: 'regex' },
  enum: { type: 'array' },
  readonly: { type: 'boolean' },
  default: {},
  items: { type: 'object', properties: { type: { type: 'string', enum: TYPES }, enum: { type: 'array' } } },
  maxItems: POSITIVE,
  minItems: POSITIVE_OR_0,
  uniqueItems: { type: 'boolean', default: false },
  additionalItems: { type: 'boolean' },
} as const;

const DEFINITIONS = {
  ...NUMBERS,
  stringArray: { type: 'array', items: text, uniqueItems: true },
  property: {
    type: 'object',
    additionalProperties: { type: 'object', required: ['title', 'type'], properties: PROPERTY_MEMBERS },
  },
} as const;

const PROPERTY_DEFINITIONS = {
  ...NUMBERS,
  stringArray: { type: 'array', items: text, minItems: 1, uniqueItems: true },
} as const;

const namesOnly = { type: 'array', items: { type: 'object', properties: { name: text } } } as const;

const NAMESPACE = {
  name: 'namespace',
  properties: {
    namespace: short('The unique namespace text.'),
    display_name: short('The user friendly name for the namespace. Used by UI if available.'),
    description: short('Provides a user friendly description of the namespace.', 500),
    visibility: { type: 'string', description: 'Scope of namespace accessibility.', enum: ['public', 'private'] },
    protected: { type: 'boolean', description: 'If true, namespace will not be deletable.' },
    owner: short('Owner of the namespace.', 255),
    created_at: time('Date and time of namespace creation'),
    updated_at: time('Date and time of the last namespace modification'),
    schema: link,
    self: link,
    resource_type_associations: {
      type: 'array',
      items: { type: 'object', properties: { name: text, prefix: text, properties_target: text } },
    },
    properties: PROPERTIES,
    objects: {
      type: 'array',
      items: {
        type: 'object',
        properties: { name: text, description: text, required: LIST, properties: PROPERTIES },
      },
    },
    tags: namesOnly,
  },
  additionalProperties: false,
} as const;

const ASSOCIATION = {
  name: 'resource_type_association',
  properties: {
    name: short(
      'Resource type names should be aligned with Heat resource types whenever possible: https://docs.openstack.org/heat/latest/template_guide/openstack.html',
    ),
    prefix: short(
      'Specifies the prefix to use for the given resource type. Any properties in the namespace should be prefixed with this prefix when being applied to the specified resource type. Must include prefix separator (e.g. a colon :).',
    ),
    properties_target: short(
      'Some resource types allow more than one key / value pair per instance.  For example, Cinder allows user and image metadata on volumes. Only the image properties metadata is evaluated by Nova (scheduling or drivers). This property allows a namespace target to remove the ambiguity.',
    ),
    created_at: time('Date and time of resource type association'),
    updated_at: time('Date and time of the last resource type association modification'),
  },
  additionalProperties: false,
  required: ['name'],
} as const;

const PROPERTY = { name: 'property', properties: PROPERTY_MEMBERS, additionalProperties: false } as const;

const OBJECT = {
  name: 'object',
  properties: {
    name,
    description: text,
    required: LIST,
    properties: PROPERTIES,
    schema: link,
    self: link,
    created_at: time('Date and time of object creation'),
    updated_at: time('Date and time of the last object modification'),
  },
  additionalProperties: false,
} as const;

const TAG = {
  name: 'tag',
  properties: {
    name,
    created_at: time('Date and time of tag creation'),
    updated_at: time('Date and time of the last tag modification'),
  },
  additionalProperties: false,
  required: ['name'],
} as const;

/** The schema document of a list; its items are in the member with the name of the list. */
const listOf = (list: string, content: JsonSchema, definitions?: JsonSchema): JsonSchema => ({
  name: list,
  properties: { [list]: content, first: text, next: text, schema: text },
  links: ['first', 'next', 'describedby'].map((rel) => ({
    rel,
    href: `{${rel === 'describedby' ? 'schema' : rel}}`,
  })),
  ...(definitions !== undefined && { definitions }),
});

const arrayOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items });

/** The schema documents of the catalog, by the last part of their paths. */
export const METADEF_DOCUMENTS = {
  namespace: { ...NAMESPACE, definitions: DEFINITIONS, required: ['namespace'] },
  namespaces: listOf('namespaces', arrayOf({ ...NAMESPACE, required: ['namespace'] }), DEFINITIONS),
  resource_type: ASSOCIATION,
  resource_types: listOf('resource_type_associations', arrayOf(ASSOCIATION)),
  property: { ...PROPERTY, definitions: PROPERTY_DEFINITIONS, required: ['type', 'title', 'name'] },
  properties: listOf(
    'properties',
    { type: 'object', additionalProperties: { ...PROPERTY, required: ['type', 'title'] } },
    PROPERTY_DEFINITIONS,
  ),
  object: { ...OBJECT, definitions: DEFINITIONS, required: ['name'] },
  objects: listOf('objects', arrayOf({ ...OBJECT, required: ['name'] }), DEFINITIONS),
  tag: TAG,
  tags: listOf('tags', arrayOf(TAG)),
} as const satisfies Readonly<Record<string, JsonSchema>>;
/** Name of a schema document of metadata definitions. */
export type MetadefSchemaName = keyof typeof METADEF_DOCUMENTS;

/** The schema that additionally validates the properties of a new object. */
export const OBJECT_PROPERTY_DOCUMENT: JsonSchema = {
  ...PROPERTY,
  definitions: PROPERTY_DEFINITIONS,
  required: ['type', 'title'],
};

/** The schema that validates several tags in one request; no operation returns it. */
export const TAGS_REQUEST_DOCUMENT: JsonSchema = {
  name: 'tags',
  properties: {
    tags: {
      type: 'array',
      items: { type: 'object', required: ['name'], properties: { name: text }, additionalProperties: false },
    },
  },
  additionalProperties: false,
};
