import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sideglance, startSideglance, type WorldControl } from '../../src/index.ts';
import { NOON } from '../support/emulator.ts';
import { signed } from '../support/sign.ts';
import { WireClient, type WireResponse } from '../support/traffic.ts';

const DOMAIN = { name: 'Default' };
const FIXTURES = {
  projects: [{ name: 'demo' }, { name: 'team@example.org' }],
  users: [
    {
      name: 'demo',
      password: 'secret',
      roles: { demo: ['member'], 'team@example.org': ['member'] },
      apiKey: 'key',
      accessKeys: [{ access: 'ak', secret: 'sk' }],
    },
    { name: 'jane@example.org', password: 'secret', roles: { demo: ['member'] } },
  ],
  images: [{ name: 'everywhere', visibility: 'public' }],
} as const;

let cloud: Sideglance;
let t17: WorldControl;
let client: WireClient;

beforeAll(async () => {
  cloud = await startSideglance({
    fixtures: FIXTURES,
    clock: new Date(NOON).toISOString(),
    listen: { 'image-v2': 0, identity: 0 },
  });
});
afterAll(() => cloud.close());
beforeEach(() => {
  cloud.reset();
  for (const { name } of cloud.worlds.list()) cloud.worlds.drop(name);
  t17 = cloud.worlds.create({ name: 't17' });
  t17.images.place({ name: 'of t17', visibility: 'public' });
  client = new WireClient({ port: cloud.port });
});

const password = (name: string): object => ({
  methods: ['password'],
  password: { user: { name, domain: DOMAIN, password: 'secret' } },
});
const project = (name: string): object => ({ project: { name, domain: DOMAIN } });
const logInV3 = (auth: object, mount = '/identity'): Promise<WireResponse> =>
  client.send('POST', `${mount}/v3/auth/tokens`, { body: { auth } });
const logInV2 = (auth: object, mount = '/identity'): Promise<WireResponse> =>
  client.send('POST', `${mount}/v2.0/tokens`, { body: { auth } });

const tokenOf = (response: WireResponse): string =>
  response.header('x-subject-token') ?? response.json<{ access?: { token: { id: string } } }>().access?.token.id ?? '';
const imageNames = async (token: string, path = '/image/v2/images', from = client): Promise<readonly string[]> => {
  const response = await from.send('GET', path, { token });
  const { images = [] } = response.json<{ images?: readonly { readonly name: string }[] }>();
  return response.status === 200 ? images.map(({ name }) => name).sort() : [String(response.status)];
};

const IMAGES_OF_T17 = ['everywhere', 'of t17'];
const demo = password('demo');

