import type { Cloud } from '../../../cloud.ts';
import type { NewApplicationCredential } from '../../../identity/application-credentials/application-credential.ts';
import type { Role } from '../../../identity/directory/directory.ts';
import type { Reference } from '../../../identity/directory/directory-index.ts';
import { IdentityError } from '../../../identity/problem.ts';
import { withImplied } from '../../../identity/records/effective-roles.ts';
import type { Token } from '../../../identity/tokens/token.ts';
import { parseExpiry } from '../parse-time.ts';
import { peekSince, since } from '../profiles.ts';
import { assertValid } from '../records/check-body.ts';
import { unexpected } from '../request-error.ts';
import { CREATE_CREDENTIAL, type CredentialBody } from './schema.ts';

/** Members that are read, and members that Keystone overwrites silently. */
const MEMBERS: ReadonlySet<string> = new Set([
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

const invalid = (message: string): never => {
  throw new IdentityError({ kind: 'invalid', message });
};

/**
 * Parses a request for an application credential: first the shape, then the roles, then the rest.
 * @throws IdentityError and RequestError for everything that Keystone rejects.
 */
export function parseCredential(body: unknown, token: Token, cloud: Cloud): NewApplicationCredential {
  // Newer releases have checked it before the token.
  if (!peekSince(cloud, '2025.1')) assertValid(body, CREATE_CREDENTIAL);
  const { name, description = null, secret = null, ...others } = body as CredentialBody;
  const requested = others.roles?.map((reference) => findRole(reference, cloud)) ?? null;
  const asked = cloud.identity.credentials.rolesFor(token, requested);
  const roles = since(cloud, '2025.1') ? withImpliedRoles(asked, cloud) : asked;
  const { expires_at: expiry = null, unrestricted: isUnrestricted = null, access_rules: accessRules = null } = others;
  // The service fails on an empty text.
  if (expiry === '') unexpected();
  const expiresAt = parseExpiry(expiry);
  const unknown = Object.keys(others).find((member) => !MEMBERS.has(member));
  if (unknown !== undefined) invalid(`'${unknown}' is an invalid keyword argument for ApplicationCredentialModel`);
  for (const { path = '' } of accessRules ?? []) assertFits(path, 'path', 128);
  const system = parseSystem(others['system']);
  return { name, description, secret, system, roles, expiresAt, isUnrestricted, accessRules };
}

/** Adds the roles that others imply, as newer releases do. */
function withImpliedRoles(asked: readonly Role[], { identity: { records } }: Cloud): readonly Role[] {
  const known = new Set(asked.map(({ id }) => id));
  const implied = withImplied(records, [...known]).filter(({ id }) => !known.has(id));
  return [...asked, ...implied.map(({ id, name }) => ({ id, name }))];
}

function findRole(reference: Partial<Reference>, cloud: Cloud): Role {
  const role = cloud.identity.index.role({ id: reference.id, name: reference.name });
  if (role !== undefined) return role;
  // Keystone reports an unknown id as a role that the user does not have.
  if (reference.id !== undefined) throw new IdentityError({ kind: 'role-not-assigned' });
  throw new IdentityError({ kind: 'role-not-found', role: reference.name ?? '' });
}

/** Keystone checks last whether a text fits its database column. */
function assertFits(text: string, column: string, maxLength: number): void {
  if (text.length <= maxLength) return;
  invalid(
    `String length exceeded. The length of string '${text}' exceeds the limit of column ${column}(CHAR(${maxLength})).`,
  );
}

/** Keystone accepts any scalar and stores it as text; it fails on others. */
function parseSystem(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'object') return unexpected();
  const text = typeof value === 'boolean' ? String(Number(value)) : String(value);
  assertFits(text, 'system', 64);
  return text;
}
