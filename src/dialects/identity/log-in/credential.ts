import { isObject, type Json } from '../../../base/json.ts';
import type { ApplicationCredential } from '../../../identity/application-credentials/application-credential.ts';
import type { Reference } from '../../../identity/directory/directory-index.ts';
import type { Identity } from '../../../identity/identity.ts';
import { IdentityError, notAuthenticated } from '../../../identity/problem.ts';
import { pythonType } from '../../glance/python-repr.ts';
import { missing } from '../fields.ts';
import type { ReferenceInDomain } from '../references.ts';
import { badRequest, unexpected } from '../request-error.ts';
import { findDomain, findUser } from './find.ts';
import type { AuthRequest } from './parse.ts';

/** The login method of application credentials. */
export const CREDENTIAL_METHOD = 'application_credential';

/** The data of a login by application credential, which no schema describes. @throws RequestError 500 if it is no object. */
export function credentialData(auth: AuthRequest): Json {
  const data = auth.dataOf(CREDENTIAL_METHOD);
  return isObject(data) ? data : unexpected();
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null ? Object.keys(value).length === 0 : !value;

/**
 * The application credential of a login, by id or by its name and owner.
 * @throws IdentityError `missing`, `invalid`, `credential-not-found`, `user-not-found`, `not-authenticated`.
 */
export function findCredential(identity: Identity, data: Json): ApplicationCredential | undefined {
  const { id, name, user } = data;
  // Keystone looks up an id of any type as text.
  if (Array.isArray(id) ? id.length > 0 : Boolean(id)) return identity.credentials.get(String(id));
  if (isEmpty(name)) return missing('name or ID', 'application credential');
  if (isEmpty(user)) return missing('user', 'application credential');
  const reference = parseOwner(user);
  const owner = findUser(identity, reference);
  if (owner === undefined) assertUserExists(identity, reference);
  return owner && identity.credentials.findByName(owner.id, nameOf(name));
}

/** The name of a credential. @throws RequestError 400, or 500 for a list or an object. */
function nameOf(name: unknown): string {
  if (typeof name === 'string') return name;
  return typeof name === 'object' ? unexpected() : badRequest(`object of type '${pythonType(name)}' has no len()`);
}

/** The user that a credential belongs to. @throws RequestError 500 for a reference that is no object. */
function parseOwner(value: unknown): ReferenceInDomain {
  if (!isObject(value)) return unexpected();
  const { domain } = value;
  if (domain === undefined || domain === null) return { ...parseNames(value), domain: undefined };
  if (!isObject(domain)) return unexpected();
  const names = parseNames(domain);
  // Unlike in a login by password, no user is found in a domain without id and name.
  return { ...parseNames(value), domain: (names.id ?? names.name) ? names : notAuthenticated() };
}

/** An id and a name count as text, whatever scalar they are; empty ones count as absent. */
const parseNames = ({ id, name }: Json): Reference => ({ id: textOf(id), name: textOf(name) });

/** @throws RequestError 500 for a list or an object. */
function textOf(value: unknown): string | undefined {
  if (isEmpty(value)) return undefined;
  return typeof value === 'object' ? unexpected() : String(value);
}

/** Keystone reports an unknown user name in a known domain, and nothing else about unknown users. */
function assertUserExists(identity: Identity, { name, domain }: ReferenceInDomain): void {
  if (name === undefined) return;
  if (findDomain(identity, domain ?? {}) === undefined) notAuthenticated();
  throw new IdentityError({ kind: 'user-not-found', userId: name });
}