describe('a world selected by login', () => {
  const logIns: readonly (readonly [string, () => Promise<WireResponse>])[] = [
    ['the project of Keystone 3', () => logInV3({ identity: demo, scope: project('demo@t17') })],
    ['the user of Keystone 3', () => logInV3({ identity: password('demo@t17'), scope: project('demo') })],
    ['user and project', () => logInV3({ identity: password('demo@t17'), scope: project('demo@t17') })],
    [
      'the tenant of Keystone 2',
      () => logInV2({ passwordCredentials: { username: 'demo', password: 'secret' }, tenantName: 'demo@t17' }),
    ],
    [
      'the user of Keystone 2',
      () => logInV2({ passwordCredentials: { username: 'demo@t17', password: 'secret' }, tenantName: 'demo' }),
    ],
    [
      'the user of Rackspace, by API key',
      () => logInV2({ 'RAX-KSKEY:apiKeyCredentials': { username: 'demo@t17', apiKey: 'key' } }, '/rackspace/identity'),
    ],
    [
      'the user of Rackspace, by password',
      () => logInV2({ passwordCredentials: { username: 'demo@t17', password: 'secret' } }, '/rackspace/identity'),
    ],
    [
      'the tenant of Rackspace',
      () =>
        logInV2(
          { 'RAX-KSKEY:apiKeyCredentials': { username: 'demo', apiKey: 'key' }, tenantName: 'demo@t17' },
          '/rackspace/identity',
        ),
    ],
    ['the project of IAM', () => logInV3({ identity: demo, scope: project('demo@t17') }, '/iam')],
    ['the region of IAM', () => logInV3({ identity: demo, scope: { project: { name: 'eu-de@t17' } } }, '/iam')],
  ];

  test.each(logIns)('is selected by %s, and then by the token at every plain address', async (_title, logIn) => {
    const response = await logIn();
    expect([200, 201]).toContain(response.status);
    const token = tokenOf(response);
    expect(await imageNames(token)).toEqual(IMAGES_OF_T17);
    expect(await imageNames(token, '/ims/v2/cloudimages')).toEqual(IMAGES_OF_T17);
    expect(await imageNames(token, '/w/t17/image/v2/images')).toEqual(IMAGES_OF_T17);
    expect(
      (await client.send('GET', '/compute/v2.1/images', { token })).json<{ images: unknown[] }>().images,
    ).toHaveLength(2);
    expect(await imageNames(token, '/rackspace/images/v2/images')).toEqual(IMAGES_OF_T17);
    expect(await imageNames(token, '/w/default/image/v2/images')).toEqual(['401']);
    expect(cloud.requests.list().requests.map(({ url }) => url)).toEqual(['/w/default/image/v2/images']);
    expect(t17.requests.list().recorded).toBe(6);
  });

  test('shows projects without the name of the world, and plain addresses', async () => {
    const response = await logInV3({ identity: demo, scope: project('demo@t17') });
    const { token } = response.json<{
      token: { project: { name: string }; catalog: { endpoints: { url: string }[] }[] };
    }>();
    expect(token.project.name).toBe('demo');
    const urls = token.catalog.flatMap(({ endpoints }) => endpoints.map(({ url }) => url));
    expect(urls).toContain('http://cloud.localhost/image');
    expect(urls.filter((url) => url.includes('/w/'))).toEqual([]);
  });

  test('issues tokens that are valid only in it', async () => {
    const other = cloud.worlds.create({ name: 't18' });
    const token = tokenOf(await logInV3({ identity: demo, scope: project('demo@t17') }));
    const otherToken = tokenOf(await logInV3({ identity: demo, scope: project('demo@t18') }));
    expect(await imageNames(otherToken)).toEqual(['everywhere']);
    expect(await imageNames(token, '/w/t18/image/v2/images')).toEqual(['401']);
    expect(other.requests.list().requests.map(({ status }) => status)).toEqual([201, 200, 401]);
    expect(token).not.toBe(otherToken);
  });

  test('stays selected with tokens from tokens, application credentials and token validation', async () => {
    const token = tokenOf(await logInV3({ identity: demo, scope: project('demo@t17') }));
    const reissued = await logInV3({ identity: { methods: ['token'], token: { id: token } }, scope: project('demo') });
    expect(await imageNames(tokenOf(reissued))).toEqual(IMAGES_OF_T17);
    const shown = await client.send('GET', '/identity/v3/auth/tokens', {
      token,
      headers: { 'X-Subject-Token': token },
    });
    const userId = shown.json<{ token: { user: { id: string } } }>().token.user.id;
    const created = await client.send('POST', `/identity/v3/users/${userId}/application_credentials`, {
      token,
      body: { application_credential: { name: 'robot', secret: 's3cret' } },
    });
    const { id } = created.json<{ application_credential: { id: string } }>().application_credential;
    const logInWith = (credential: object): Promise<WireResponse> =>
      logInV3({
        identity: { methods: ['application_credential'], application_credential: { secret: 's3cret', ...credential } },
      });
    expect(await imageNames(tokenOf(await logInWith({ id: `${id}@t17` })))).toEqual(IMAGES_OF_T17);
    expect(
      await imageNames(tokenOf(await logInWith({ name: 'robot', user: { name: 'demo@t17', domain: DOMAIN } }))),
    ).toEqual(IMAGES_OF_T17);
    expect((await logInWith({ id })).status).toBe(404);
  });

  test('is selected at the ports of single APIs', async () => {
    const port = (name: string): number => Number(new URL(cloud.own[name] ?? '').port);
    const identity = new WireClient({ port: port('identity') });
    const image = new WireClient({ port: port('image-v2') });
    const token = tokenOf(
      await identity.send('POST', '/v3/auth/tokens', {
        body: { auth: { identity: demo, scope: project('demo@t17') } },
      }),
    );
    expect(await imageNames(token, '/v2/images', image)).toEqual(IMAGES_OF_T17);
  });

  test('is selected by the access key of a signed request', async () => {
    const listSigned = (access: string, secret = 'sk', path = '/ims/v2/cloudimages'): Promise<WireResponse> =>
      client.send('GET', path, {
        headers: { ...signed({ method: 'GET', url: `http://cloud.localhost${path}`, access, secret, time: NOON }) },
      });
    expect((await listSigned('ak@t17')).json<{ images: unknown[] }>().images).toHaveLength(2);
    expect((await listSigned('ak')).json<{ images: unknown[] }>().images).toHaveLength(1);
    expect(
      (await listSigned('ak@t17', 'sk', '/w/t17/ims/v2/cloudimages')).json<{ images: unknown[] }>().images,
    ).toHaveLength(2);
    expect((await listSigned('ak@t17', 'wrong')).status).toBe(401);
    const rejected = await listSigned('ak@t71');
    expect([rejected.status, rejected.json<{ error_msg: string }>().error_msg]).toEqual([
      401,
      'Incorrect IAM authentication information: ak ak@t71 not exist',
    ]);
    expect(cloud.requests.list({ status: 401 }).requests[0]?.hint).toMatch(/no world is called "t71".*mean "t17"/);
  });

  test('can be the default world', async () => {
    expect(await imageNames(tokenOf(await logInV3({ identity: demo, scope: project('demo@default') })))).toEqual([
      'everywhere',
    ]);
  });

  test('is selected by the settings for clients with a fixed address', async () => {
    const settings = t17.settingsByLogIn();
    expect(settings).toMatchObject({
      openstack: { OS_AUTH_URL: `${cloud.url}/identity/v3`, OS_USERNAME: 'demo', OS_PROJECT_NAME: 'demo@t17' },
      rackspace: { username: 'demo@t17', authUrl: `${cloud.url}/rackspace/identity/v2.0` },
      huawei: { accessKey: 'ak@t17', projectName: 'demo@t17', imsEndpoint: `${cloud.url}/ims` },
    });
    expect(t17.describe().settingsByLogIn).toEqual(settings);
    expect(cloud.world().describe().settingsByLogIn).toBeNull();
  });
});

