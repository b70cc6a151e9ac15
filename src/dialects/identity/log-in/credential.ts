import type { ApplicationCredential } from '../../../identity/application-credentials/application-credential.ts';
import type { Identity } from '../../../identity/identity.ts';
import { IdentityError, notAuthenticated } from '../../../identity/problem.ts';
import { Fields, missing, required } from '../fields.ts';
import type { ReferenceInDomain } from '../references.ts';
import { findDomain, findUser } from './find.ts';
import { type AuthRequest, parseOwner } from './parse.ts';

/** The login method of application credentials. */
export const CREDENTIAL_METHOD = 'application_credential';

/** The data of a login by application credential. */
export const credentialFields = (auth: AuthRequest): Fields =>
  new Fields(auth.dataOf(CREDENTIAL_METHOD), `identity/${CREDENTIAL_METHOD}`);

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null ? Object.keys(value).length === 0 : !value;

/**
 * The application credential of a login, by id or by its name and owner.
 * @throws IdentityError `missing`, `invalid`, `credential-not-found`, `user-not-found`, `not-authenticated`.
 */
export function findCredential(identity: Identity, fields: Fields): ApplicationCredential | undefined {
  const id: unknown = fields.value['id'];
  // Keystone looks up an id of any type as text.
  if (Array.isArray(id) ? id.length > 0 : Boolean(id)) return identity.credentials.get(String(id));
  const name = required(fields.string('name') || undefined, 'name or ID', 'application credential');
  const value = fields.value['user'];
  if (isEmpty(value)) return missing('user', 'application credential');
  const reference = parseOwner(value, `identity/${CREDENTIAL_METHOD}/user`);
  const owner = findUser(identity, reference);
  if (owner === undefined) assertUserExists(identity, reference);
  return owner && identity.credentials.findByName(owner.id, name);
}

/** Keystone reports an unknown user name in a known domain, and nothing else about unknown users. */
function assertUserExists(identity: Identity, { name, domain }: ReferenceInDomain): void {
  if (name === undefined) return;
  if (findDomain(identity, domain ?? {}) === undefined) notAuthenticated();
  throw new IdentityError({ kind: 'user-not-found', userId: name });
}
