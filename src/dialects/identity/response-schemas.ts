/** Schemas of success responses of the identity services. They describe the members that every response has. */
import type { JsonSchema } from '../../contract/schema.ts';

/** A text. */
export const TEXT: JsonSchema = { type: 'string' };
/** A text that is not empty. */
export const ID: JsonSchema = { type: 'string', minLength: 1 };
/** A text, or null. */
export const TEXT_OR_NULL: JsonSchema = { type: ['string', 'null'] };
/** A time. */
export const TIME: JsonSchema = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d' };

/** An object with these members and others. @param optional - members that may be absent. */
export const objectWith = (
  properties: Readonly<Record<string, JsonSchema>>,
  optional: readonly string[] = [],
): JsonSchema => ({
  type: 'object',
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
});

/** An object with one member and no other. */
export const wrapped = (name: string, content: JsonSchema): JsonSchema => ({
  ...objectWith({ [name]: content }),
  additionalProperties: false,
});

const arrayOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items });

const COLLECTION_LINKS = objectWith({ self: TEXT, previous: TEXT_OR_NULL, next: TEXT_OR_NULL });

/** A list of Keystone: the items with links to its pages. */
export const collection = (many: string, item: JsonSchema): JsonSchema => ({
  ...objectWith({ [many]: arrayOf(item), links: COLLECTION_LINKS, truncated: { type: 'boolean' } }, ['truncated']),
  additionalProperties: false,
});

/** The records that one request has created. */
export const createdList = (many: string, item: JsonSchema): JsonSchema =>
  objectWith({ [many]: arrayOf(item), links: { type: 'object' } }, ['links']);

/** A record of Keystone. @param members - members that all records of its kind have. */
export const recordWith = (members: readonly string[]): JsonSchema => ({
  type: 'object',
  required: members,
  properties: { id: ID, links: { type: 'object' } },
});

const NAMED = objectWith({ id: ID, name: TEXT });
const DOMAIN_OF = NAMED;

const ENDPOINT = objectWith({ id: ID, interface: TEXT, region_id: TEXT_OR_NULL, url: TEXT, region: TEXT_OR_NULL });
const CATALOG = arrayOf(objectWith({ id: ID, type: TEXT, name: TEXT, endpoints: arrayOf(ENDPOINT) }));

/** `{token}` of version 3. */
export const TOKEN_REPLY = wrapped(
  'token',
  objectWith(
    {
      methods: { type: 'array', items: TEXT, minItems: 1 },
      user: objectWith({ id: ID, name: TEXT, domain: DOMAIN_OF, password_expires_at: TEXT_OR_NULL }),
      audit_ids: arrayOf(ID),
      expires_at: TIME,
      issued_at: TIME,
      project: objectWith({ id: ID, name: TEXT, domain: DOMAIN_OF }),
      domain: NAMED,
      system: { type: 'object' },
      roles: arrayOf(NAMED),
      catalog: CATALOG,
    },
    ['audit_ids', 'project', 'domain', 'system', 'roles', 'catalog'],
  ),
);

/** The catalog for a token. */
export const CATALOG_REPLY = objectWith({ catalog: CATALOG, links: objectWith({ self: TEXT }) });

const PROJECT = recordWith(['id', 'name', 'enabled', 'domain_id', 'description', 'links']);

/** A list of projects, and one project. */
export const PROJECTS_REPLY = collection('projects', PROJECT);
/** One project. */
export const PROJECT_REPLY = wrapped('project', PROJECT);
/** A list of domains. */
export const DOMAINS_REPLY = collection('domains', recordWith(['id', 'name', 'enabled', 'description', 'links']));
/** The system, as a scope. */
export const SYSTEM_REPLY = objectWith({
  system: arrayOf(objectWith({ all: { const: true } })),
  links: objectWith({ self: TEXT }),
});

const VERSION = objectWith({
  id: TEXT,
  status: TEXT,
  updated: TIME,
  links: arrayOf(objectWith({ rel: TEXT, href: TEXT })),
});

/** The versions of a service. */
export const VERSIONS_REPLY = wrapped('versions', wrapped('values', arrayOf(VERSION)));
/** One version of a service. */
export const VERSION_REPLY = wrapped('version', VERSION);

const CREDENTIAL = objectWith({
  id: ID,
  name: TEXT,
  description: TEXT_OR_NULL,
  // Credentials of a token without a project have none.
  project_id: TEXT_OR_NULL,
  expires_at: TEXT_OR_NULL,
  unrestricted: { type: ['boolean', 'null'] },
  roles: arrayOf(NAMED),
  links: objectWith({ self: TEXT }),
});

/** One application credential. */
export const CREDENTIAL_REPLY = wrapped('application_credential', CREDENTIAL);
/** A new application credential, with its secret. */
export const NEW_CREDENTIAL_REPLY = wrapped('application_credential', {
  allOf: [CREDENTIAL, objectWith({ secret: ID })],
});
/** A list of application credentials. */
export const CREDENTIALS_REPLY = collection('application_credentials', CREDENTIAL);

const ACCESS_TOKEN = objectWith({ id: ID, expires: TIME, tenant: NAMED }, ['tenant']);
const ACCESS_USER = objectWith({ id: ID, name: TEXT, roles: arrayOf(objectWith({ name: TEXT })) });
const ACCESS_CATALOG = arrayOf(objectWith({ name: TEXT, type: TEXT, endpoints: arrayOf({ type: 'object' }) }));

/** `{access}` of version 2.0, with the catalog. */
export const ACCESS_REPLY = wrapped(
  'access',
  objectWith({ token: ACCESS_TOKEN, user: ACCESS_USER, serviceCatalog: ACCESS_CATALOG }),
);
/** `{access}` of a token that Rackspace validates. */
export const VALID_ACCESS_REPLY = wrapped('access', objectWith({ token: ACCESS_TOKEN, user: ACCESS_USER }));
/** The endpoints of a token of Rackspace. */
export const ENDPOINTS_REPLY = objectWith({
  endpoints: arrayOf(objectWith({ name: TEXT, type: TEXT, publicURL: TEXT })),
});
/** The tenants of a token of version 2.0. */
export const TENANTS_REPLY = objectWith({
  tenants: arrayOf(objectWith({ id: ID, name: TEXT, enabled: { type: 'boolean' } })),
});
