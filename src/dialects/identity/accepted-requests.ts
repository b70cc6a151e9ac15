/** Requests that operations accept, in the place of ones that they reject: injected successes show what these return. */
import { isObject } from '../../base/json.ts';
import type { Caller } from '../../domain/caller.ts';
import type { User } from '../../identity/directory/directory.ts';
import type { FaultRequest } from '../dialect.ts';
import { bodyMember, type CallChange } from '../shared/request-values.ts';
import { sampleAdministrator, sampleCaller, sampleUser } from '../shared/sample-user.ts';

/** What an accepted request has in place of the values of the rejected one. */
export interface AcceptedRequest extends CallChange {
  readonly caller?: Caller | undefined;
}

/** Makes a request acceptable. The cloud of its context is a copy, which this may change. */
type Accept = (request: FaultRequest) => AcceptedRequest;

const json = (body: unknown): Pick<CallChange, 'body'> => ({ body: Buffer.from(JSON.stringify(body)) });

/** The caller of the request, or a user with a project in place of one without. */
function ownCaller({ context: { cloud, caller } }: FaultRequest): Caller | undefined {
  if (caller.projectId !== '') return caller;
  const user = cloud.identity.index.user(caller.userId) ?? sampleUser(cloud);
  return user && sampleCaller(cloud, user);
}

const administrator = ({ context: { cloud, caller } }: FaultRequest): Caller | undefined =>
  caller.isAdmin ? caller : sampleAdministrator(cloud);

/** Looks for the name of the user anywhere in the body. */
function nameIn(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const { name, username } = value;
  if (typeof name === 'string' && 'password' in value) return name;
  if (typeof username === 'string') return username;
  for (const member of Object.values(value)) {
    const found = nameIn(member);
    if (found !== undefined) return found;
  }
  return undefined;
}

const userOf = ({ call, context: { cloud } }: FaultRequest): User | undefined =>
  sampleUser(cloud, nameIn(bodyMember(call, 'auth')));

const passwordOf = (user: User | undefined) => ({
  methods: ['password'],
  password: { user: { id: user?.id, password: user?.password } },
});

const tokenFor = (request: FaultRequest, user: User | undefined): Caller | undefined =>
  user && sampleCaller(request.context.cloud, user);

const logInByPassword =
  (isScoped: boolean): Accept =>
  (request) => {
    const user = userOf(request);
    const project = { id: tokenFor(request, user)?.projectId };
    return json({ auth: { identity: passwordOf(user), ...(isScoped && { scope: { project } }) } });
  };

const logInByToken: Accept = (request) => {
  const id = tokenFor(request, userOf(request))?.token;
  return json({ auth: { identity: { methods: ['token'], token: { id } } } });
};

const logInByBoth: Accept = (request) => {
  const user = userOf(request);
  const identity = {
    ...passwordOf(user),
    methods: ['password', 'token'],
    token: { id: tokenFor(request, user)?.token },
  };
  return json({ auth: { identity } });
};

const logInByCredential: Accept = (request) => {
  const { identity } = request.context.cloud;
  const caller = tokenFor(request, userOf(request));
  if (caller === undefined) return {};
  const { id, secret } = identity.credentials.create(
    identity.subjectToken(caller.token),
    SAMPLE_CREDENTIAL(identity, caller),
  );
  return json({ auth: { identity: { methods: ['application_credential'], application_credential: { id, secret } } } });
};

type Identity = FaultRequest['context']['cloud']['identity'];

const SAMPLE_CREDENTIAL = (identity: Identity, { userId, projectId }: Caller) => ({
  name: 'sample',
  description: null,
  secret: null,
  system: null,
  roles: identity.index.roles(userId, projectId),
  expiresAt: null,
  isUnrestricted: false,
  accessRules: null,
});

const logInV2: Accept = (request) => {
  const user = userOf(request);
  return json({ auth: { passwordCredentials: { username: user?.name, password: user?.password } } });
};

const asOwn: Accept = (request) => {
  const caller = ownCaller(request);
  return { caller, headers: { ...request.call.headers, 'x-auth-token': caller?.token } };
};

/** As an administrator, about a token: that of the request if it is valid. */
const aboutToken: Accept = (request) => {
  const { call, context } = request;
  const caller = administrator(request);
  const isValid = (token: string | undefined): token is string =>
    token !== undefined && context.cloud.identity.validToken(token) !== undefined;
  const subject = call.headers['x-subject-token'];
  const pathToken = call.params['token_id'];
  return {
    caller,
    headers: { ...call.headers, 'x-subject-token': isValid(String(subject)) ? String(subject) : caller?.token },
    params: {
      ...call.params,
      ...(pathToken !== undefined && !isValid(pathToken) && { token_id: caller?.token ?? '' }),
    },
  };
};

const aboutProject: Accept = (request) => {
  const { call, context } = request;
  const caller = administrator(request);
  const { project_id: projectId, user_id: userId } = call.params;
  const { index } = context.cloud.identity;
  return {
    caller,
    params: {
      ...call.params,
      ...(projectId !== undefined && !index.project(projectId) && { project_id: caller?.projectId ?? '' }),
      ...(userId !== undefined && !index.user(userId) && { user_id: caller?.userId ?? '' }),
    },
  };
};

/** About a credential of the caller: one that is created with the name that the request asks for, if any. */
const aboutCredential: Accept = (request) => {
  const { call, context } = request;
  const { identity } = context.cloud;
  const caller = ownCaller(request);
  if (caller === undefined) return {};
  const wanted = bodyMember(call, 'application_credential');
  const name = isObject(wanted) && typeof wanted['name'] === 'string' ? wanted['name'] : 'sample';
  const present = identity.credentials.list(caller.userId).find((one) => one.name === name);
  if (present !== undefined) identity.credentials.remove(present);
  const params = { ...call.params, user_id: caller.userId };
  if (call.method === 'POST') return { caller, params, ...json({ application_credential: { name } }) };
  const { id } = identity.credentials.create(identity.subjectToken(caller.token), {
    ...SAMPLE_CREDENTIAL(identity, caller),
    name,
  });
  return { caller, params: { ...params, application_credential_id: id } };
};

/** How each operation is made acceptable; others are sent by an administrator. */
const ACCEPTED: Readonly<Record<string, Accept>> = {
  authPasswordUnscoped: logInByPassword(false),
  authPasswordScoped: logInByPassword(true),
  iamAuthPassword: logInByPassword(true),
  authToken: logInByToken,
  authApplicationCredential: logInByCredential,
  authMultiFactor: logInByBoth,
  v2Authenticate: logInV2,
  raxAuthenticateApiKey: logInV2,
  raxAuthenticatePassword: logInV2,
  raxAuthenticateToken: logInV2,
  showToken: aboutToken,
  checkToken: aboutToken,
  iamShowToken: aboutToken,
  raxShowToken: aboutToken,
  raxListTokenEndpoints: aboutToken,
  getCatalog: asOwn,
  listAuthProjects: asOwn,
  listAuthDomains: asOwn,
  listAuthSystem: asOwn,
  iamCatalog: asOwn,
  iamListAuthProjects: asOwn,
  iamListProjects: asOwn,
  v2ListTenants: asOwn,
  listProjects: aboutProject,
  listUserProjects: aboutProject,
  showProject: aboutProject,
  createApplicationCredential: aboutCredential,
  listApplicationCredentials: aboutCredential,
  showApplicationCredential: aboutCredential,
};

/** Returns what a request has to change to be accepted. */
export const acceptedRequest = (request: FaultRequest): AcceptedRequest =>
  ACCEPTED[request.operationId]?.(request) ?? { caller: administrator(request) };
