import type { Cloud } from '../../../cloud.ts';
import type { Call } from '../../../contract/contract.ts';
import type { Identity } from '../../../identity/identity.ts';
import { IdentityError, notAuthenticated } from '../../../identity/problem.ts';
import { type Scope, UNSCOPED } from '../../../identity/scopes/scope.ts';
import type { Token } from '../../../identity/tokens/token.ts';
import type { ProfiledCloud } from '../../shared/profile-choice.ts';
import type { IdentityService } from '../services.ts';
import { CREDENTIAL_METHOD, credentialData, findCredential } from './credential.ts';
import { requiredMethods } from './multi-factor.ts';
import { type AuthRequest, parseAuth } from './parse.ts';
import { assertSupportedMethods, type Proof, prove } from './proofs.ts';
import { resolveScope } from './scope.ts';
import { countUse, requestedTrust, trustedParts } from './trust.ts';

/** Tokens of IAM last for 24 hours regardless of the world's limit. */
const IAM_TOKEN = { format: 'pki', seconds: 86_400 } as const;
const KEYSTONE_TOKEN = { format: 'fernet' } as const;

/** What a login needs besides what it says. */
interface LogInContext {
  readonly call: Call;
  readonly cloud: Pick<Cloud, 'identity' | 'clock'> & ProfiledCloud;
  readonly service: IdentityService;
}

/** Logs a user in with version 3 and issues a token. @throws IdentityError if the login is rejected. */
export const logIn = (call: Call, cloud: LogInContext['cloud'], service: IdentityService): Token =>
  logInWith(parseAuth(call), { call, cloud, service });

/** Logs a user in with a parsed login. @throws IdentityError if the login is rejected. */
export function logInWith(auth: AuthRequest, { call, cloud, service }: LogInContext): Token {
  const { identity, clock } = cloud;
  assertSupportedMethods(auth.methods, cloud);
  if (auth.methods.includes(CREDENTIAL_METHOD)) assertCredential(auth, identity);
  const trust = requestedTrust(auth, identity);
  const scopeFor = trust === undefined ? resolveScope(auth, identity, service) : () => undefined;
  const proofs = auth.methods.map((method) => prove(method, { auth, call, identity, now: clock.now() }));
  const user = commonUser(proofs);
  const methods = requiredMethods(
    { user, methods: proofs.flatMap((proof) => proof.methods) },
    call,
    identity,
    clock.now(),
  );
  const [parent, credential, accessToken] = [of(proofs, 'parent'), of(proofs, 'credential'), of(proofs, 'accessToken')];
  const usedTrust = accessToken === undefined ? trust : undefined;
  const token = identity.issue({
    user,
    scope: delegatedScope(proofs) ?? scopeFor(user),
    ...(usedTrust && trustedParts(usedTrust, user, identity)),
    methods,
    program: call.program,
    includesWorldTag: call.isPlain,
    ...(service === 'iam' ? IAM_TOKEN : KEYSTONE_TOKEN),
    ...(parent && { parent }),
    ...(credential && { credential }),
    ...(accessToken && { accessToken }),
  });
  if (usedTrust !== undefined) countUse(usedTrust, identity);
  return token;
}

/** Returns a member of the first proof that has it. */
const of = <K extends keyof Proof>(proofs: readonly Proof[], name: K): Proof[K] | undefined =>
  proofs.find((proof) => proof[name])?.[name];

/** Keystone looks up the credential of a login before it checks any proof. */
function assertCredential(auth: AuthRequest, identity: Identity): void {
  if (auth.scope !== undefined) throw new IdentityError({ kind: 'scope-not-allowed' });
  findCredential(identity, credentialData(auth)) ?? notAuthenticated();
}

/** The user that all methods authenticated. @throws IdentityError `not-authenticated` if they differ. */
function commonUser(proofs: readonly Proof[]): Proof['user'] {
  const [first, ...others] = proofs;
  if (first === undefined || others.some(({ user }) => user.id !== first.user.id)) return notAuthenticated();
  return first.user;
}

/** The scope that a proof brings along, whatever the login asks for; `undefined` for most proofs. */
function delegatedScope(proofs: readonly Proof[]): Scope | undefined {
  const accessToken = of(proofs, 'accessToken');
  if (accessToken !== undefined) return { kind: 'project', projectId: accessToken.project_id };
  const credential = of(proofs, 'credential');
  if (credential === undefined) return undefined;
  return credential.projectId === null ? UNSCOPED : { kind: 'project', projectId: credential.projectId };
}
