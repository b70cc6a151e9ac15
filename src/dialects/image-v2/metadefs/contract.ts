import type { Operation } from '../../../contract/contract.ts';
import { SCHEMA_RESPONSE } from '../schemas/documents.ts';

const SOURCE = 'Metadata Definitions Service API v2 reference';
const ANNEX = 'metadefs';
const NAMESPACES = '/v2/metadefs/namespaces';
const NAMESPACE = `${NAMESPACES}/{namespace_name}` as const;

const text = { type: 'string' } as const;
const TIMES = { created_at: text, updated_at: text } as const;

const NAMESPACE_RESPONSE = {
  type: 'object',
  required: ['namespace', 'visibility', 'protected', 'owner', 'created_at', 'updated_at', 'self', 'schema'],
} as const;
const ASSOCIATION_RESPONSE = {
  type: 'object',
  required: ['name', 'created_at', 'updated_at'],
  properties: { name: text, prefix: text, properties_target: text, ...TIMES },
  additionalProperties: false,
} as const;
const PROPERTY_RESPONSE = { type: 'object', required: ['name', 'type', 'title'] } as const;
const OBJECT_RESPONSE = {
  type: 'object',
  required: ['name', 'created_at', 'updated_at', 'self', 'schema'],
} as const;
const TAG_RESPONSE = {
  type: 'object',
  required: ['name', 'created_at', 'updated_at'],
  properties: { name: text, ...TIMES },
  additionalProperties: false,
} as const;

const listOf = <Name extends string>(name: Name, items: object) =>
  ({ type: 'object', required: [name], properties: { [name]: { type: 'array', items } } }) as const;

const TAGS_RESPONSE = listOf('tags', { type: 'object', required: ['name'], properties: { name: text } });

const READ = { method: 'get', success: 200, annex: ANNEX } as const;
const CREATE = { method: 'post', success: 201, annex: ANNEX } as const;
const UPDATE = { method: 'put', success: 200, annex: ANNEX } as const;
const REMOVE = { method: 'delete', success: 204, annex: ANNEX } as const;

const schema = <Name extends string>(name: Name, subject: string) =>
  ({
    ...READ,
    path: `/v2/schemas/metadefs/${name}`,
    summary: `Returns the JSON schema of ${subject}.`,
    statuses: [200, 401],
    alsoSeen: [400],
    response: SCHEMA_RESPONSE,
    source: `${SOURCE}, "Metadata definition schemas"`,
  }) as const;

