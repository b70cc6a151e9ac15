import type { Call } from '../../../contract/contract.ts';
import type { JsonSchema } from '../../../contract/schema.ts';
import type { Limits } from '../../../domain/limits.ts';
import type {
  AssociationFields,
  NamespaceQuery,
  NamespaceSortKey,
  NewNamespace,
  ObjectFields,
  Paging,
  PropertyFields,
  TagSortKey,
} from '../../../domain/metadefs/metadef.ts';
import { FlawedProperty, keptProperty } from '../../../domain/metadefs/property.ts';
import { FAILED, GlanceRefusal } from '../../shared/glance-errors.ts';
import { parseBody, UNREADABLE } from '../../shared/glance-wire.ts';
import { parseInteger } from '../../shared/paging.ts';
import { hasLoneSurrogateIn } from '../parse.ts';
import { METADEF_DOCUMENTS, OBJECT_PROPERTY_DOCUMENT, TAGS_REQUEST_DOCUMENT } from './schemas.ts';
import { checkAgainst } from './violations.ts';

type Json = Readonly<Record<string, unknown>>;

const TIMES = ['created_at', 'updated_at'] as const;
/** In the order in which the service looks for them. */
const TIMES_AND_LINKS = ['self', 'schema', ...TIMES] as const;

const stumble = (): GlanceRefusal => new GlanceRefusal(500, FAILED);
const bad = (message: string): GlanceRefusal => new GlanceRefusal(400, message);

/**
 * The body of a request, which must fit a schema and name nothing that the service sets.
 * @throws GlanceRefusal 400; 403 for what the service sets; 500 for a list, and for text that no UTF-8 stands for.
 */
function parseChecked(call: Call, document: JsonSchema, readOnly: readonly string[]): Json {
  const body = parseBody(call);
  if (Array.isArray(body)) throw stumble();
  for (const name of readOnly) {
    if (Object.hasOwn(body as Json, name)) throw new GlanceRefusal(403, `Attribute '${name}' is read-only.`);
  }
  checkAgainst(document, body);
  if (hasLoneSurrogateIn(body)) throw stumble();
  return body as Json;
}

/** @throws GlanceRefusal 500 for members that are not among `known`, or without those that must be there. */
function refuseOdd(value: Json, known: readonly string[], required: string): void {
  if (!Object.hasOwn(value, required) || Object.keys(value).some((name) => !known.includes(name))) throw stumble();
}

function parseSchema(value: Json): Json {
  try {
    return keptProperty(value);
  } catch (error) {
    if (!(error instanceof FlawedProperty)) throw error;
    throw error.flaw === 'encoding' ? bad(UNREADABLE) : stumble();
  }
}

const parseProperties = (value: unknown): readonly PropertyFields[] =>
  Object.entries(value as Readonly<Record<string, Json>>).map(([name, schema]) => ({
    name,
    schema: parseSchema(schema),
  }));

function parseAssociation(value: Json): AssociationFields {
  refuseOdd(value, ['name', 'prefix', 'properties_target', ...TIMES], 'name');
  return {
    name: value['name'] as string,
    prefix: (value['prefix'] ?? null) as string | null,
    propertiesTarget: (value['properties_target'] ?? null) as string | null,
  };
}

/** An object, and which of its members were given: answers to writes show these alone. */
export interface ParsedObject extends ObjectFields {
  readonly given: ReadonlySet<string>;
}

function parseObject(value: Json): ParsedObject {
  refuseOdd(value, ['name', 'required', 'description', 'properties', ...TIMES_AND_LINKS], 'name');
  return {
    name: value['name'] as string,
    description: (value['description'] ?? null) as string | null,
    required: (value['required'] ?? []) as readonly string[],
    properties: parseProperties(value['properties'] ?? {}),
    given: new Set(Object.keys(value)),
  };
}

function parseTag(value: Json): string {
  refuseOdd(value, ['name', ...TIMES], 'name');
  return value['name'] as string;
}

/** A namespace to be made, or what is to become of one. */
export interface ParsedNamespace extends NewNamespace {
  readonly objects?: readonly ParsedObject[];
}

/** @throws GlanceRefusal as `parseChecked`. */
export function parseNamespace(call: Call): ParsedNamespace {
  const body = parseChecked(call, METADEF_DOCUMENTS.namespace, TIMES_AND_LINKS);
  const list = <T>(name: string, parse: (item: Json) => T): readonly T[] | undefined =>
    (body[name] as readonly Json[] | undefined)?.map(parse);
  const associations = list('resource_type_associations', parseAssociation);
  const objects = list('objects', parseObject);
  const tags = list('tags', parseTag);
  return {
    name: body['namespace'] as string,
    displayName: (body['display_name'] ?? null) as string | null,
    description: (body['description'] ?? null) as string | null,
    ...(body['visibility'] !== undefined && { visibility: body['visibility'] as 'public' | 'private' }),
    ...(body['protected'] !== undefined && { isProtected: body['protected'] as boolean }),
    ...(body['owner'] !== undefined && { owner: body['owner'] as string }),
    ...(associations !== undefined && { associations }),
    ...(objects !== undefined && { objects }),
    ...(tags !== undefined && { tags }),
    ...(body['properties'] !== undefined && { properties: parseProperties(body['properties']) }),
  };
}

/** @throws GlanceRefusal as `parseChecked`. */
export const parseNewAssociation = (call: Call): AssociationFields =>
  parseAssociation(parseChecked(call, METADEF_DOCUMENTS.resource_type, TIMES));

/** @throws GlanceRefusal as `parseChecked`, 500 for what fits the schema and cannot be kept. */
export function parseProperty(call: Call): PropertyFields {
  const body = parseChecked(call, METADEF_DOCUMENTS.property, TIMES);
  return { name: body['name'] as string, schema: parseSchema(body) };
}

