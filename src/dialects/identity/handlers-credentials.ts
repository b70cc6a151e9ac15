import type { Role } from '../../identity/directory.ts';
import type { NewApplicationCredential } from '../../identity/identity.ts';
import { mayReadCredentials, mayRemoveCredentials } from '../../identity/permissions.ts';
import { IdentityError } from '../../identity/problem.ts';
import type { Token } from '../../identity/tokens.ts';
import type { Cloud, Context } from '../dialect.ts';
import { demand, type FamilyHandler, holderOf, ok } from './handlers-v3.ts';
import { Fields, parseBody } from './parse.ts';
import { parseExpiry } from './parse-time.ts';
import { collectionLinks, presentCredential } from './present.ts';
import { VARY } from './problems.ts';

const parseRoles = (fields: Fields, cloud: Cloud): readonly Role[] | null =>
  fields.list('roles')?.map((item) => {
    item.some().single().only('id', 'name');
    const id = item.text('id', { least: 1, most: 64 }) ?? undefined;
    const name = item.text('name', { least: 1, most: 255 }) ?? undefined;
    const role = cloud.identity.index.role({ id, name });
    // An id of no role is one that nobody has.
    if (role === undefined && id !== undefined) throw new IdentityError({ kind: 'role-not-assigned' });
    if (role === undefined) throw new IdentityError({ kind: 'role-not-found', role: name ?? '' });
    return role;
  }) ?? null;

const RULE_METHODS = '^(POST|GET|HEAD|PATCH|PUT|DELETE)$';

const parseRules = (fields: Fields): NewApplicationCredential['accessRules'] =>
  fields.list('access_rules')?.map((rule) => {
    rule.only('id', 'path', 'method', 'service').require('path').require('method').require('service');
    rule.string('id');
    return {
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

function parseCredential(fields: Fields, cloud: Cloud): NewApplicationCredential {
  const wish = {
    name: fields.require('name').matching('name', '[\\S]+', { least: 1, most: 255 }),
    description: fields.text('description', { types: ['string', 'null'] }) ?? null,
    secret: fields.text('secret', { types: NULL_OR_TEXT }) ?? null,
    system: typeof fields.value['system'] === 'string' ? fields.value['system'] : null,
    roles: parseRoles(fields, cloud),
    expiresAt: parseExpiry(fields.text('expires_at', { types: NULL_OR_TEXT }) ?? null),
    isUnrestricted: fields.boolean('unrestricted') ?? null,
    accessRules: parseRules(fields),
  };
  const other = Object.keys(fields.value).find((name) => !MEMBERS.has(name));
  if (other === undefined) return wish;
  throw new IdentityError({
    kind: 'invalid',
    message: `'${other}' is an invalid keyword argument for ApplicationCredentialModel`,
  });
}

/** The caller's own token. @throws IdentityError for one of a credential that may not manage others. */
function managingToken({ cloud, caller }: Context): Token {
  const token = cloud.identity.subjectToken(caller.token);
  const { applicationCredentialId: id } = token;
  demand(
    id === null || cloud.identity.credential(id).isUnrestricted === true,
    "Using method 'application_credential' is not allowed for managing additional application credentials.",
  );
  return token;
}

export const createApplicationCredential: FamilyHandler = (call, context) => {
  const { cloud, caller } = context;
  demand(caller.userId === call.params['user_id'], 'identity:create_application_credential');
  const token = managingToken(context);
  const body = parseBody(call);
  const fields = new Fields(Object.hasOwn(body, 'application_credential') ? body['application_credential'] : {}, '');
  const credential = cloud.identity.createCredential(token, parseCredential(fields, cloud));
  return ok(201, { application_credential: presentCredential(credential, call, credential.secret) });
};

export const listApplicationCredentials: FamilyHandler = (call, context) => {
  const userId = call.params['user_id'] ?? '';
  demand(mayReadCredentials(holderOf(context), userId), 'identity:list_application_credentials');
  const name = call.query.get('name');
  return ok(200, {
    application_credentials: context.cloud.identity
      .credentialsOf(userId)
      .filter((credential) => name === null || credential.name === name)
      .map((credential) => presentCredential(credential, call)),
    links: collectionLinks(call, `/v3/users/${userId}/application_credentials`),
  });
};

export const showApplicationCredential: FamilyHandler = (call, context) => {
  const { user_id: userId = '', application_credential_id: id = '' } = call.params;
  demand(mayReadCredentials(holderOf(context), userId), 'identity:get_application_credential');
  return ok(200, { application_credential: presentCredential(context.cloud.identity.credential(id), call) });
};

export const deleteApplicationCredential: FamilyHandler = (call, context) => {
  const { user_id: userId = '', application_credential_id: id = '' } = call.params;
  const { identity } = context.cloud;
  demand(mayRemoveCredentials(holderOf(context), userId), 'identity:delete_application_credential');
  managingToken(context);
  identity.removeCredential(identity.credential(id));
  return { status: 204, headers: VARY };
};
