/** The login methods of version 3: each proves who the user is. */
import type { ApplicationCredential } from '../../../identity/application-credentials/application-credential.ts';
import type { User } from '../../../identity/directory/directory.ts';
import type { Identity } from '../../../identity/identity.ts';
import { IdentityError, notAuthenticated } from '../../../identity/problem.ts';
import type { Token } from '../../../identity/tokens/token.ts';
import { Fields, missing, required } from '../fields.ts';
import { CREDENTIAL_METHOD, credentialFields, findCredential } from './credential.ts';
import { findUser } from './find.ts';
import type { AuthRequest } from './parse.ts';

/** An authenticated user. */
export interface Proof {
  readonly user: User;
  /** Methods that the token lists. */
  readonly methods: readonly string[];
  readonly parent?: Token;
  readonly credential?: ApplicationCredential;
}

type Prove = (identity: Identity, auth: AuthRequest) => Proof;

function proveByPassword(identity: Identity, auth: AuthRequest): Proof {
  const request = required(auth.user, 'user', 'None');
  const user = findUser(identity, request);
  return { user: identity.checkPassword(user, request.password ?? notAuthenticated()), methods: ['password'] };
}

function proveByToken(identity: Identity, auth: AuthRequest): Proof {
  if (auth.token === '') throw new IdentityError({ kind: 'token-not-given' });
  const parent = identity.subjectToken(required(auth.token, 'token', 'identity'));
  // Keystone validates the token as a client that does not understand access rules, which hides such tokens.
  if (identity.accessRulesOf(parent.id) !== null) throw new IdentityError({ kind: 'token-not-found', isKnown: true });
  const user = identity.index.user(parent.userId);
  if (user === undefined || !identity.isActive(user)) return notAuthenticated();
  if (parent.trustId !== undefined) {
    throw new IdentityError({
      kind: 'not-allowed',
      action: 'Using trust-scoped token to create another token. Create a new trust-scoped token instead',
    });
  }
  if (parent.applicationCredentialId !== null) {
    throw new IdentityError({
      kind: 'not-allowed',
      action: 'Using a delegated token to create another token is not allowed.',
    });
  }
  return { user, parent, methods: ['token', ...parent.methods.filter((method) => method !== 'token')] };
}

function proveByCredential(identity: Identity, auth: AuthRequest): Proof {
  const fields = credentialFields(auth);
  const found = findCredential(identity, fields);
  const secret = fields.value['secret'] ?? notAuthenticated();
  if (typeof secret !== 'string') return missing('string', 'password');
  const credential = identity.credentials.authenticate(found, secret);
  return { user: identity.index.user(credential.userId) as User, credential, methods: [CREDENTIAL_METHOD] };
}

/** Federation: always fails, because there are no identity providers. */
function proveByMapping(_identity: Identity, auth: AuthRequest): Proof {
  const fields = new Fields(auth.dataOf('mapped'), 'identity/mapped');
  if (fields.has('id')) throw new IdentityError({ kind: 'token-not-found', isKnown: false });
  const provider = required(fields.value['identity_provider'], 'identity_provider', 'mapped');
  required(fields.value['protocol'], 'protocol', 'mapped');
  throw new IdentityError({ kind: 'provider-not-found', provider: String(provider) });
}

/** Supported methods, in the order in which Keystone lists them. `external` and `oauth1` never succeed. */
const PROOFS: Readonly<Record<string, Prove>> = {
  external: notAuthenticated,
  password: proveByPassword,
  token: proveByToken,
  oauth1: notAuthenticated,
  mapped: proveByMapping,
  [CREDENTIAL_METHOD]: proveByCredential,
};

/** @throws IdentityError `unsupported-method`. */
export function assertSupportedMethods(methods: readonly string[]): void {
  if (methods.every((method) => Object.hasOwn(PROOFS, method))) return;
  throw new IdentityError({ kind: 'unsupported-method', supported: Object.keys(PROOFS) });
}

/** Authenticates the user by one of the supported methods. @throws IdentityError if that fails. */
export const prove = (method: string, identity: Identity, auth: AuthRequest): Proof =>
  (PROOFS[method] ?? notAuthenticated)(identity, auth);
