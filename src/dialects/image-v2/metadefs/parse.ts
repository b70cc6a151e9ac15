import type { Json } from '../../../base/json.ts';
import type { Call } from '../../../contract/contract.ts';
import type { JsonSchema } from '../../../contract/schema.ts';
import type {
  AssociationFields,
  NewNamespace,
  ObjectFields,
  PropertyFields,
} from '../../../domain/metadefs/metadef.ts';
import { FlawedProperty, storedProperty } from '../../../domain/metadefs/property.ts';
import { FAILED, GlanceError } from '../../glance/errors.ts';
import { parseBody, UNDECODABLE } from '../../glance/wire.ts';
import { hasLoneSurrogateIn } from '../../shared/json-body.ts';
import { METADEF_DOCUMENTS, OBJECT_PROPERTY_DOCUMENT, TAGS_REQUEST_DOCUMENT } from './schemas.ts';
import { checkAgainst } from './violations.ts';

const TIMES = ['created_at', 'updated_at'] as const;
/** In the order in which the service checks them. */
const TIMES_AND_LINKS = ['self', 'schema', ...TIMES] as const;

/** The error of a request on which the service fails. */
export const serverError = (): GlanceError => new GlanceError(500, FAILED);
/** The error of an invalid request. */
export const bad = (message: string): GlanceError => new GlanceError(400, message);

/**
 * Parses a body, which must match a schema and must not set read-only members.
 * @throws GlanceError 400; 403 for a read-only member; 500 for a list.
 */
function parseChecked(call: Call, document: JsonSchema, readOnly: readonly string[]): Json {
  const body = parseBody(call);
  if (Array.isArray(body)) throw serverError();
  for (const name of readOnly) {
    if (Object.hasOwn(body as Json, name)) throw new GlanceError(403, `Attribute '${name}' is read-only.`);
  }
  checkAgainst(document, body);
  return body as Json;
}

/** @throws GlanceError 500 for a member that is not among `known`, or if `required` is missing. */
function checkMemberNames(value: Json, known: readonly string[], required: string): void {
  if (!Object.hasOwn(value, required) || Object.keys(value).some((name) => !known.includes(name))) throw serverError();
}

function parseSchema(value: Json): Json {
  try {
    return storedProperty(value);
  } catch (error) {
    if (!(error instanceof FlawedProperty)) throw error;
    throw error.flaw === 'encoding' && !hasLoneSurrogateIn(value) ? bad(UNDECODABLE) : serverError();
  }
}

const parseProperties = (value: unknown): readonly PropertyFields[] =>
  Object.entries(value as Readonly<Record<string, Json>>).map(([name, schema]) => ({
    name,
    schema: parseSchema(schema),
  }));

function parseAssociation(value: Json): AssociationFields {
  checkMemberNames(value, ['name', 'prefix', 'properties_target', ...TIMES], 'name');
  return {
    name: value['name'] as string,
    prefix: (value['prefix'] ?? null) as string | null,
    propertiesTarget: (value['properties_target'] ?? null) as string | null,
  };
}

/** An object with the names of the members that the client sent: responses to writes contain only those. */
export interface ParsedObject extends ObjectFields {
  readonly given: ReadonlySet<string>;
}

function parseObject(value: Json): ParsedObject {
  checkMemberNames(value, ['name', 'required', 'description', 'properties', ...TIMES_AND_LINKS], 'name');
  return {
    name: value['name'] as string,
    description: (value['description'] ?? null) as string | null,
    required: (value['required'] ?? []) as readonly string[],
    properties: parseProperties(value['properties'] ?? {}),
    given: new Set(Object.keys(value)),
  };
}

function parseTag(value: Json): string {
  checkMemberNames(value, ['name', ...TIMES], 'name');
  return value['name'] as string;
}

/** A namespace to create, or its new values. */
export interface ParsedNamespace extends NewNamespace {
  readonly objects?: readonly ParsedObject[];
}

/** Parses a namespace with its parts. @throws GlanceError as `parseChecked`. */
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

/** Parses an association with a resource type. @throws GlanceError as `parseChecked`. */
export const parseNewAssociation = (call: Call): AssociationFields =>
  parseAssociation(parseChecked(call, METADEF_DOCUMENTS.resource_type, TIMES));

/** Parses a property. @throws GlanceError as `parseChecked`, 500 for a valid property that the service cannot store. */
export function parseProperty(call: Call): PropertyFields {
  const body = parseChecked(call, METADEF_DOCUMENTS.property, TIMES);
  return { name: body['name'] as string, schema: parseSchema(body) };
}

/** Parses an object; the properties of a new one are validated too. @throws GlanceError as `parseProperty`. */
export function parseObjectBody(call: Call, isNew: boolean): ParsedObject {
  const body = parseChecked(call, METADEF_DOCUMENTS.object, TIMES_AND_LINKS);
  if (isNew) {
    const properties = (body['properties'] ?? {}) as Json;
    for (const property of Object.values(properties)) checkAgainst(OBJECT_PROPERTY_DOCUMENT, property);
  }
  return parseObject(body);
}

/** Parses the name of a tag. @throws GlanceError as `parseChecked`. */
export const parseTagName = (call: Call): string => parseTag(parseChecked(call, METADEF_DOCUMENTS.tag, TIMES));

/** Parses the names of several tags; `undefined` for a body without tags, which is valid. @throws GlanceError as `parseChecked`. */
export function parseTags(call: Call): readonly string[] | undefined {
  const { tags } = parseChecked(call, TAGS_REQUEST_DOCUMENT, TIMES);
  return (tags as readonly Json[] | undefined)?.map(parseTag);
}

/** Checks the name of a tag. @throws GlanceError 400 if it is too long. */
export function checkTagName(name: string): string {
  checkAgainst(METADEF_DOCUMENTS.tag, { name });
  return name;
}

const TRUE = new Set(['1', 't', 'true', 'on', 'y', 'yes']);

/** Whether the tags of a request are added to the existing ones instead of replacing them. */
export const isAppending = (call: Call): boolean => {
  const append = call.headers['x-openstack-append'];
  return typeof append === 'string' && TRUE.has(append.trim().toLowerCase());
};
