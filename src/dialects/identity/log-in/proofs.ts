/** The login methods of version 3: each proves who the user is. */

import { isObject } from '../../../base/json.ts';
import { ownMember } from '../../../base/own-member.ts';
import type { Call } from '../../../contract/contract.ts';
import type { ApplicationCredential } from '../../../identity/application-credentials/application-credential.ts';
import type { User } from '../../../identity/directory/directory.ts';
import type { Identity } from '../../../identity/identity.ts';
import { IdentityError, notAuthenticated } from '../../../identity/problem.ts';
import type { AccessTokenRecord } from '../../../identity/records/oauth1-records.ts';
import { joinIds } from '../../../identity/records/record.ts';
import type { Records } from '../../../identity/records/records.ts';
import type { Token } from '../../../identity/tokens/token.ts';
import { pythonType } from '../../glance/python-repr.ts';
import type { ProfiledCloud } from '../../shared/profile-choice.ts';
import { hasDelegatedMethod } from '../delegation.ts';
import { missing, required } from '../fields.ts';
import { provenAccessToken } from '../oauth1/proof.ts';
import { since } from '../profiles.ts';
import { badRequest, notFound } from '../request-error.ts';
import { CREDENTIAL_METHOD, credentialData, findCredential } from './credential.ts';
import { findUser } from './find.ts';
import type { AuthRequest } from './parse.ts';

/** An authenticated user. */
export interface Proof {
  readonly user: User;
  /** Methods that the token lists. */
  readonly methods: readonly string[];
  readonly parent?: Token;
  readonly credential?: ApplicationCredential;
  readonly accessToken?: AccessTokenRecord;
}

/** A login that has to prove who the user is. */
export interface ProofRequest {
  readonly auth: AuthRequest;
  readonly call: Call;
  readonly identity: Identity;
  /** Milliseconds since 1970. */
  readonly now: number;
}

type Prove = (request: ProofRequest) => Proof;

function proveByPassword({ identity, auth }: ProofRequest): Proof {
  const request = required(auth.user, 'user', 'None');
  const user = findUser(identity, request);
  return { user: identity.checkPassword(user, request.password ?? notAuthenticated()), methods: ['password'] };
}

function proveByToken({ identity, auth }: ProofRequest): Proof {
  if (auth.token === '') throw new IdentityError({ kind: 'token-not-given' });
  const parent = identity.subjectToken(required(auth.token, 'token', 'identity'));
  // Keystone validates the token as a client that does not understand access rules, which hides such tokens.
  if (identity.accessRulesOf(parent.id) !== null) throw new IdentityError({ kind: 'token-not-found', isKnown: true });
  const user = identity.index.user(parent.userId);
  if (user === undefined || !identity.isActive(user)) return notAuthenticated();
  assertExchangeable(parent);
  return { user, parent, methods: ['token', ...parent.methods.filter((method) => method !== 'token')] };
}

/** What a 403 says about exchanging a token that a delegation gave. */
export const DELEGATED_TOKEN = 'Using a delegated token to create another token is not allowed.';

/** Rejects tokens that a delegation gave. @throws IdentityError `not-allowed`. */
function assertExchangeable(token: Token): void {
  const reject = (action: string): never => {
    throw new IdentityError({ kind: 'not-allowed', action });
  };
  if (token.accessTokenId !== undefined) {
    reject('Using OAuth-scoped token to create another token. Create a new OAuth-scoped token instead');
  }
  if (token.trustId !== undefined) {
    reject('Using trust-scoped token to create another token. Create a new trust-scoped token instead');
  }
  if (hasDelegatedMethod(token)) reject(DELEGATED_TOKEN);
}

/** @throws IdentityError `not-authenticated`, `user-not-found`, `missing`; RequestError 404 or 500. */
function proveByOauth1({ identity, call, now }: ProofRequest): Proof {
  const accessToken = provenAccessToken(call, identity.records, now);
  const { authorizing_user_id: userId } = accessToken;
  const user = identity.index.user(userId);
  if (user === undefined) throw new IdentityError({ kind: 'user-not-found', userId });
  return { user, accessToken, methods: ['oauth1'] };
}

function proveByCredential({ identity, auth }: ProofRequest): Proof {
  const data = credentialData(auth);
  const found = findCredential(identity, data);
  const secret = data['secret'] ?? notAuthenticated();
  if (typeof secret !== 'string') return missing('string', 'password');
  const credential = identity.credentials.authenticate(found, secret);
  return { user: identity.index.user(credential.userId) as User, credential, methods: [CREDENTIAL_METHOD] };
}

/** Federation: always fails, because nothing in front of the service says who the user is. */
function proveByMapping({ auth, identity: { records } }: ProofRequest): Proof {
  const value = auth.dataOf('mapped');
  const data = isObject(value) ? value : {};
  if (value === null || typeof value === 'number' || typeof value === 'boolean') {
    badRequest(`argument of type '${pythonType(value)}' is not iterable`);
  }
  if ('id' in data) throw new IdentityError({ kind: 'token-not-found', isKnown: false });
  const provider = String(required(data['identity_provider'], 'identity_provider', 'mapped'));
  const protocol = String(required(data['protocol'], 'protocol', 'mapped'));
  assertProtocol(provider, protocol, records);
  return notAuthenticated();
}

/** @throws IdentityError `provider-not-found`, `not-allowed` for a disabled provider; RequestError 404. */
function assertProtocol(provider: string, protocol: string, records: Records): void {
  const found = records.get('identity-provider', provider);
  if (found === undefined) throw new IdentityError({ kind: 'provider-not-found', provider });
  if (found['enabled'] !== true) throw new IdentityError({ kind: 'not-allowed', action: null });
  if (!records.has('protocol', joinIds(provider, protocol))) {
    notFound(`Could not find federated protocol ${protocol} for Identity Provider: ${provider}.`);
  }
}

/** Supported methods, in the order in which Keystone lists them. `external` never succeeds. */
const PROOFS: Readonly<Record<string, Prove>> = {
  external: notAuthenticated,
  password: proveByPassword,
  token: proveByToken,
  oauth1: proveByOauth1,
  mapped: proveByMapping,
  [CREDENTIAL_METHOD]: proveByCredential,
};

/** Returns whether the service supports a login method. */
export const isSupportedMethod = (method: string): boolean => Object.hasOwn(PROOFS, method);

/** @throws IdentityError `unsupported-method`, which names the methods of the release. */
export function assertSupportedMethods(methods: readonly string[], cloud: ProfiledCloud): void {
  if (methods.every(isSupportedMethod)) return;
  const supported = [...Object.keys(PROOFS), ...(since(cloud, '2026.2') ? ['ec2credential'] : [])];
  throw new IdentityError({ kind: 'unsupported-method', supported });
}

/** Authenticates the user by one of the supported methods. @throws IdentityError if that fails. */
export const prove = (method: string, request: ProofRequest): Proof =>
  (ownMember(PROOFS, method) ?? notAuthenticated)(request);
