import type { Call } from '../../contract/contract.ts';
import type { ApplicationCredential } from '../../identity/application-credentials.ts';
import type { User } from '../../identity/directory.ts';
import type { Identity } from '../../identity/identity.ts';
import { IdentityError } from '../../identity/problem.ts';
import type { Scope, Token } from '../../identity/tokens.ts';
import { type AuthRequest, type Named, need, parseAuth } from './parse.ts';
import type { Family } from './problems.ts';

/** What the service names when it is asked for a method that it has not. */
const SUPPORTED = ['external', 'password', 'token', 'oauth1', 'mapped', 'application_credential'] as const;
const HANDLED: readonly string[] = ['password', 'token', 'application_credential'];

const refuse = (): never => {
  throw new IdentityError({ kind: 'not-authenticated' });
};

/** The user of an id, or of a name in a domain. @throws IdentityError where neither is whole. */
function findUser(identity: Identity, named: Named): User | undefined {
  if (named.id !== undefined) return identity.index.user(named.id);
  const name = need(named.name || undefined, 'id or name', 'user');
  const domain = identity.index.domain(need(named.domain, 'domain', 'user'));
  return domain && identity.index.userNamed(name, domain.id);
}

function projectScope(identity: Identity, named: Named, user: User, family: Family): Scope {
  if (named.id !== undefined) {
    return identity.index.project(named.id) ? { kind: 'project', projectId: named.id } : refuse();
  }
  const name = need(named.name, 'id or name', 'project');
  // IAM names projects without a domain, and often by the region they are in.
  const domain =
    family === 'iam' && named.domain === undefined
      ? { id: user.domainId }
      : identity.index.domain(need(named.domain, 'domain', 'project'));
  const found = domain && identity.index.projectNamed(name, domain.id);
  const project =
    found ??
    (family === 'iam' && name === identity.directory.regions.huawei ? identity.index.projects(user.id)[0] : found);
  return project === undefined ? refuse() : { kind: 'project', projectId: project.id };
}

interface Proof {
  readonly user: User;
  readonly methods: readonly string[];
  readonly parent?: Token;
  readonly credential?: ApplicationCredential;
}

function proveByPassword(identity: Identity, auth: AuthRequest): Proof {
  if (!auth.hasPassword) need(undefined, 'password', 'identity');
  const password = need(auth.password, 'user', 'None');
  const user = findUser(identity, password.user);
  // Without a password nobody is who they say.
  return { user: identity.checkPassword(user, password.password ?? refuse()), methods: ['password'] };
}

function proveByToken(identity: Identity, auth: AuthRequest): Proof {
  const parent = identity.subjectToken(need(auth.token, 'token', 'identity'));
  const user = identity.index.user(parent.userId);
  if (user === undefined || !identity.isActive(user)) return refuse();
  if (parent.applicationCredentialId !== null) {
    throw new IdentityError({
      kind: 'not-allowed',
      action: 'Using a delegated token to create another token is not allowed.',
    });
  }
  return { user, parent, methods: ['token', ...parent.methods.filter((method) => method !== 'token')] };
}

function proveByCredential(identity: Identity, auth: AuthRequest): Proof {
  const given = need(auth.credential, 'application_credential', 'identity');
  if (auth.scope !== undefined) throw new IdentityError({ kind: 'scope-not-allowed' });
  let credential: ApplicationCredential | undefined;
  if (given.id !== undefined) {
    credential = identity.credential(given.id);
  } else {
    const name = need(given.name, 'name or ID', 'application credential');
    const owner = findUser(identity, need(given.user, 'user', 'application credential'));
    credential = owner && identity.credentialNamed(owner.id, name);
  }
  const checked = identity.checkCredential(credential, given.secret ?? refuse());
  return {
    user: identity.index.user(checked.userId) as User,
    credential: checked,
    methods: ['application_credential'],
  };
}

/** Logs in as version 3 does. @throws IdentityError for every refusal. */
export function logIn(call: Call, identity: Identity, family: Family): Token {
  const auth = parseAuth(call);
  for (const method of auth.methods) {
    if (!HANDLED.includes(method)) throw new IdentityError({ kind: 'unsupported-method', supported: SUPPORTED });
  }
  if (auth.methods.length === 0) return refuse();
  const proofs = auth.methods.map((method) => {
    if (method === 'password') return proveByPassword(identity, auth);
    return method === 'token' ? proveByToken(identity, auth) : proveByCredential(identity, auth);
  });
  const [first] = proofs as [Proof, ...Proof[]];
  // Several methods must speak of one and the same user.
  if (proofs.some(({ user }) => user.id !== first.user.id)) return refuse();
  const parent = proofs.find((proof) => proof.parent)?.parent;
  const credential = proofs.find((proof) => proof.credential)?.credential;
  return identity.issue({
    user: first.user,
    scope: scopeOf(auth, identity, first.user, family, credential),
    methods: [...new Set(proofs.flatMap(({ methods }) => methods))],
    form: family === 'iam' ? 'pki' : 'fernet',
    ...(family === 'iam' && { seconds: 86_400 }),
    ...(parent && { parent }),
    ...(credential && { credential }),
  });
}

function scopeOf(
  auth: AuthRequest,
  identity: Identity,
  user: User,
  family: Family,
  credential: ApplicationCredential | undefined,
): Scope | undefined {
  if (credential !== undefined) return { kind: 'project', projectId: credential.projectId };
  const { scope } = auth;
  if (scope === undefined) return undefined;
  if (scope === 'unscoped') return { kind: 'unscoped' };
  if (scope.kind === 'project') return projectScope(identity, scope.project, user, family);
  // Nobody has a role on a domain in the fixtures' directory, so nobody gets a token for one.
  return scope.kind === 'system' ? { kind: 'system' } : refuse();
}
