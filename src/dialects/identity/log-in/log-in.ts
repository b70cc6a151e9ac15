import type { Call } from '../../../contract/contract.ts';
import type { ApplicationCredential } from '../../../identity/application-credentials/application-credential.ts';
import type { Identity } from '../../../identity/identity.ts';
import { IdentityError, notAuthenticated } from '../../../identity/problem.ts';
import { type Scope, UNSCOPED } from '../../../identity/scopes/scope.ts';
import type { Token } from '../../../identity/tokens/token.ts';
import type { IdentityService } from '../services.ts';
import { CREDENTIAL_METHOD, credentialFields, findCredential } from './credential.ts';
import { type AuthRequest, parseAuth } from './parse.ts';
import { assertSupportedMethods, type Proof, prove } from './proofs.ts';
import { resolveScope } from './scope.ts';
import { countUse, requestedTrust, trustedParts } from './trust.ts';

/** Tokens of IAM last for 24 hours regardless of the world's limit. */
const IAM_TOKEN = { format: 'pki', seconds: 86_400 } as const;
const KEYSTONE_TOKEN = { format: 'fernet' } as const;

/** Logs a user in with version 3 and issues a token. @throws IdentityError if the login is rejected. */
export function logIn(call: Call, identity: Identity, service: IdentityService): Token {
  const auth = parseAuth(call);
  assertSupportedMethods(auth.methods);
  if (auth.methods.includes(CREDENTIAL_METHOD)) assertCredential(auth, identity);
  const trust = requestedTrust(auth, identity);
  const scopeFor = trust === undefined ? resolveScope(auth, identity, service) : () => undefined;
  const proofs = auth.methods.map((method) => prove(method, identity, auth));
  const user = commonUser(proofs);
  const parent = proofs.find((proof) => proof.parent)?.parent;
  const credential = proofs.find((proof) => proof.credential)?.credential;
  const token = identity.issue({
    user,
    scope: credential === undefined ? scopeFor(user) : credentialScope(credential),
    ...(trust && trustedParts(trust, user, identity)),
    methods: [...new Set(proofs.flatMap(({ methods }) => methods))],
    program: call.program,
    includesWorldTag: call.isPlain,
    ...(service === 'iam' ? IAM_TOKEN : KEYSTONE_TOKEN),
    ...(parent && { parent }),
    ...(credential && { credential }),
  });
  if (trust !== undefined) countUse(trust, identity);
  return token;
}

/** Keystone looks up the credential of a login before it checks any proof. */
function assertCredential(auth: AuthRequest, identity: Identity): void {
  if (auth.scope !== undefined) throw new IdentityError({ kind: 'scope-not-allowed' });
  findCredential(identity, credentialFields(auth)) ?? notAuthenticated();
}

/** The user that all methods authenticated. @throws IdentityError `not-authenticated` if they differ. */
function commonUser(proofs: readonly Proof[]): Proof['user'] {
  const [first, ...others] = proofs;
  if (first === undefined || others.some(({ user }) => user.id !== first.user.id)) return notAuthenticated();
  return first.user;
}

const credentialScope = ({ projectId }: ApplicationCredential): Scope =>
  projectId === null ? UNSCOPED : { kind: 'project', projectId };
