/** Logins of version 2.0, which Rackspace extends by API keys. */
import type { Call } from '../../../contract/contract.ts';
import type { User } from '../../../identity/directory/directory.ts';
import type { Identity } from '../../../identity/identity.ts';
import { IdentityError, type IdentityProblem, notAuthenticated } from '../../../identity/problem.ts';
import type { Scope } from '../../../identity/scopes/scope.ts';
import { isSameSecret } from '../../../identity/secrets.ts';
import type { Token } from '../../../identity/tokens/token.ts';
import { parseBody } from '../body.ts';
import { Fields, missing, required } from '../fields.ts';
import type { IdentityService } from '../services.ts';

/** The problem of a login that names its tenant twice. */
export const TENANT_GIVEN_TWICE: IdentityProblem = {
  kind: 'invalid',
  message: 'Give the tenant by id or by name, not by both.',
};

const API_KEY = 'RAX-KSKEY:apiKeyCredentials';

/** An authenticated user. */
interface Proof {
  readonly user: User;
  readonly method: string;
  readonly parent?: Token;
}

/** A login that is being checked. */
interface LogIn {
  readonly auth: Fields;
  readonly identity: Identity;
  readonly service: IdentityService;
}

/** Logs a user in with version 2.0 and issues a token. @throws IdentityError if the login is rejected. */
export function logIn(call: Call, identity: Identity, service: IdentityService): Token {
  const auth = new Fields(required(parseBody(call)['auth'], 'auth', 'request body'), 'auth');
  const request = { auth, identity, service };
  const { user, method, parent } = prove(request);
  return identity.issue({
    user,
    scope: scopeOf(request, user),
    methods: [...new Set([method, ...(parent?.methods ?? [])])],
    format: service === 'rackspace' ? 'hex' : 'fernet',
    program: call.program,
    includesWorldTag: call.isPlain,
    ...(parent && { parent }),
  });
}

function prove(logIn: LogIn): Proof {
  const { auth, service } = logIn;
  const password = auth.object('passwordCredentials');
  if (password !== undefined) return proveByPassword(password, logIn);
  const apiKey = service === 'rackspace' ? auth.object(API_KEY) : undefined;
  if (apiKey !== undefined) return proveByApiKey(apiKey, logIn);
  const token = auth.object('token');
  if (token !== undefined) return proveByToken(token, logIn);
  return missing('passwordCredentials or token', 'auth');
}

function proveByPassword(fields: Fields, { identity, service }: LogIn): Proof {
  const { index } = identity;
  const name = fields.string('username');
  const user =
    name === undefined
      ? index.user(required(fields.string('userId'), 'username or userId', 'passwordCredentials'))
      : index.userOfName(name);
  const password = required(fields.string('password'), 'password', 'passwordCredentials');
  rejectDisabled(user, service);
  return { user: identity.checkPassword(user, password), method: 'password' };
}

function proveByApiKey(fields: Fields, { identity, service }: LogIn): Proof {
  const user = identity.index.userOfName(required(fields.string('username'), 'username', API_KEY));
  const apiKey = required(fields.string('apiKey'), 'apiKey', API_KEY);
  rejectDisabled(user, service);
  if (!user || user.apiKey === null || !identity.isActive(user)) return notAuthenticated();
  return isSameSecret(user.apiKey, apiKey) ? { user, method: 'apikey' } : notAuthenticated();
}

function proveByToken(fields: Fields, { identity, service }: LogIn): Proof {
  const id = required(fields.string('id'), 'id', 'token');
  const parent = service === 'rackspace' ? identity.subjectToken(id) : (identity.validToken(id) ?? notAuthenticated());
  const user = identity.index.user(parent.userId);
  return user === undefined || !identity.isActive(user) ? notAuthenticated() : { user, method: 'token', parent };
}

/** Only Rackspace distinguishes disabled users from wrong credentials. */
function rejectDisabled(user: User | undefined, service: IdentityService): void {
  if (service === 'rackspace' && user?.isEnabled === false) {
    throw new IdentityError({ kind: 'user-disabled', user: user.name });
  }
}

function scopeOf({ auth, identity, service }: LogIn, user: User): Scope | undefined {
  const id = auth.string('tenantId') || undefined;
  const name = auth.string('tenantName') || undefined;
  if (id !== undefined && name !== undefined) {
    throw new IdentityError(TENANT_GIVEN_TWICE);
  }
  const { index } = identity;
  if (id !== undefined || name !== undefined) {
    const project = id === undefined ? index.projectOfName(name as string) : index.project(id);
    return project === undefined ? notAuthenticated() : { kind: 'project', projectId: project.id };
  }
  if (service !== 'rackspace') return undefined;
  // A Rackspace account has one tenant, which is the scope of all its tokens.
  const projectId = user.defaultProjectId ?? index.projects(user.id)[0]?.id;
  return projectId === undefined ? undefined : { kind: 'project', projectId };
}
