import type { Call } from '../../contract/contract.ts';
import type { ApplicationCredential } from '../../identity/application-credentials/application-credential.ts';
import type { Domain, User } from '../../identity/directory/directory.ts';
import type { Identity } from '../../identity/identity.ts';
import { IdentityError } from '../../identity/problem.ts';
import type { Scope } from '../../identity/scopes/scope.ts';
import type { Token } from '../../identity/tokens/token.ts';
import { type AuthRequest, Fields, type Named, type NamedDomain, need, parseAuth, parseOwner } from './parse.ts';
import type { Family } from './problems.ts';

/** What the service names when it is asked for a method that it has not. */
const SUPPORTED = ['external', 'password', 'token', 'oauth1', 'mapped', 'application_credential'] as const;

const refuse = (): never => {
  throw new IdentityError({ kind: 'not-authenticated' });
};

/** The domain of that name or, for want of one, of that id. */
const findDomain = (identity: Identity, named: NamedDomain): Domain | undefined => identity.index.domain(named);

/** The user of a name in a domain or, for want of a name, of an id. @throws IdentityError where neither is whole. */
function findUser(identity: Identity, named: Named): User | undefined {
  if (named.name === undefined) return identity.index.user(need(named.id, 'id or name', 'user'));
  const domain = need(named.domain, 'domain', 'user');
  need(domain.name ?? domain.id, 'id or name', 'domain');
  const found = findDomain(identity, domain);
  return found && identity.index.userNamed(named.name, found.id);
}

function projectScope(identity: Identity, named: Named): Scope {
  if (named.name === undefined) {
    const project = identity.index.project(named.id ?? '') ?? refuse();
    return { kind: 'project', projectId: project.id };
  }
  const domain = findDomain(identity, need(named.domain, 'domain', 'project')) ?? refuse();
  const project = identity.index.projectNamed(named.name, domain.id) ?? refuse();
  return { kind: 'project', projectId: project.id };
}

/** IAM names projects without a domain, and often by the region they are in. */
function iamProjectScope(identity: Identity, named: Named, user: User): Scope {
  const { name } = named;
  if (name === undefined || named.domain !== undefined) return projectScope(identity, named);
  const region = name === identity.directory.regions.huawei ? identity.index.projects(user.id)[0] : undefined;
  const project = identity.index.projectNamed(name, user.domainId) ?? region ?? refuse();
  return { kind: 'project', projectId: project.id };
}

/** The scope that is asked for; the service looks for it before it looks at who asks. */
function scopeOf(auth: AuthRequest, identity: Identity, family: Family): (user: User) => Scope | undefined {
  const { scope } = auth;
  if (scope === undefined) return () => undefined;
  if (scope === 'unscoped') return () => ({ kind: 'unscoped' });
  const [kind, ...others] = scope.kinds;
  if (kind === undefined || others.length > 0) {
    return need<never>(undefined, 'system, project, domain, OS-TRUST:trust or unscoped', 'scope');
  }
  if (scope.project !== undefined) {
    const { project } = scope;
    if (family === 'iam') return (user) => iamProjectScope(identity, project, user);
    const found = projectScope(identity, project);
    return () => found;
  }
  if (scope.domain !== undefined) {
    const domain = findDomain(identity, scope.domain) ?? refuse();
    return () => ({ kind: 'domain', domainId: domain.id });
  }
  if (kind === 'system') return () => ({ kind: 'system' });
  if (kind === 'unscoped') return () => ({ kind: 'unscoped' });
  need(scope.trustId, 'trust_id', 'trust');
  return refuse();
}

interface Proof {
  readonly user: User;
  readonly methods: readonly string[];
  readonly parent?: Token;
  readonly credential?: ApplicationCredential;
}

function proveByPassword(identity: Identity, auth: AuthRequest): Proof {
  const given = need(auth.user, 'user', 'None');
  const user = findUser(identity, given);
  // Without a password nobody is who they say.
  return { user: identity.checkPassword(user, given.password ?? refuse()), methods: ['password'] };
}

