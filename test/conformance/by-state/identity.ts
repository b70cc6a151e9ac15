import { request as httpRequest } from 'node:http';
import type { Test } from 'supertest';
import request from 'supertest';
import type { Client } from '../support.ts';
import type { Recipe, RecipeTable } from './table.ts';

type Params = Readonly<Record<string, string>>;

const DOMAIN = { name: 'Default' };
const SCOPE = { project: { name: 'demo', domain: DOMAIN } };

const world = (client: Client) => client.emulator.worlds.default;
const send = (client: Client, operation: string, params: Params = {}): Test =>
  client.send(`identity.${operation}`, params).set('X-Auth-Token', client.token);

/** Selects the profile under which the service returns every response that its reference documents. */
const withReferenceChecks =
  (recipe: Recipe): Recipe =>
  async (client) => {
    world(client).setProfiles({ identity: { checks: 'reference' } });
    return recipe(client);
  };

const passwordAuth = (password = 'secret', user = 'demo') => ({
  identity: { methods: ['password'], password: { user: { name: user, domain: DOMAIN, password } } },
});
const tokenAuth = (id: string) => ({ identity: { methods: ['token'], token: { id } } });

/** Sends a login request without a token. */
const logIn = (client: Client, operation: string, body: object): Test =>
  client.send(`identity.${operation}`).send(body);

async function unscopedToken(client: Client): Promise<string> {
  const response = await logIn(client, 'authPasswordUnscoped', { auth: passwordAuth() });
  return response.headers['x-subject-token'] as string;
}

const userIdOf = (client: Client): string => world(client).identity.callerOf(client.token)?.userId ?? '';

async function createCredential(
  client: Client,
  name = 'by-state',
): Promise<{ readonly id: string; readonly secret: string }> {
  const response = await send(client, 'createApplicationCredential', { user_id: userIdOf(client) }).send({
    application_credential: { name },
  });
  return response.body.application_credential;
}

const credentialAuth = ({ id, secret }: { readonly id: string; readonly secret: string }) => ({
  identity: { methods: ['application_credential'], application_credential: { id, secret } },
});

/** The errors that every operation returns under the profile of `withReferenceChecks`. */
const commonErrors = (
  operation: string,
  params: (client: Client) => Params = () => ({}),
  body?: object,
): Readonly<Record<number, Recipe>> => {
  const pending = (client: Client): Test => {
    const test = send(client, operation, params(client));
    return body === undefined ? test : test.send(body);
  };
  return {
    400: withReferenceChecks((client) => pending(client).query('limit=%ff')),
    401: withReferenceChecks((client) => pending(client).set('X-Auth-Token', 'no-such-token')),
    403: withReferenceChecks(async (client) => pending(client).set('X-Auth-Token', await unscopedToken(client))),
    404: withReferenceChecks((client) => pending(client).set('Accept', 'application/vnd.openstack.identity-v9+json')),
    405: otherMethod(operation, params),
    406: withReferenceChecks((client) => pending(client).set('Accept', 'application/xml')),
    409: withReferenceChecks(async (client) =>
      pending(client).set('X-Service-Token', (await client.as('alt_demo')).token),
    ),
    413: withReferenceChecks((client) => {
      world(client).setLimits({ callsPerMinute: 0 });
      return pending(client);
    }),
    415: withReferenceChecks((client) =>
      send(client, operation, params(client)).set('Content-Type', 'text/plain').send('text'),
    ),
  };
};

/** Sends a body that is not JSON, which Keystone reads with every method. */
const malformed =
  (operation: string): Recipe =>
  (client) => {
    const test = sendForToken(client, operation, client.token).set('Content-Type', 'application/json');
    return operation === 'checkToken' ? withHeadBody(test, client) : test.send('{');
  };

