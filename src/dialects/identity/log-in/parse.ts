import type { Call } from '../../../contract/contract.ts';
import type { Reference } from '../../../identity/directory/directory-index.ts';
import { parseBody } from '../body.ts';
import { Fields, missing } from '../fields.ts';
import { assertValid } from '../records/check-body.ts';
import { parseReference, parseReferenceInDomain, type ReferenceInDomain } from '../references.ts';
import { AUTH } from './schema.ts';

/** The `scope` of a login. */
export interface ScopeRequest {
  /** The members of the object that name a kind of scope. */
  readonly kinds: readonly string[];
  readonly project: ReferenceInDomain | undefined;
  readonly domain: Reference | undefined;
  readonly trustId: string | undefined;
}

/** A version 3 login. */
export interface AuthRequest {
  readonly methods: readonly string[];
  readonly user: (ReferenceInDomain & { readonly password: string | undefined }) | undefined;
  readonly token: string | undefined;
  /** The member of `identity` for a method; present for each of `methods`. */
  dataOf(method: string): unknown;
  readonly scope: ScopeRequest | 'unscoped' | undefined;
}

/**
 * Parses a login.
 * @throws IdentityError for everything that Keystone rejects before it looks for the user.
 */
export function parseAuth(call: Call): AuthRequest {
  const body = parseBody(call);
  if ((body['auth'] ?? null) === null) return missing('auth', 'request body');
  assertValid(body['auth'], AUTH);
  const auth = new Fields(body['auth'], '');
  const identity = auth.object('identity') as Fields;
  const methods = identity.strings('methods') as readonly string[];
  const user = identity.object('password')?.object('user');
  const token = identity.object('token');
  const request = {
    methods,
    user: user && { ...parseReferenceInDomain(user, 'identity/password/user'), password: user.string('password') },
    token: token?.string('id'),
    dataOf: (method: string): unknown => identity.value[method],
    scope: parseScope(auth),
  };
  for (const method of methods) if (!identity.has(method)) missing(method, 'identity');
  return request;
}

const SCOPE_KINDS = ['project', 'domain', 'system', 'unscoped', 'OS-TRUST:trust'] as const;

function parseScope(auth: Fields): AuthRequest['scope'] {
  if (!auth.has('scope')) return undefined;
  const value = auth.value['scope'];
  if (value === 'unscoped') return 'unscoped';
  if (typeof value === 'string') return { kinds: [], project: undefined, domain: undefined, trustId: undefined };
  const scope = auth.object('scope') as Fields;
  const project = scope.object('project');
  const domain = scope.object('domain');
  const trust = scope.object('OS-TRUST:trust');
  return {
    kinds: SCOPE_KINDS.filter((kind) => scope.has(kind)),
    project: project && parseReferenceInDomain(project, 'scope/project'),
    domain: domain && parseReference(domain, 'scope/domain'),
    trustId: trust?.string('id') || undefined,
  };
}
