/** The schemas of whole bodies, which newer releases check before the token. */
import { RANK, type Release } from '../../../base/release.ts';
import type { JsonSchema } from '../../../contract/schema.ts';
import { CREATE_CREDENTIAL } from '../application-credentials/schema.ts';
import { CHECKED_EARLY } from '../records/early-bodies.ts';
import { operationId, type Resource, verbsOf } from '../records/resource.ts';
import { TAGS, TEXT, TEXT_OR_NULL } from '../records/schema-parts.ts';
import { regions } from '../regions/resource.ts';
import { RESOURCES } from '../resources.ts';
import { FLAG } from './flags.ts';

/** How the body of an operation is checked. */
interface BodyOf {
  readonly since: Release;
  readonly schema: JsonSchema;
}

/** What differs from one resource to the next. */
interface BodyForm {
  /** Operations whose body may lack the member with the record. */
  readonly optional?: readonly ('create' | 'update')[];
  /** Whether unknown members are reported before the missing one. */
  readonly isStrictFirst?: boolean;
  /** Members of the schema of the record, in place of those of Zed. */
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly create?: (zed: JsonSchema) => JsonSchema;
  readonly update?: (zed: JsonSchema) => JsonSchema;
}

const closed = (schema: JsonSchema): JsonSchema => ({ ...schema, additionalProperties: false });
const without =
  (name: string) =>
  (schema: JsonSchema): JsonSchema =>
    Object.fromEntries(Object.entries(schema).filter(([keyword]) => keyword !== name));

const LIMIT_OWNERS = { oneOf: [{ required: ['project_id'] }, { required: ['domain_id'] }] } as const;

/** New limits: what every limit needs comes before its owner. */
function limitsSchema({ items, ...schema }: JsonSchema): JsonSchema {
  const [ofProject, ofDomain] = (items as { readonly oneOf: readonly JsonSchema[] }).oneOf as [JsonSchema, JsonSchema];
  const properties = { ...(ofDomain['properties'] as object), ...(ofProject['properties'] as object) };
  const required = ['service_id', 'resource_name', 'resource_limit'];
  return { ...schema, items: { type: 'object', properties, required, additionalProperties: false, ...LIMIT_OWNERS } };
}

/** New credentials: what every credential needs comes before what one of EC2 needs. */
const credentialSchema = ({ oneOf: _oneOf, ...schema }: JsonSchema): JsonSchema => ({
  ...schema,
  required: ['blob', 'type', 'user_id'],
  dependentOn: { condition: { properties: { type: { enum: ['ec2'] } } }, schema: { required: ['project_id'] } },
});

const FORMS: Readonly<Record<string, BodyForm>> = {
  user: { properties: { enabled: FLAG } },
  group: {},
  domain: { properties: { enabled: FLAG, options: { type: 'object' } } },
  project: {
    optional: ['create', 'update'],
    properties: { enabled: FLAG, is_domain: FLAG },
    update: without('minProperties'),
  },
  role: { properties: { domain_id: TEXT_OR_NULL } },
  service: { optional: ['create'] },
  endpoint: { optional: ['create'], properties: { name: TEXT } },
  region: {},
  protocol: {},
  credential: { create: credentialSchema },
  trust: { isStrictFirst: true },
  endpoint_group: { optional: ['create'], create: closed, update: closed },
  identity_provider: { optional: ['create', 'update'], properties: { enabled: FLAG } },
  service_provider: { properties: { enabled: FLAG } },
  registered_limit: {},
  limit: { create: limitsSchema },
};

/** The schema of a body with one member, which the record is in. */
function wrapped(name: string, record: JsonSchema, { isOptional, isStrictFirst }: WrapperForm): JsonSchema {
  const required = isOptional ? {} : { required: [name] };
  const rest = isStrictFirst
    ? { additionalProperties: false, ...required }
    : { ...required, additionalProperties: false };
  return { type: 'object', properties: { [name]: record }, ...rest };
}

interface WrapperForm {
  readonly isOptional: boolean;
  readonly isStrictFirst: boolean;
}

function bodyOf(resource: Resource, form: BodyForm, verb: 'create' | 'update'): BodyOf {
  const { schemas, one, createWrapper = one } = resource;
  const zed = schemas[verb];
  const own = (zed['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
  const changed = form.properties === undefined ? zed : { ...zed, properties: { ...own, ...form.properties } };
  const record = form[verb]?.(changed) ?? changed;
  return {
    since: CHECKED_EARLY[resource.one] as Release,
    schema: wrapped(verb === 'create' ? createWrapper : one, record, {
      isOptional: form.optional?.includes(verb) === true,
      isStrictFirst: form.isStrictFirst === true,
    }),
  };
}

const METHODS = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'];

/** New application credentials: unknown members are rejected, before a missing name. */
function applicationCredentialSchema(): JsonSchema {
  const { properties, required, type } = CREATE_CREDENTIAL;
  const { access_rules: rules, ...others } = properties as Readonly<Record<string, JsonSchema>>;
  const rule = (rules as { readonly items: JsonSchema }).items;
  const members = {
    ...(rule['properties'] as object),
    path: { type: 'string', pattern: '^/\\.*' },
    method: { type: 'string', enum: METHODS },
  };
  return {
    type,
    properties: {
      ...others,
      secret: TEXT_OR_NULL,
      unrestricted: { type: ['boolean', 'null'] },
      access_rules: { type: 'array', items: { ...rule, properties: members } },
      // Keystone overwrites these.
      ...Object.fromEntries(['id', 'user_id', 'project_id', 'system', 'secret_hash'].map((name) => [name, {}])),
    },
    additionalProperties: false,
    required,
  };
}

const PLAIN: WrapperForm = { isOptional: false, isStrictFirst: false };

const BODIES: ReadonlyMap<string, BodyOf> = new Map([
  ...(RESOURCES as readonly Resource[]).flatMap((resource) => {
    const form = FORMS[resource.one];
    if (form === undefined) return [];
    return verbsOf(resource)
      .filter((verb) => verb === 'create' || verb === 'update')
      .map((verb) => [operationId(resource, verb), bodyOf(resource, form, verb)] as const);
  }),
  [
    'createApplicationCredential',
    { since: '2025.1', schema: wrapped('application_credential', applicationCredentialSchema(), PLAIN) },
  ] as const,
  ['createRegionWithId', { since: '2026.2', schema: wrapped('region', regions.schemas.create, PLAIN) }] as const,
  ['replaceProjectTags', { since: '2025.1', schema: { type: 'object', properties: { tags: TAGS } } }] as const,
]);

/** Returns the schema of the whole body of an operation in a release; `undefined` if none is checked early. @param rank - as in `RANK`. */
export function bodySchema(operationId: string, rank: number): JsonSchema | undefined {
  const body = BODIES.get(operationId);
  return body !== undefined && rank >= RANK[body.since] ? body.schema : undefined;
}