/** Sends a HEAD request with a body, which supertest cannot send. */
const withHeadBody = ({ url }: Test, { token }: Client): ReturnType<Recipe> =>
  new Promise((resolve, reject) => {
    const headers = { 'X-Auth-Token': token, 'Content-Type': 'application/json', 'Content-Length': 1 };
    const { host, pathname } = new URL(url);
    const pending = httpRequest(`http://${host}${pathname}`, { method: 'HEAD', headers }, (response) => {
      response.resume().on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    pending.on('error', reject).end('{');
  });

/** Sends the request with a token whose project has been disabled. */
const ofDisabledProject =
  (operation: string, params: (client: Client) => Params = () => ({})): Recipe =>
  async (client) => {
    const admin = await client.as('admin');
    const path = params(client);
    const disabled = await admin
      .send('identity.updateProject', { project_id: client.projectId })
      .send({ project: { enabled: false } });
    if (disabled.status !== 200) throw new Error(`updateProject returned ${disabled.status}: ${disabled.text}`);
    return send(client, operation, path);
  };

/** Sends the request with an unscoped token. */
const unscoped =
  (operation: string): Recipe =>
  async (client) =>
    send(client, operation).set('X-Auth-Token', await unscopedToken(client));

const otherMethod =
  (operation: string, params: (client: Client) => Params): Recipe =>
  (client) => {
    const url = new URL(send(client, operation, params(client)).url);
    return request(client.emulator.url).patch(url.pathname);
  };

const pickStatuses = (
  table: Readonly<Record<number, Recipe>>,
  ...statuses: readonly number[]
): Readonly<Record<number, Recipe>> => Object.fromEntries(statuses.map((status) => [status, table[status] as Recipe]));

const sendForToken = (client: Client, operation: string, token: string): Test =>
  send(client, operation).set('X-Subject-Token', token);

const tokenRecipes = (operation: string, success: number): Readonly<Record<number, Recipe>> => ({
  [success]: (client) => sendForToken(client, operation, client.token),
  400: malformed(operation),
  ...pickStatuses(commonErrors(operation), 401),
  403: async (client) => sendForToken(client, operation, (await client.as('alt_demo')).token),
  404: (client) => sendForToken(client, operation, 'no-such-token'),
});

const userParams = (client: Client): Params => ({ user_id: userIdOf(client) });
const credentialRecipes = (operation: string, success: number): Readonly<Record<number, Recipe>> => ({
  [success]: async (client) =>
    send(client, operation, { ...userParams(client), application_credential_id: (await createCredential(client)).id }),
  401: (client) => send(client, operation, userParams(client)).set('X-Auth-Token', 'no-such-token'),
  403: async (client) => send(client, operation, userParams(await client.as('alt_demo'))),
  404: (client) => send(client, operation, { ...userParams(client), application_credential_id: 'none' }),
});

const KEY = 'RAX-KSKEY:apiKeyCredentials';
const raxKey = (apiKey = 'demo-api-key', username = 'demo') => ({ auth: { [KEY]: { username, apiKey } } });
const raxPassword = (password = 'secret', username = 'demo') => ({
  auth: { passwordCredentials: { username, password } },
});

/** Issues a Rackspace token for the user demo. */
async function raxToken(client: Client, body: object = raxKey()): Promise<string> {
  const response = await logIn(client, 'raxAuthenticateApiKey', body);
  return response.body.access.token.id;
}
/** Sends a request with a new Rackspace token. */
const withRaxToken =
  (operation: string, change: (test: Test, client: Client) => Test, params: Params = {}): Recipe =>
  async (client) => {
    const token = await raxToken(client);
    const test = client.send(`identity.${operation}`, { token_id: token, ...params }).set('X-Auth-Token', token);
    return change(test, client);
  };

/** Sends a request about another user's token. */
const onForeignRaxToken =
  (operation: string): Recipe =>
  async (client) =>
    withRaxToken(operation, (test) => test, { token_id: (await client.as('alt_demo')).token })(client);

const iamAuth = (password = 'secret') => ({
  auth: {
    identity: { methods: ['password'], password: { user: { name: 'demo', domain: DOMAIN, password } } },
    scope: { project: { name: 'eu-de' } },
  },
});

/** Recipes for the documented responses of the identity services. */
export const identity: RecipeTable = {
  listVersions: {
    200: (client) => client.send('identity.listVersions').set('Accept', 'application/json-home'),
    300: (client) => client.send('identity.listVersions'),
    400: malformed('listVersions'),
    ...pickStatuses(commonErrors('listVersions'), 401, 403, 404, 405, 413),
  },
  showVersionV3: { 200: (client) => client.send('identity.showVersionV3') },
  authPasswordUnscoped: {
    201: (client) => logIn(client, 'authPasswordUnscoped', { auth: passwordAuth() }),
    400: (client) => logIn(client, 'authPasswordUnscoped', { auth: {} }),
    401: (client) => logIn(client, 'authPasswordUnscoped', { auth: passwordAuth('wrong') }),
    ...pickStatuses(commonErrors('authPasswordUnscoped', undefined, { auth: passwordAuth() }), 403, 404),
  },
  authPasswordScoped: {
    201: (client) => logIn(client, 'authPasswordScoped', { auth: { ...passwordAuth(), scope: SCOPE } }),
    400: (client) => logIn(client, 'authPasswordScoped', { auth: { ...passwordAuth(), scope: {} } }),
    401: (client) => logIn(client, 'authPasswordScoped', { auth: { ...passwordAuth('wrong'), scope: SCOPE } }),
    ...pickStatuses(
      commonErrors('authPasswordScoped', undefined, { auth: { ...passwordAuth(), scope: SCOPE } }),
      403,
      404,
    ),
  },
  authToken: {
    201: (client) => logIn(client, 'authToken', { auth: tokenAuth(client.token) }),
    400: (client) => logIn(client, 'authToken', { auth: { identity: { methods: ['token'], token: {} } } }),
    401: (client) =>
      logIn(client, 'authToken', { auth: { ...tokenAuth(client.token), scope: { project: { id: 'none' } } } }),
    403: async (client) => {
      const response = await logIn(client, 'authApplicationCredential', {
        auth: credentialAuth(await createCredential(client)),
      });
      return logIn(client, 'authToken', { auth: tokenAuth(response.headers['x-subject-token'] as string) });
    },
    404: (client) => logIn(client, 'authToken', { auth: tokenAuth('no-such-token') }),
  },
  authApplicationCredential: {
    201: async (client) =>
      logIn(client, 'authApplicationCredential', { auth: credentialAuth(await createCredential(client)) }),
    400: (client) =>
      logIn(client, 'authApplicationCredential', {
        auth: { identity: { methods: ['application_credential'], application_credential: {} } },
      }),
    401: async (client) =>
      logIn(client, 'authApplicationCredential', {
        auth: credentialAuth({ ...(await createCredential(client)), secret: 'wrong' }),
      }),
    403: withReferenceChecks(async (client) =>
      send(client, 'authApplicationCredential')
        .set('X-Auth-Token', await unscopedToken(client))
        .send({ auth: credentialAuth({ id: 'none', secret: 'x' }) }),
    ),
    404: (client) => logIn(client, 'authApplicationCredential', { auth: credentialAuth({ id: 'none', secret: 'x' }) }),
  },
  authMultiFactor: {
    201: (client) => logIn(client, 'authMultiFactor', { auth: multiFactor(client.token) }),
    400: (client) =>
      logIn(client, 'authMultiFactor', { auth: { identity: { methods: ['password', 'token'], token: { id: 'x' } } } }),
    401: (client) => logIn(client, 'authMultiFactor', { auth: multiFactor(client.token, 'wrong') }),
    403: async (client) => {
      const response = await logIn(client, 'authApplicationCredential', {
        auth: credentialAuth(await createCredential(client)),
      });
      return logIn(client, 'authMultiFactor', { auth: multiFactor(response.headers['x-subject-token'] as string) });
    },
    404: (client) => logIn(client, 'authMultiFactor', { auth: multiFactor('no-such-token') }),
  },
  showToken: tokenRecipes('showToken', 200),
  checkToken: tokenRecipes('checkToken', 200),
  revokeToken: tokenRecipes('revokeToken', 204),
  getCatalog: {
    200: (client) => send(client, 'getCatalog'),
    400: malformed('getCatalog'),
    403: unscoped('getCatalog'),
    404: ofDisabledProject('getCatalog'),
    ...pickStatuses(commonErrors('getCatalog'), 401, 405, 409, 413, 415),
  },
  listAuthProjects: {
    200: (client) => send(client, 'listAuthProjects'),
    400: malformed('listAuthProjects'),
    404: ofDisabledProject('listAuthProjects'),
    ...pickStatuses(commonErrors('listAuthProjects'), 401, 403, 405, 409, 413, 415),
  },
  listAuthDomains: {
    200: (client) => send(client, 'listAuthDomains'),
    400: malformed('listAuthDomains'),
    404: ofDisabledProject('listAuthDomains'),
    ...pickStatuses(commonErrors('listAuthDomains'), 401, 403, 405, 409, 413, 415),
  },
  listAuthSystem: {
    200: (client) => send(client, 'listAuthSystem'),
    400: malformed('listAuthSystem'),
    ...pickStatuses(commonErrors('listAuthSystem'), 401),
  },
  listProjects: {
    200: async (client) => send(await client.as('admin'), 'listProjects'),
    400: malformed('listProjects'),
    ...pickStatuses(commonErrors('listProjects'), 401),
    403: (client) => send(client, 'listProjects'),
  },
  showProject: {
    200: (client) => send(client, 'showProject'),
    400: malformed('showProject'),
    ...pickStatuses(commonErrors('showProject'), 401),
    403: async (client) => send(client, 'showProject', { project_id: (await client.as('alt_demo')).projectId }),
    404: async (client) => send(await client.as('admin'), 'showProject', { project_id: 'none' }),
  },
  createApplicationCredential: {
    201: (client) =>
      send(client, 'createApplicationCredential', userParams(client)).send({ application_credential: { name: 'new' } }),
    400: (client) => send(client, 'createApplicationCredential', userParams(client)).send({}),
    401: (client) =>
      send(client, 'createApplicationCredential', userParams(client)).set('X-Auth-Token', 'no-such-token').send({}),
    403: async (client) =>
      send(client, 'createApplicationCredential', userParams(await client.as('alt_demo'))).send({}),
    404: (client) =>
      send(client, 'createApplicationCredential', userParams(client)).send({
        application_credential: { name: 'new', roles: [{ name: 'none' }] },
      }),
    409: async (client) => {
      await createCredential(client, 'twice');
      return send(client, 'createApplicationCredential', userParams(client)).send({
        application_credential: { name: 'twice' },
      });
    },
  },
  listApplicationCredentials: {
    200: (client) => send(client, 'listApplicationCredentials', userParams(client)),
    401: (client) =>
      send(client, 'listApplicationCredentials', userParams(client)).set('X-Auth-Token', 'no-such-token'),
    403: async (client) => send(client, 'listApplicationCredentials', userParams(await client.as('alt_demo'))),
    404: ofDisabledProject('listApplicationCredentials', userParams),
  },
  showApplicationCredential: credentialRecipes('showApplicationCredential', 200),
  deleteApplicationCredential: credentialRecipes('deleteApplicationCredential', 204),
  showVersionV2: {
    200: (client) => client.send('identity.showVersionV2'),
    ...pickStatuses(commonErrors('showVersionV2'), 400, 401, 403, 404, 405, 413),
  },
  v2Authenticate: {
    200: (client) => logIn(client, 'v2Authenticate', raxPassword()),
    400: (client) => logIn(client, 'v2Authenticate', {}),
    401: (client) => logIn(client, 'v2Authenticate', raxPassword('wrong')),
    ...pickStatuses(commonErrors('v2Authenticate', undefined, raxPassword()), 403, 404, 405, 413),
  },
  v2ListTenants: {
    200: (client) => send(client, 'v2ListTenants'),
    400: malformed('v2ListTenants'),
    404: ofDisabledProject('v2ListTenants'),
    ...pickStatuses(commonErrors('v2ListTenants'), 401, 403, 405, 413),
  },
  raxAuthenticateApiKey: {
    200: (client) => logIn(client, 'raxAuthenticateApiKey', raxKey()),
    400: (client) => logIn(client, 'raxAuthenticateApiKey', { auth: { [KEY]: {} } }),
    401: (client) => logIn(client, 'raxAuthenticateApiKey', raxKey('wrong')),
    403: (client) => logIn(client, 'raxAuthenticateApiKey', raxKey('disabled-api-key', 'disabled_user')),
  },
  raxAuthenticatePassword: {
    200: (client) => logIn(client, 'raxAuthenticatePassword', raxPassword()),
    400: (client) => logIn(client, 'raxAuthenticatePassword', { auth: { passwordCredentials: {} } }),
    401: (client) => logIn(client, 'raxAuthenticatePassword', raxPassword('wrong')),
    403: (client) => logIn(client, 'raxAuthenticatePassword', raxPassword('secret', 'disabled_user')),
  },
  raxAuthenticateToken: {
    200: async (client) =>
      logIn(client, 'raxAuthenticateToken', {
        auth: { token: { id: await raxToken(client) }, tenantId: client.projectId },
      }),
    400: (client) =>
      logIn(client, 'raxAuthenticateToken', { auth: { token: { id: client.token }, tenantId: 'a', tenantName: 'b' } }),
    401: async (client) =>
      logIn(client, 'raxAuthenticateToken', { auth: { token: { id: await raxToken(client) }, tenantId: 'none' } }),
    404: (client) =>
      logIn(client, 'raxAuthenticateToken', { auth: { token: { id: 'none' }, tenantId: client.projectId } }),
  },
  raxShowToken: {
    200: withRaxToken('raxShowToken', (test) => test),
    400: withReferenceChecks(withRaxToken('raxShowToken', (test) => test.query('limit=%ff'))),
    401: (client) => client.send('identity.raxShowToken').set('X-Auth-Token', 'no-such-token'),
    403: onForeignRaxToken('raxShowToken'),
    404: withRaxToken('raxShowToken', (test) => test, { token_id: 'none' }),
    405: otherMethod('raxShowToken', () => ({ token_id: 'none' })),
    413: withReferenceChecks(
      withRaxToken('raxShowToken', (test, client) => {
        world(client).setLimits({ callsPerMinute: 0 });
        return test;
      }),
    ),
  },
  raxListTokenEndpoints: {
    200: withRaxToken('raxListTokenEndpoints', (test) => test),
    401: (client) => client.send('identity.raxListTokenEndpoints').set('X-Auth-Token', 'no-such-token'),
    403: onForeignRaxToken('raxListTokenEndpoints'),
    404: withRaxToken('raxListTokenEndpoints', (test) => test, { token_id: 'none' }),
    405: otherMethod('raxListTokenEndpoints', () => ({ token_id: 'none' })),
    406: withReferenceChecks(withRaxToken('raxListTokenEndpoints', (test) => test.set('Accept', 'application/xml'))),
    413: withReferenceChecks(
      withRaxToken('raxListTokenEndpoints', (test, client) => {
        world(client).setLimits({ callsPerMinute: 0 });
        return test;
      }),
    ),
  },
  raxRevokeToken: {
    204: withRaxToken('raxRevokeToken', (test) => test),
    400: withReferenceChecks(withRaxToken('raxRevokeToken', (test) => test.query('limit=%ff'))),
    401: (client) => client.send('identity.raxRevokeToken').set('X-Auth-Token', 'no-such-token'),
    403: withReferenceChecks(async (client) =>
      client.send('identity.raxRevokeToken').set('X-Auth-Token', await unscopedToken(client)),
    ),
    404: withReferenceChecks(
      withRaxToken('raxRevokeToken', (test) => test.set('Accept', 'application/vnd.openstack.identity-v9+json')),
    ),
    405: otherMethod('raxRevokeToken', () => ({})),
    413: withReferenceChecks(
      withRaxToken('raxRevokeToken', (test, client) => {
        world(client).setLimits({ callsPerMinute: 0 });
        return test;
      }),
    ),
  },
  iamAuthPassword: {
    201: (client) => logIn(client, 'iamAuthPassword', iamAuth()),
    400: (client) => logIn(client, 'iamAuthPassword', { auth: {} }),
    401: (client) => logIn(client, 'iamAuthPassword', iamAuth('wrong')),
    ...pickStatuses(commonErrors('iamAuthPassword', undefined, iamAuth()), 403, 404),
  },
  iamShowToken: {
    200: (client) => sendForToken(client, 'iamShowToken', client.token),
    401: (client) => send(client, 'iamShowToken').set('X-Auth-Token', 'no-such-token'),
    403: async (client) => sendForToken(client, 'iamShowToken', (await client.as('alt_demo')).token),
    404: (client) => sendForToken(client, 'iamShowToken', 'no-such-token'),
  },
  iamCatalog: {
    200: (client) => send(client, 'iamCatalog'),
    400: malformed('iamCatalog'),
    403: unscoped('iamCatalog'),
    404: ofDisabledProject('iamCatalog'),
    ...pickStatuses(commonErrors('iamCatalog'), 401, 405, 413),
  },
  iamListAuthProjects: {
    200: (client) => send(client, 'iamListAuthProjects'),
    400: malformed('iamListAuthProjects'),
    404: ofDisabledProject('iamListAuthProjects'),
    ...pickStatuses(commonErrors('iamListAuthProjects'), 401, 403, 405, 413),
  },
  iamListProjects: {
    200: (client) => send(client, 'iamListProjects'),
    400: malformed('iamListProjects'),
    404: ofDisabledProject('iamListProjects'),
    ...pickStatuses(commonErrors('iamListProjects'), 401, 403),
  },
  iamListVersions: {
    300: (client) => client.send('identity.iamListVersions'),
    ...pickStatuses(commonErrors('iamListVersions'), 400, 404),
  },
  iamShowVersion: {
    200: (client) => client.send('identity.iamShowVersion'),
    ...pickStatuses(commonErrors('iamShowVersion'), 400, 404),
  },
};

function multiFactor(token: string, password = 'secret'): object {
  return {
    identity: {
      methods: ['password', 'token'],
      password: { user: { name: 'demo', domain: DOMAIN, password } },
      token: { id: token },
    },
  };
}