function proveByToken(identity: Identity, auth: AuthRequest): Proof {
  if (auth.token === '') throw new IdentityError({ kind: 'token-not-given' });
  const parent = identity.subjectToken(need(auth.token, 'token', 'identity'));
  // The service asks itself as one that knows nothing of access rules, to which such tokens are none.
  if (identity.accessRulesOf(parent.id) !== null) throw new IdentityError({ kind: 'token-not-found', isKnown: true });
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

const PART = 'application_credential';

function findCredential(identity: Identity, part: Fields): ApplicationCredential | undefined {
  const id: unknown = part.value['id'];
  const isId = Array.isArray(id) ? id.length > 0 : Boolean(id);
  // An id of any kind is looked for as text.
  if (isId) return identity.credentials.get(String(id));
  const name = need(part.string('name') || undefined, 'name or ID', 'application credential');
  const value = part.value['user'];
  const isGiven = typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);
  const named = parseOwner(
    isGiven ? value : need<never>(undefined, 'user', 'application credential'),
    `identity/${PART}/user`,
  );
  const owner = findUser(identity, named);
  if (owner === undefined && named.name !== undefined) {
    if (findDomain(identity, named.domain as NamedDomain) === undefined) return refuse();
    throw new IdentityError({ kind: 'user-not-found', userId: named.name });
  }
  return owner && identity.credentials.findByName(owner.id, name);
}

const credentialPart = (auth: AuthRequest): Fields => new Fields(auth.partOf(PART), `identity/${PART}`);

function proveByCredential(identity: Identity, auth: AuthRequest): Proof {
  const part = credentialPart(auth);
  const credential = findCredential(identity, part);
  const secret = part.value['secret'] ?? refuse();
  if (typeof secret !== 'string') return need<never>(undefined, 'string', 'password');
  const checked = identity.credentials.authenticate(credential, secret);
  return { user: identity.index.user(checked.userId) as User, credential: checked, methods: [PART] };
}

/** Federation has no provider here, and always fails. */
function proveByMapping(auth: AuthRequest): Proof {
  const part = new Fields(auth.partOf('mapped'), 'identity/mapped');
  if (part.has('id')) throw new IdentityError({ kind: 'token-not-found', isKnown: false });
  const provider = need(part.value['identity_provider'], 'identity_provider', 'mapped');
  need(part.value['protocol'], 'protocol', 'mapped');
  throw new IdentityError({ kind: 'provider-not-found', provider: String(provider) });
}

const scopeOfCredential = ({ projectId }: ApplicationCredential): Scope =>
  projectId === null ? { kind: 'unscoped' } : { kind: 'project', projectId };

function prove(method: string, identity: Identity, auth: AuthRequest): Proof {
  if (method === 'password') return proveByPassword(identity, auth);
  if (method === 'token') return proveByToken(identity, auth);
  if (method === PART) return proveByCredential(identity, auth);
  // Nobody comes through a web server that has authenticated them, nor with a signature of OAuth.
  return method === 'mapped' ? proveByMapping(auth) : refuse();
}

/** Logs in as version 3 does. @throws IdentityError for every refusal. */
export function logIn(call: Call, identity: Identity, family: Family): Token {
  const auth = parseAuth(call);
  if (auth.methods.some((method) => !SUPPORTED.some((known) => known === method))) {
    throw new IdentityError({ kind: 'unsupported-method', supported: SUPPORTED });
  }
  if (auth.methods.includes(PART) && auth.scope !== undefined) throw new IdentityError({ kind: 'scope-not-allowed' });
  const scope = scopeOf(auth, identity, family);
  // The scope that a credential brings along is looked for before anybody proves anything.
  if (auth.methods.includes(PART)) findCredential(identity, credentialPart(auth)) ?? refuse();
  const proofs = auth.methods.map((method) => prove(method, identity, auth));
  const [first] = proofs;
  // Several methods must speak of one and the same user.
  if (first === undefined || proofs.some(({ user }) => user.id !== first.user.id)) return refuse();
  const parent = proofs.find((proof) => proof.parent)?.parent;
  const credential = proofs.find((proof) => proof.credential)?.credential;
  return identity.issue({
    user: first.user,
    scope: credential === undefined ? scope(first.user) : scopeOfCredential(credential),
    methods: [...new Set(proofs.flatMap(({ methods }) => methods))],
    format: family === 'iam' ? 'pki' : 'fernet',
    program: call.program,
    includesWorldTag: call.isPlain,
    ...(family === 'iam' && { seconds: 86_400 }),
    ...(parent && { parent }),
    ...(credential && { credential }),
  });
}