/** @throws GlanceRefusal as `parseProperty`; a new object's properties are looked at more closely. */
export function parseObjectBody(call: Call, isNew: boolean): ParsedObject {
  const body = parseChecked(call, METADEF_DOCUMENTS.object, TIMES_AND_LINKS);
  if (isNew) {
    const properties = (body['properties'] ?? {}) as Json;
    for (const property of Object.values(properties)) checkAgainst(OBJECT_PROPERTY_DOCUMENT, property);
  }
  return parseObject(body);
}

/** @throws GlanceRefusal as `parseChecked`. */
export const parseTagName = (call: Call): string => parseTag(parseChecked(call, METADEF_DOCUMENTS.tag, TIMES));

/** @throws GlanceRefusal as `parseChecked`. */
export function parseTags(call: Call): readonly string[] {
  const { tags } = parseChecked(call, TAGS_REQUEST_DOCUMENT, TIMES);
  if (tags === undefined) throw stumble();
  return (tags as readonly Json[]).map(parseTag);
}

/** @throws GlanceRefusal 400 for a name of a tag that is too long. */
export function checkTagName(name: string): string {
  checkAgainst(METADEF_DOCUMENTS.tag, { name });
  return name;
}

const TRUE = new Set(['1', 't', 'true', 'on', 'y', 'yes']);

/** Whether tags come beside those that there are. */
export const isAppending = (call: Call): boolean => {
  const sent = call.headers['x-openstack-append'];
  return typeof sent === 'string' && TRUE.has(sent.trim().toLowerCase());
};

const NAMESPACE_KEYS: Readonly<Record<string, NamespaceSortKey>> = {
  created_at: 'createdAt',
  updated_at: 'updatedAt',
  id: 'id',
  namespace: 'name',
  display_name: 'displayName',
  description: 'description',
  visibility: 'visibility',
  protected: 'isProtected',
  owner: 'owner',
};

const TAG_KEYS: Readonly<Record<string, TagSortKey>> = {
  created_at: 'createdAt',
  updated_at: 'updatedAt',
  id: 'id',
  name: 'name',
  namespace_id: 'namespaceId',
};

function parseDirection(query: URLSearchParams): 'asc' | 'desc' {
  const direction = query.get('sort_dir') ?? 'desc';
  if (direction === 'asc' || direction === 'desc') return direction;
  throw bad(`Invalid sort direction: ${direction}`);
}

const VISIBILITIES: readonly string[] = ['public', 'private', ''];

function parseVisibility(query: URLSearchParams): string | undefined {
  const visibility = query.get('visibility') ?? undefined;
  if (visibility !== undefined && !VISIBILITIES.includes(visibility)) {
    throw bad(`Invalid visibility value: ${visibility}`);
  }
  return visibility;
}

function parseLimit(
  text: string | null,
  {
    fallback,
    most,
    refuse,
  }: { readonly fallback: number; readonly most: number; readonly refuse: () => GlanceRefusal },
): () => number {
  const limit = text === null ? fallback : parseInteger(text);
  if (limit === undefined) throw refuse();
  return () => {
    if (limit < 0) throw bad('limit param must be positive');
    return Math.min(limit, most);
  };
}

function sortKeyOf<Key extends string>(query: URLSearchParams, keys: Readonly<Record<string, Key>>): Key {
  const sent = query.get('sort_key') ?? 'created_at';
  const key = Object.hasOwn(keys, sent) ? keys[sent] : undefined;
  if (key === undefined) throw stumble();
  return key;
}

/**
 * Reads the query of a list of namespaces.
 * @throws GlanceRefusal 400; 500 for a limit that is no number, and for a key that there is not.
 */
export function parseNamespaceQuery(query: URLSearchParams, limits: Limits): NamespaceQuery {
  const limit = parseLimit(query.get('limit'), {
    fallback: limits.listDefault,
    most: limits.listMost,
    refuse: stumble,
  });
  const direction = parseDirection(query);
  const visibility = parseVisibility(query);
  const marker = query.get('marker');
  const resourceTypes = query.getAll('resource_types').at(-1)?.split(',');
  return {
    limit: limit(),
    direction,
    sortKey: sortKeyOf(query, NAMESPACE_KEYS),
    ...(marker !== null && { marker }),
    ...(visibility !== undefined && { visibility }),
    ...(resourceTypes !== undefined && { resourceTypes }),
  };
}

/**
 * How many of the things in a namespace are asked for; all of them where nothing is said.
 * @throws GlanceRefusal 400.
 */
export function checkListQuery(query: URLSearchParams): number {
  const limit = parseLimit(query.get('limit'), {
    fallback: Number.POSITIVE_INFINITY,
    most: Number.POSITIVE_INFINITY,
    refuse: () => bad('limit param must be an integer'),
  });
  parseDirection(query);
  parseVisibility(query);
  return limit();
}

/**
 * Reads the query of a list of tags.
 * @throws GlanceRefusal 400; 500 for a key that there is not.
 */
export function parseTagQuery(query: URLSearchParams): Paging<TagSortKey> {
  const limit = checkListQuery(query);
  const marker = query.get('marker');
  return {
    limit,
    direction: parseDirection(query),
    sortKey: sortKeyOf(query, TAG_KEYS),
    ...(marker !== null && marker !== '' && { marker }),
  };
}

/**
 * The resource type that a query names, if any; the calls that take one stumble over anything else.
 * @throws GlanceRefusal 500.
 */
export function resourceTypeOf(query: URLSearchParams): string | undefined {
  let type: string | undefined;
  for (const [name, value] of query) {
    if (name !== 'resource_type') throw stumble();
    type = value;
  }
  return type === '' ? undefined : type;
}
