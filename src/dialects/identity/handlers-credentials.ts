import type { Cloud } from '../../cloud.ts';
import type { NewApplicationCredential } from '../../identity/application-credentials/application-credential.ts';
import type { Role } from '../../identity/directory/directory.ts';
import { mayReadCredentials, mayRemoveCredentials } from '../../identity/permissions.ts';
import { IdentityError } from '../../identity/problem.ts';
import type { Token } from '../../identity/tokens/token.ts';
import type { Context } from '../dialect.ts';
import { fitsQuery } from './filters.ts';
import { type FamilyHandler, ok, requesterOf, requirePermission } from './handlers-v3.ts';
import { Fields, parseBody } from './parse.ts';
import { parseExpiry } from './parse-time.ts';
import { collectionLinks, presentCredential } from './present.ts';
import { VARY } from './problems.ts';

/** How a role is named: by the one or the other. */
interface NamedRole {
  readonly id: string | undefined;
  readonly name: string | undefined;
}

const parseRoles = (fields: Fields): readonly NamedRole[] | null =>
  fields.list('roles')?.map((item) => {
    item.some().single().only('id', 'name');
    return {
      id: item.text('id', { least: 1, most: 64 }) ?? undefined,
      name: item.text('name', { least: 1, most: 255 }) ?? undefined,
    };
  }) ?? null;

function findRole(named: NamedRole, cloud: Cloud): Role {
  const role = cloud.identity.index.role(named);
  if (role !== undefined) return role;
  // An id of no role is one that nobody has.
  if (named.id !== undefined) throw new IdentityError({ kind: 'role-not-assigned' });
  throw new IdentityError({ kind: 'role-not-found', role: named.name ?? '' });
}

const RULE_METHODS = '^(POST|GET|HEAD|PATCH|PUT|DELETE)$';

const parseRules = (fields: Fields): NewApplicationCredential['accessRules'] =>
  fields.list('access_rules')?.map((rule) => {
    rule.only('id', 'path', 'method', 'service').require('path').require('method').require('service');
    const id = rule.string('id') || undefined;
    return {
      ...(id !== undefined && { id }),
      path: rule.matching('path', '^\\/.*', { most: 225 }),
      method: rule.matching('method', RULE_METHODS),
      service: rule.text('service', { least: 1, most: 64 }) ?? '',
    };
  }) ?? null;

/** Members that are read, and those that the service overwrites without a word. */
const MEMBERS: ReadonlySet<string> = new Set([
  'name',
  'description',
  'secret',
  'system',
  'roles',
  'expires_at',
  'unrestricted',
  'access_rules',
  'id',
  'user_id',
  'project_id',
  'secret_hash',
]);

const NULL_OR_TEXT = ['null', 'string'] as const;

const invalid = (message: string): never => {
  throw new IdentityError({ kind: 'invalid', message });
};

/** What the service looks at last of a text: whether there is room for it. */
function refuseLong(text: string, column: string, most: number): void {
  if (text.length <= most) return;
  invalid(
    `String length exceeded. The length of string '${text}' exceeds the limit of column ${column}(CHAR(${most})).`,
  );
}

/** What is kept of a system, which may be said as anything: a text. */
function parseSystem(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'object') return invalid("Invalid input for field 'system': a list or an object is no text");
  const text = typeof value === 'boolean' ? String(Number(value)) : String(value);
  refuseLong(text, 'system', 64);
  return text;
}

/** A credential that is wanted: its shape first, then the roles, then the rest. */
function parseCredential(fields: Fields, token: Token, cloud: Cloud): NewApplicationCredential {
  const name = fields.require('name').matching('name', '[\\S]+', { least: 1, most: 255 });
  const description = fields.text('description', { types: ['string', 'null'] }) ?? null;
  const secret = fields.text('secret', { types: NULL_OR_TEXT }) ?? null;
  const named = parseRoles(fields);
  const expiry = fields.text('expires_at', { types: NULL_OR_TEXT }) ?? null;
  const isUnrestricted = fields.boolean('unrestricted') ?? null;
  const accessRules = parseRules(fields);
  const roles = cloud.identity.credentials.rolesFor(token, named?.map((each) => findRole(each, cloud)) ?? null);
  const expiresAt = parseExpiry(expiry);
  const other = Object.keys(fields.value).find((member) => !MEMBERS.has(member));
  if (other !== undefined) invalid(`'${other}' is an invalid keyword argument for ApplicationCredentialModel`);
  for (const { path } of accessRules ?? []) refuseLong(path, 'path', 128);
  const system = parseSystem(fields.value['system']);
  return { name, description, secret, system, roles, expiresAt, isUnrestricted, accessRules };
}

/** The caller's own token. @throws IdentityError for one of a credential that may not manage others. */
function managingToken({ cloud, caller }: Context): Token {
  const token = cloud.identity.subjectToken(caller.token);
  const { applicationCredentialId: id } = token;
  requirePermission(
    id === null || cloud.identity.credentials.get(id).isUnrestricted === true,
    "Using method 'application_credential' is not allowed for managing additional application credentials.",
  );
  return token;
}

export const createApplicationCredential: FamilyHandler = (call, context) => {
  const { cloud, caller } = context;
  requirePermission(caller.userId === call.params['user_id'], 'identity:create_application_credential');
  const token = managingToken(context);
  const body = parseBody(call);
  const fields = new Fields(Object.hasOwn(body, 'application_credential') ? body['application_credential'] : {}, '');
  const credential = cloud.identity.credentials.create(token, parseCredential(fields, token, cloud));
  // The answer repeats what was said, of which the service keeps a text.
  const { system = null } = fields.value;
  return ok(201, { application_credential: { ...presentCredential(credential, call, credential.secret), system } });
};

export const listApplicationCredentials: FamilyHandler = (call, context) => {
  const userId = call.params['user_id'] ?? '';
  requirePermission(mayReadCredentials(requesterOf(context), userId), 'identity:list_application_credentials');
  return ok(200, {
    application_credentials: context.cloud.identity.credentials
      .list(userId)
      .filter(({ name }) => fitsQuery({ name }, call.query))
      .map((credential) => presentCredential(credential, call)),
    links: collectionLinks(call, `/v3/users/${userId}/application_credentials`),
  });
};

export const showApplicationCredential: FamilyHandler = (call, context) => {
  const { user_id: userId = '', application_credential_id: id = '' } = call.params;
  requirePermission(mayReadCredentials(requesterOf(context), userId), 'identity:get_application_credential');
  return ok(200, { application_credential: presentCredential(context.cloud.identity.credentials.get(id), call) });
};

export const deleteApplicationCredential: FamilyHandler = (call, context) => {
  const { user_id: userId = '', application_credential_id: id = '' } = call.params;
  const { identity } = context.cloud;
  requirePermission(mayRemoveCredentials(requesterOf(context), userId), 'identity:delete_application_credential');
  managingToken(context);
  identity.credentials.remove(identity.credentials.get(id));
  return { status: 204, headers: VARY };
};
