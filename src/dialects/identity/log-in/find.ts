/** Finds the users and domains that a login refers to. */
import type { Domain, User } from '../../../identity/directory/directory.ts';
import type { Reference } from '../../../identity/directory/directory-index.ts';
import type { Identity } from '../../../identity/identity.ts';
import { required } from '../fields.ts';
import type { ReferenceInDomain } from '../references.ts';

/** The domain with that name or, without a name, with that id. */
export const findDomain = (identity: Identity, reference: Reference): Domain | undefined =>
  identity.index.domain(reference);

/**
 * The user with that name in a domain or, without a name, with that id.
 * @throws IdentityError `missing` for an incomplete reference.
 */
export function findUser(identity: Identity, reference: ReferenceInDomain): User | undefined {
  if (reference.name === undefined) return identity.index.user(required(reference.id, 'id or name', 'user'));
  const domain = required(reference.domain, 'domain', 'user');
  required(domain.name ?? domain.id, 'id or name', 'domain');
  const found = findDomain(identity, domain);
  return found && identity.index.userNamed(reference.name, found.id);
}
