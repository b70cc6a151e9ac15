import type { Json } from '../../../base/json.ts';
import { toSeconds } from '../../../domain/clock.ts';
import type {
  Association,
  AssociationFields,
  Namespace,
  ObjectDefinition,
  PropertyFields,
  ResourceType,
  TagDefinition,
} from '../../../domain/metadefs/metadef.ts';
import type { ParsedNamespace, ParsedObject } from './parse.ts';

/**
 * Formats JSON as these operations do: a space after commas and colons, characters not escaped. Undefined members are
 * omitted; a `Map` is an object whose members keep their order.
 */
export function jsonText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = value instanceof Map ? [...(value as ReadonlyMap<string, unknown>)] : Object.entries(value);
  return `{${members
    .filter(([, item]) => item !== undefined)
    .map(([name, item]) => `${JSON.stringify(name)}: ${jsonText(item)}`)
    .join(', ')}}`;
}

const times = ({ createdAt, updatedAt }: { readonly createdAt: number; readonly updatedAt: number }): Json => ({
  created_at: toSeconds(createdAt),
  updated_at: toSeconds(updatedAt),
});

const pathOf = (namespace: Namespace): string => `/v2/metadefs/namespaces/${namespace.name}`;

/** Presents a namespace, with the parts that the response contains. */
export const presentNamespace = (namespace: Namespace, parts: Json = {}): Json => ({
  namespace: namespace.name,
  display_name: namespace.displayName ?? undefined,
  description: namespace.description ?? undefined,
  visibility: namespace.visibility,
  protected: namespace.isProtected,
  owner: namespace.owner,
  ...times(namespace),
  resource_type_associations: parts['resource_type_associations'],
  properties: parts['properties'],
  objects: parts['objects'],
  tags: parts['tags'],
  self: pathOf(namespace),
  schema: '/v2/schemas/metadefs/namespace',
});

const presentAssociationFields = ({ name, prefix, propertiesTarget }: AssociationFields): Json => ({
  name,
  prefix: prefix ?? undefined,
  properties_target: propertiesTarget ?? undefined,
});

/** Presents the association of a namespace with a resource type. */
export const presentAssociation = (association: Association): Json => ({
  ...presentAssociationFields(association),
  ...times(association),
});

/** Presents associations; `undefined` for none. */
export const presentAssociations = (associations: readonly Association[]): readonly Json[] | undefined =>
  associations.length === 0 ? undefined : associations.map(presentAssociation);

/** Presents a resource type. */
export const presentType = (type: ResourceType): Json => ({ name: type.name, ...times(type) });

/** Presents properties by name. @param prefix - prefix of each name. */
export const presentProperties = (properties: readonly PropertyFields[], prefix = ''): ReadonlyMap<string, unknown> =>
  new Map(properties.map(({ name, schema }) => [prefix + name, schema]));

const withoutName = ({ name: _name, ...members }: Json): Json => members;

/** Presents one property, with its name as a member. */
export const presentProperty = ({ name, schema }: PropertyFields): Json => ({ name, ...withoutName(schema) });

/** Presents an object. */
export const presentObject = (object: ObjectDefinition, namespace: Namespace, prefix = ''): Json => ({
  name: object.name,
  required: object.required.map((name) => prefix + name),
  description: object.description ?? undefined,
  properties: presentProperties(object.properties, prefix),
  ...times(object),
  self: `${pathOf(namespace)}/objects/${object.name}`,
  schema: '/v2/schemas/metadefs/object',
});

const presentGiven = ({ given, name, required, description, properties }: ParsedObject): Json => ({
  name,
  required: given.has('required') ? required : undefined,
  description: given.has('description') ? description : undefined,
  properties: given.has('properties') ? presentProperties(properties) : undefined,
});

/** Presents an object in the response to a write: only with the members that the client sent. */
export const presentWrittenObject = (object: ObjectDefinition, given: ParsedObject, namespace: Namespace): Json => ({
  ...presentGiven(given),
  ...times(object),
  self: `${pathOf(namespace)}/objects/${object.name}`,
  schema: '/v2/schemas/metadefs/object',
});

/** Presents a tag by its name, as in lists. */
export const presentTagName = (name: string): Json => ({ name });

/** Presents a tag. */
export const presentTag = (tag: TagDefinition): Json => ({ name: tag.name, ...times(tag) });

/** Presents the initial parts of a new namespace as the client sent them. */
export const presentGivenParts = ({ associations, properties, objects, tags }: ParsedNamespace): Json => ({
  resource_type_associations: associations?.map(presentAssociationFields),
  properties: properties === undefined ? undefined : presentProperties(properties),
  objects: objects?.map(presentGiven),
  tags: tags?.map(presentTagName),
});