/** Operations on metadata definitions: the properties, objects and tags that each type of resource may have. */
export const metadefOperations = {
  listMetadefNamespaces: {
    ...READ,
    path: NAMESPACES,
    summary: 'Lists the namespaces that the caller can see, one page at a time.',
    statuses: [200, 400, 401, 403, 404],
    triggers: { 403: 'client' },
    alsoSeen: [500],
    response: {
      type: 'object',
      required: ['namespaces', 'first', 'schema'],
      properties: { namespaces: { type: 'array', items: NAMESPACE_RESPONSE }, first: text, next: text, schema: text },
      additionalProperties: false,
    },
    source: `${SOURCE}, "List namespaces"`,
  },
  createMetadefNamespace: {
    ...CREATE,
    path: NAMESPACES,
    summary: 'Creates a namespace and its initial parts.',
    statuses: [201, 400, 401, 403, 409],
    alsoSeen: [500],
    response: NAMESPACE_RESPONSE,
    source: `${SOURCE}, "Create namespace"`,
  },
  showMetadefNamespace: {
    ...READ,
    path: NAMESPACE,
    summary: 'Returns a namespace with its parts.',
    statuses: [200, 401, 404],
    alsoSeen: [400, 500],
    response: NAMESPACE_RESPONSE,
    source: `${SOURCE}, "Get namespace details"`,
  },
  updateMetadefNamespace: {
    ...UPDATE,
    path: NAMESPACE,
    summary: 'Changes the attributes of a namespace, including its name.',
    statuses: [200, 400, 401, 403, 404, 409],
    alsoSeen: [500],
    response: NAMESPACE_RESPONSE,
    source: `${SOURCE}, "Update namespace"`,
  },
  deleteMetadefNamespace: {
    ...REMOVE,
    path: NAMESPACE,
    summary: 'Deletes a namespace and its parts.',
    statuses: [204, 401, 403, 404],
    alsoSeen: [400],
    source: `${SOURCE}, "Delete namespace"`,
  },
  listMetadefResourceTypes: {
    ...READ,
    path: '/v2/metadefs/resource_types',
    summary: 'Lists the resource types of all namespaces, past ones included.',
    statuses: [200, 400, 401],
    response: listOf('resource_types', TAG_RESPONSE),
    source: `${SOURCE}, "List resource types"`,
  },
  listMetadefAssociations: {
    ...READ,
    path: `${NAMESPACE}/resource_types`,
    summary: 'Lists the resource types of a namespace.',
    statuses: [200, 401, 404],
    alsoSeen: [400],
    response: listOf('resource_type_associations', ASSOCIATION_RESPONSE),
    source: `${SOURCE}, "List resource type associations"`,
  },
  createMetadefAssociation: {
    ...CREATE,
    path: `${NAMESPACE}/resource_types`,
    summary: 'Associates a resource type with a namespace.',
    statuses: [201, 400, 401, 403, 404, 409],
    alsoSeen: [500],
    response: ASSOCIATION_RESPONSE,
    source: `${SOURCE}, "Create resource type association"`,
  },
  deleteMetadefAssociation: {
    ...REMOVE,
    path: `${NAMESPACE}/resource_types/{resource_type_name}`,
    summary: 'Removes a resource type from a namespace.',
    statuses: [204, 400, 401, 403, 404],
    source: `${SOURCE}, "Remove resource type association"`,
  },
  listMetadefProperties: {
    ...READ,
    path: `${NAMESPACE}/properties`,
    summary: 'Returns the properties of a namespace by name.',
    statuses: [200, 401, 404],
    alsoSeen: [400],
    response: { type: 'object', required: ['properties'], properties: { properties: { type: 'object' } } },
    source: `${SOURCE}, "List properties"`,
  },
  createMetadefProperty: {
    ...CREATE,
    path: `${NAMESPACE}/properties`,
    summary: 'Adds a property to a namespace.',
    statuses: [201, 400, 401, 403, 404, 409],
    alsoSeen: [500],
    response: PROPERTY_RESPONSE,
    source: `${SOURCE}, "Create property"`,
  },
  deleteMetadefProperties: {
    ...REMOVE,
    path: `${NAMESPACE}/properties`,
    summary: 'Removes all properties of a namespace.',
    statuses: [204, 401, 403, 404],
    // The service fails on a body, unless it is malformed.
    alsoSeen: [400, 500],
    source: `${SOURCE}, "Remove all properties"`,
  },
  showMetadefProperty: {
    ...READ,
    path: `${NAMESPACE}/properties/{property_name}`,
    summary: 'Returns a property, by its own name or by its name with the prefix of a resource type.',
    statuses: [200, 401, 404],
    // 400 for a query that cannot be decoded.
    alsoSeen: [400, 500],
    response: PROPERTY_RESPONSE,
    source: `${SOURCE}, "Show property definition"`,
  },
  updateMetadefProperty: {
    ...UPDATE,
    path: `${NAMESPACE}/properties/{property_name}`,
    summary: 'Replaces a property, including its name.',
    statuses: [200, 400, 401, 403, 404, 409],
    alsoSeen: [500],
    response: PROPERTY_RESPONSE,
    source: `${SOURCE}, "Update property definition"`,
  },
  deleteMetadefProperty: {
    ...REMOVE,
    path: `${NAMESPACE}/properties/{property_name}`,
    summary: 'Removes a property.',
    statuses: [204, 401, 403, 404],
    // The service fails on a body, unless it is malformed.
    alsoSeen: [400, 500],
    source: `${SOURCE}, "Remove property definition"`,
  },
  listMetadefObjects: {
    ...READ,
    path: `${NAMESPACE}/objects`,
    summary: 'Lists the objects of a namespace.',
    statuses: [200, 400, 401, 404],
    response: listOf('objects', OBJECT_RESPONSE),
    source: `${SOURCE}, "List objects"`,
  },
  createMetadefObject: {
    ...CREATE,
    path: `${NAMESPACE}/objects`,
    summary: 'Adds an object to a namespace.',
    statuses: [201, 400, 401, 403, 404, 409],
    alsoSeen: [500],
    response: OBJECT_RESPONSE,
    source: `${SOURCE}, "Create object"`,
  },
  deleteMetadefObjects: {
    ...REMOVE,
    path: `${NAMESPACE}/objects`,
    summary: 'Removes all objects of a namespace.',
    statuses: [204, 401, 403, 404],
    // The service fails on a body, unless it is malformed.
    alsoSeen: [400, 500],
    source: `${SOURCE}, "Remove all objects"`,
  },
  showMetadefObject: {
    ...READ,
    path: `${NAMESPACE}/objects/{object_name}`,
    summary: 'Returns an object.',
    statuses: [200, 400, 401, 404],
    response: OBJECT_RESPONSE,
    source: `${SOURCE}, "Show object"`,
  },
  updateMetadefObject: {
    ...UPDATE,
    path: `${NAMESPACE}/objects/{object_name}`,
    summary: 'Replaces an object, including its name.',
    statuses: [200, 400, 401, 403, 404, 409],
    alsoSeen: [500],
    response: OBJECT_RESPONSE,
    source: `${SOURCE}, "Update object"`,
  },
  deleteMetadefObject: {
    ...REMOVE,
    path: `${NAMESPACE}/objects/{object_name}`,
    summary: 'Removes an object.',
    statuses: [204, 400, 401, 403, 404],
    source: `${SOURCE}, "Delete object"`,
  },
  listMetadefTags: {
    ...READ,
    path: `${NAMESPACE}/tags`,
    summary: 'Lists the tags of a namespace, one page at a time.',
    statuses: [200, 400, 401, 404],
    alsoSeen: [500],
    response: TAGS_RESPONSE,
    source: `${SOURCE}, "List tags"`,
  },
  createMetadefTags: {
    ...CREATE,
    path: `${NAMESPACE}/tags`,
    summary: 'Replaces the tags of a namespace, or adds to them.',
    statuses: [201, 400, 401, 403, 404, 409],
    alsoSeen: [500],
    response: TAGS_RESPONSE,
    source: `${SOURCE}, "Create tags"`,
  },
  deleteMetadefTags: {
    ...REMOVE,
    path: `${NAMESPACE}/tags`,
    summary: 'Removes all tags of a namespace.',
    statuses: [204, 401, 403, 404],
    // The service fails on a body, unless it is malformed.
    alsoSeen: [400, 500],
    source: `${SOURCE}, "Delete all tag definitions"`,
  },
  showMetadefTag: {
    ...READ,
    path: `${NAMESPACE}/tags/{tag_name}`,
    summary: 'Returns a tag.',
    statuses: [200, 400, 401, 404],
    response: TAG_RESPONSE,
    source: `${SOURCE}, "Get tag definition"`,
  },
  createMetadefTag: {
    ...CREATE,
    path: `${NAMESPACE}/tags/{tag_name}`,
    summary: 'Adds a tag to a namespace.',
    statuses: [201, 400, 401, 403, 404, 409],
    response: TAG_RESPONSE,
    source: `${SOURCE}, "Create tag definition"`,
  },
  updateMetadefTag: {
    ...UPDATE,
    path: `${NAMESPACE}/tags/{tag_name}`,
    summary: 'Renames a tag.',
    statuses: [200, 400, 401, 403, 404, 409],
    alsoSeen: [500],
    response: TAG_RESPONSE,
    source: `${SOURCE}, "Update tag definition"`,
  },
  deleteMetadefTag: {
    ...REMOVE,
    path: `${NAMESPACE}/tags/{tag_name}`,
    summary: 'Removes a tag.',
    statuses: [204, 400, 401, 403, 404],
    source: `${SOURCE}, "Delete tag definition"`,
  },
  showMetadefNamespaceSchema: schema('namespace', 'a namespace'),
  showMetadefNamespacesSchema: schema('namespaces', 'a list of namespaces'),
  showMetadefAssociationSchema: schema('resource_type', 'a resource type association'),
  showMetadefAssociationsSchema: schema('resource_types', 'a list of resource type associations'),
  showMetadefPropertySchema: schema('property', 'a property'),
  showMetadefPropertiesSchema: schema('properties', 'a list of properties'),
  showMetadefObjectSchema: schema('object', 'an object'),
  showMetadefObjectsSchema: schema('objects', 'a list of objects'),
  showMetadefTagSchema: schema('tag', 'a tag'),
  showMetadefTagsSchema: schema('tags', 'a list of tags'),
} as const satisfies Readonly<Record<string, Operation>>;