describe('a name with an @', () => {
  const UNAUTHORIZED = {
    error: { code: 401, message: 'The request you have made requires authentication.', title: 'Unauthorized' },
  };

  test('of an unknown world returns the 401 of the API, and the journal suggests a world', async () => {
    const keystone = await logInV3({ identity: demo, scope: project('demo@t71') });
    expect([keystone.status, keystone.json()]).toEqual([401, UNAUTHORIZED]);
    const rackspace = await logInV2(
      { 'RAX-KSKEY:apiKeyCredentials': { username: 'demo@t71', apiKey: 'key' } },
      '/rackspace/identity',
    );
    expect([rackspace.status, rackspace.json()]).toEqual([
      401,
      { unauthorized: { code: 401, message: 'Unable to authenticate user with credentials provided.' } },
    ]);
    expect(cloud.requests.list().requests.map(({ hint }) => hint)).toEqual(
      Array(2).fill(
        'The name ends with "@t71", but no world is called "t71". Did you mean "t17"? Create it with POST /__admin/worlds.',
      ),
    );
  });

  test('is an ordinary name when a user or project has it', async () => {
    for (const auth of [
      { identity: password('jane@example.org'), scope: project('demo') },
      { identity: demo, scope: project('team@example.org') },
      { identity: password('jane@example.org@t17'), scope: project('demo') },
    ]) {
      expect((await logInV3(auth)).status).toBe(201);
    }
    expect(cloud.requests.list().requests.map(({ hint }) => hint)).toEqual([undefined, undefined]);
    expect(t17.requests.list().recorded).toBe(1);
  });

  test('does not select another world at the address of a world', async () => {
    cloud.worlds.create({ name: 't18' });
    const within = new WireClient({ port: cloud.port, prefix: '/w/t18' });
    const logIn = (name: string): Promise<WireResponse> =>
      within.send('POST', '/identity/v3/auth/tokens', { body: { auth: { identity: demo, scope: project(name) } } });
    expect((await logIn('demo@t17')).status).toBe(401);
    expect((await logIn('demo@t18')).status).toBe(201);
  });

  test('does not change how invalid bodies are handled', async () => {
    for (const body of [
      '{"auth": "demo@t17"',
      '["demo@t17"]',
      '{"auth": {"identity": "demo@t17"}}',
      '{"auth": {"scope": {"project": {"name": 17}}, "x": "demo@t17"}}',
    ]) {
      const response = await client.send('POST', '/identity/v3/auth/tokens', {
        body,
        headers: { 'Content-Type': 'application/json' },
      });
      expect(response.status).toBe(400);
    }
  });
});

test('tokens of a dropped world are invalid', async () => {
  const token = tokenOf(await logInV3({ identity: demo, scope: project('demo@t17') }));
  cloud.worlds.drop('t17');
  expect(await imageNames(token)).toEqual(['401']);
  cloud.worlds.create({ name: 't17' });
  expect(await imageNames(token)).toEqual(['401']);
});

test('tokens issued at the address of a world are invalid at plain addresses', async () => {
  const within = new WireClient({ port: cloud.port, prefix: '/w/t17' });
  const response = await within.send('POST', '/identity/v3/auth/tokens', {
    body: { auth: { identity: demo, scope: project('demo') } },
  });
  expect(await imageNames(tokenOf(response))).toEqual(['401']);
  expect(await imageNames(tokenOf(response), '/image/v2/images', within)).toEqual(IMAGES_OF_T17);
});
