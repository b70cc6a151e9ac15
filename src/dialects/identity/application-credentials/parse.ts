import type { Cloud } from '../../../cloud.ts';
import type { NewApplicationCredential } from '../../../identity/application-credentials/application-credential.ts';
import type { Role } from '../../../identity/directory/directory.ts';
import type { Reference } from '../../../identity/directory/directory-index.ts';
import { IdentityError } from '../../../identity/problem.ts';
import type { Token } from '../../../identity/tokens/token.ts';
import type { Fields } from '../fields.ts';
import { parseExpiry } from '../parse-time.ts';
import { unexpected } from '../request-error.ts';

/** Members that are read, and members that Keystone overwrites silently. */
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

/**
 * Parses a request for an application credential: first the shape, then the roles, then the rest.
 * @throws IdentityError for everything that Keystone rejects.
 */
export function parseCredential(fields: Fields, token: Token, cloud: Cloud): NewApplicationCredential {
  const name = fields.require('name').matching('name', '[\\S]+', { minLength: 1, maxLength: 255 });
  const description = fields.text('description', { types: ['string', 'null'] }) ?? null;
  const secret = fields.text('secret', { types: NULL_OR_TEXT }) ?? null;
  const references = parseRoles(fields);
  const expiry = fields.text('expires_at', { types: NULL_OR_TEXT }) ?? null;
  const isUnrestricted = fields.boolean('unrestricted') ?? null;
  const accessRules = parseRules(fields);
  const requested = references?.map((reference) => findRole(reference, cloud)) ?? null;
  const roles = cloud.identity.credentials.rolesFor(token, requested);
  // The service fails on an empty text.
  if (expiry === '') unexpected();
  const expiresAt = parseExpiry(expiry);
  const unknown = Object.keys(fields.value).find((member) => !MEMBERS.has(member));
  if (unknown !== undefined) invalid(`'${unknown}' is an invalid keyword argument for ApplicationCredentialModel`);
  for (const { path = '' } of accessRules ?? []) assertFits(path, 'path', 128);
  const system = parseSystem(fields.value['system']);
  return { name, description, secret, system, roles, expiresAt, isUnrestricted, accessRules };
}

const parseRoles = (fields: Fields): readonly Reference[] | null =>
  fields.list('roles')?.map((role) => {
    role.single().only('id', 'name');
    return {
      id: role.text('id', { minLength: 1, maxLength: 64 }) ?? undefined,
      name: role.text('name', { minLength: 1, maxLength: 255 }) ?? undefined,
    };
  }) ?? null;

function findRole(reference: Reference, cloud: Cloud): Role {
  const role = cloud.identity.index.role(reference);
  if (role !== undefined) return role;
  // Keystone reports an unknown id as a role that the user does not have.
  if (reference.id !== undefined) throw new IdentityError({ kind: 'role-not-assigned' });
  throw new IdentityError({ kind: 'role-not-found', role: reference.name ?? '' });
}

const METHOD_PATTERN = '^(POST|GET|HEAD|PATCH|PUT|DELETE)$';

const ID_PATTERN = '^[a-zA-Z0-9-]+$';

const parseRules = (fields: Fields): NewApplicationCredential['accessRules'] =>
  fields.list('access_rules')?.map((rule) => {
    rule.only('id', 'path', 'method', 'service');
    return {
      ...(rule.has('id') && { id: rule.matching('id', ID_PATTERN, { minLength: 1, maxLength: 64 }) }),
      ...(rule.has('path') && { path: rule.matching('path', '^\\/.*', { maxLength: 225 }) }),
      ...(rule.has('method') && { method: rule.matching('method', METHOD_PATTERN) }),
      ...(rule.has('service') && { service: rule.text('service', { minLength: 1, maxLength: 64 }) ?? '' }),
    };
  }) ?? null;

/** Keystone checks last whether a text fits its database column. */
function assertFits(text: string, column: string, maxLength: number): void {
  if (text.length <= maxLength) return;
  invalid(
    `String length exceeded. The length of string '${text}' exceeds the limit of column ${column}(CHAR(${maxLength})).`,
  );
}

/** Keystone accepts any scalar and stores it as text. */
function parseSystem(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'object') return invalid("Invalid input for field 'system': a list or an object is no text");
  const text = typeof value === 'boolean' ? String(Number(value)) : String(value);
  assertFits(text, 'system', 64);
  return text;
}
