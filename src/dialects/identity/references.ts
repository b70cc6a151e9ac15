/** Parses how request bodies refer to domains, users and projects. */
import type { Reference } from '../../identity/directory/directory-index.ts';
import { IdentityError } from '../../identity/problem.ts';
import type { Fields } from './fields.ts';

/** A reference to a user or project: by id, or by name in a domain. */
export interface ReferenceInDomain extends Reference {
  readonly domain: Reference | undefined;
}

/** Parses `{id, name}`; an empty string counts as absent. @throws IdentityError if neither member is present. */
export function parseReference(fields: Fields, path: string): Reference {
  if (!fields.has('id') && !fields.has('name')) {
    throw new IdentityError({
      kind: 'invalid',
      message: `Invalid input for field ${path}: id or name must be present.`,
    });
  }
  return { id: fields.string('id') || undefined, name: fields.string('name') || undefined };
}

/** Parses `{id, name, domain}`. @throws IdentityError if a reference has neither id nor name. */
export function parseReferenceInDomain(fields: Fields, path: string): ReferenceInDomain {
  const own = parseReference(fields, path);
  const domain = fields.object('domain');
  return { ...own, domain: domain && parseReference(domain, `${path}/domain`) };
}
