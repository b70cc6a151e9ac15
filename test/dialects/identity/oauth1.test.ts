/** Delegated access with OAuth 1.0, as Keystone 22 was seen to decide. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Emulator } from '../../../src/emulator.ts';
import { createTestEmulator, login } from '../../support/emulator.ts';
import { type Oauth1Keys, type Oauth1Request, oauth1Header } from '../../support/oauth1.ts';

const HOST = 'cloud.test';
const NOBODY = '0'.repeat(32);

let emulator: Emulator;
let admin: string;
let adminId: string;
let projectId: string;
let consumer: Oauth1Keys;

beforeEach(async () => {
  emulator = createTestEmulator();
  admin = await login(emulator.app, { user: 'admin', project: 'admin' });
  const { index } = emulator.worlds.default.identity;
  adminId = index.userOfName('admin')?.id ?? '';
  projectId = index.projectOfName('admin')?.id ?? '';
  consumer = await createConsumer();
});

type Method = 'get' | 'post' | 'put' | 'delete';

const send = (method: Method, path: string, token: string | undefined = admin, body?: object) => {
  const sent = request(emulator.app)[method](`/identity/v3${path}`).set('Host', HOST);
  if (token !== '') sent.set('X-Auth-Token', token);
  return body === undefined ? sent : sent.send(body);
};

async function createConsumer(): Promise<Oauth1Keys> {
  const { id, secret } = (await send('post', '/OS-OAUTH1/consumers', admin, { consumer: {} })).body.consumer;
  return { consumer: id, consumerSecret: secret };
}

type Options = Partial<Oauth1Request>;

const header = (keys: Oauth1Keys, path: string, options: Options = {}): string =>
  oauth1Header(keys, {
    url: `http://${HOST}/identity/v3${path}`,
    now: emulator.worlds.default.clock.now(),
    ...options,
  });

function requestToken(keys = consumer, { parameters, ...options }: Options = {}, project = projectId) {
  const path = '/OS-OAUTH1/request_token';
  const search = options.query === undefined ? '' : `?${new URLSearchParams(options.query)}`;
  return send('post', path + search, '')
    .set('Authorization', header(keys, path, { parameters: { oauth_callback: 'oob', ...parameters }, ...options }))
    .set('Requested-Project-Id', project);
}

const authorize = (token: string, roles: unknown, from = admin) =>
  send('put', `/OS-OAUTH1/authorize/${token}`, from, { roles });

const accessToken = (keys: Oauth1Keys, verifier: string | undefined, { parameters, ...options }: Options = {}) => {
  const path = '/OS-OAUTH1/access_token';
  const all = { oauth_verifier: verifier, ...parameters };
  return send('post', path, '').set('Authorization', header(keys, path, { parameters: all, ...options }));
};

/** The keys that a reply gives to a consumer. */
function keysOf(text: string, keys = consumer): Oauth1Keys {
  const form = new URLSearchParams(text);
  return { ...keys, token: form.get('oauth_token') ?? '', tokenSecret: form.get('oauth_token_secret') ?? '' };
}

/** Keys of a request token, with the verifier that the user gave. */
async function authorized(roles: unknown = [{ name: 'member' }]): Promise<readonly [Oauth1Keys, string]> {
  const keys = keysOf((await requestToken()).text);
  return [keys, (await authorize(keys.token ?? '', roles)).body.token.oauth_verifier];
}

async function accessKeys(roles?: unknown): Promise<Oauth1Keys> {
  const [keys, verifier] = await authorized(roles);
  return keysOf((await accessToken(keys, verifier)).text);
}

const OAUTH1 = { auth: { identity: { methods: ['oauth1'], oauth1: {} } } };

const logIn = (keys: Oauth1Keys, options: Options = {}, body: object = OAUTH1) =>
  send('post', '/auth/tokens', '', body).set('Authorization', header(keys, '/auth/tokens', options));

const errorOf = ({ status, body }: { status: number; body: { error?: { message: string } } }): readonly unknown[] => [
  status,
  body.error?.message,
];

const DENIED = [401, 'The request you have made requires authentication.'];
const missing = (what: string) => [400, expect.stringContaining(`Expecting to find ${what} in request.`)];
const invalid = (description: string, code = 'invalid_request') => [
  400,
  `Validation failed with errors: ${code}, detail message is: ${description}.`,
];

test('A consumer gets the roles that a user delegates to it', async () => {
  const given = await requestToken();
  expect(given.status).toBe(201);
  expect(given.headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(given.text).toMatch(
    /^oauth_token=[0-9a-f]{32}&oauth_token_secret=[0-9a-f]{32}&oauth_expires_at=[-\d]+T[:\d]+\.\d{6}Z$/,
  );
  const keys = keysOf(given.text);
  const { token } = (await authorize(keys.token ?? '', [{ name: 'member' }])).body;
  expect(token.oauth_verifier).toMatch(/^[a-zA-Z2-9]{8}$/);
  const access = keysOf((await accessToken(keys, token.oauth_verifier)).text);
  const response = await logIn(access);
  expect(response.status).toBe(201);
  expect(response.body.token).toMatchObject({
    methods: ['oauth1'],
    user: { id: adminId, name: 'admin' },
    project: { id: projectId },
    is_domain: false,
    roles: [{ name: 'member' }, { name: 'reader' }],
    'OS-OAUTH1': { access_token_id: access.token, consumer_id: consumer.consumer },
  });
  const issued = response.headers['x-subject-token'] as string;
  const shown = await send('get', '/auth/tokens').set('X-Subject-Token', issued);
  expect(shown.body.token['OS-OAUTH1']).toEqual(response.body.token['OS-OAUTH1']);
  expect((await send('get', '/auth/projects', issued)).status).toBe(200);
});

test('The same seed gives the same tokens', async () => {
  const first = keysOf((await requestToken()).text);
  emulator.worlds.default.reset();
  admin = await login(emulator.app, { user: 'admin', project: 'admin' });
  consumer = await createConsumer();
  expect(keysOf((await requestToken()).text)).toEqual(first);
});

describe('A request for a request token', () => {
  test.each([
    ['without a consumer', { oauth_consumer_key: undefined }, missing('oauth_consumer_key')],
    ['of an unknown consumer', { oauth_consumer_key: NOBODY }, [404, 'Consumer not found']],
    ['without a nonce', { oauth_nonce: undefined }, invalid('Missing mandatory OAuth parameters.')],
    ['with a nonce of other letters', { oauth_nonce: 'XYZ' }, invalid('Invalid nonce format.')],
    ['with a short timestamp', { oauth_timestamp: '123' }, invalid('Invalid timestamp size')],
    ['with a timestamp of letters', { oauth_timestamp: 'abcdefghij' }, invalid('Timestamp must be an integer.')],
    [
      'with an old timestamp',
      { oauth_timestamp: '1234567890' },
      invalid('Timestamp given is invalid, differ from allowed by over 600 seconds.'),
    ],
    ['of another version', { oauth_version: '2.0' }, invalid('Invalid OAuth version.')],
    [
      'with an unknown signature method',
      { oauth_signature_method: 'none' },
      invalid(
        "Invalid signature, none not in ('HMAC-SHA1', 'HMAC-SHA256', 'HMAC-SHA512', 'RSA-SHA1', 'RSA-SHA256', 'RSA-SHA512', 'PLAINTEXT').",
        'invalid_signature_method',
      ),
    ],
    ['without a callback', { oauth_callback: undefined }, invalid('Missing callback URI.')],
    ['for a realm', { realm: 'photos' }, invalid("Invalid realm ['photos']. Allowed are [].")],
    ['with a wrong signature', { oauth_signature: 'wrong' }, DENIED],
    ['with an unknown token', { oauth_token: NOBODY }, [404, 'Access token not found']],
    ['with a signature of RSA', { oauth_signature_method: 'RSA-SHA1' }, [500, expect.any(String)]],
  ])('%s is rejected', async (_title, parameters: Readonly<Record<string, string | undefined>>, error) => {
    expect(errorOf(await requestToken(consumer, { parameters }))).toEqual(error);
  });

  test.each([
    ['no header', undefined, [500, expect.any(String)]],
    ['a header of another scheme', 'Basic abc', [500, expect.any(String)]],
    ['an item without a value', 'OAuth oauth_consumer_key', [500, expect.any(String)]],
    ['no values', 'OAuth oauth_consumer_key=""', missing('oauth_consumer_key')],
  ])('with %s is rejected', async (_title, authorization, error) => {
    const sent = send('post', '/OS-OAUTH1/request_token', '').set('Requested-Project-Id', projectId);
    if (authorization !== undefined) sent.set('Authorization', authorization);
    expect(errorOf(await sent)).toEqual(error);
  });

  test('needs a project that exists', async () => {
    expect(errorOf(await requestToken(consumer, {}, ''))).toEqual(missing('Requested-Project-Id'));
    expect(errorOf(await requestToken(consumer, {}, 'none'))).toEqual([404, 'Could not find project: none.']);
  });

  test('may be signed with other hashes, or with the secrets themselves', async () => {
    const hashed = { hash: 'sha256', parameters: { oauth_signature_method: 'HMAC-SHA256' } };
    expect((await requestToken(consumer, hashed)).status).toBe(201);
    const plain = { oauth_signature_method: 'PLAINTEXT', oauth_signature: `${consumer.consumerSecret}&` };
    expect((await requestToken(consumer, { parameters: plain })).status).toBe(201);
  });

  test('has its query signed', async () => {
    expect((await requestToken(consumer, { query: { a: 'b c', d: '' } })).status).toBe(201);
    const sent = requestToken();
    sent.query({ a: 'b' });
    expect(errorOf(await sent)).toEqual(DENIED);
    const twice = "('oauth_ params must come from only 1 signaturetype but were found in %s', 'AUTH_HEADER, QUERY')";
    expect(errorOf(await requestToken(consumer, { query: { oauth_a: 'b' } }))).toEqual(invalid(twice));
  });

  test('has the secret of the consumer', async () => {
    expect(errorOf(await requestToken({ ...consumer, consumerSecret: 'other' }))).toEqual(DENIED);
  });
});

describe('An authorization', () => {
  test('is for administrators', async () => {
    const { token = '' } = keysOf((await requestToken()).text);
    expect(errorOf(await authorize(token, [], await login(emulator.app)))).toEqual([
      403,
      'You are not authorized to perform the requested action: identity:authorize_request_token.',
    ]);
  });

  test.each([
    ['of no list', null, [400, expect.stringMatching(/^None is not of type 'array'/)]],
    ['of an unknown name', [{ name: 'none' }], [404, 'Role none is not defined']],
    ['of an unknown id', [{ id: 'none' }], DENIED],
    ['of id and name', [{ id: 'a', name: 'b' }], [400, expect.stringContaining('has too many properties')]],
  ])('%s is rejected', async (_title, roles, error) => {
    const { token = '' } = keysOf((await requestToken()).text);
    expect(errorOf(await authorize(token, roles))).toEqual(error);
  });

  test('needs a request token that has not expired', async () => {
    expect(errorOf(await authorize(NOBODY, []))).toEqual([404, 'Request token not found']);
    const { token = '' } = keysOf((await requestToken()).text);
    emulator.worlds.default.clock.advance(8 * 3_600_000 + 1);
    admin = await login(emulator.app, { user: 'admin', project: 'admin' });
    expect(errorOf(await authorize(token, []))).toEqual(DENIED);
  });
});

describe('A request for an access token', () => {
  test.each([
    ['without a token', { oauth_token: undefined }, missing('oauth_token')],
    ['without a verifier', { oauth_verifier: undefined }, missing('oauth_verifier')],
    ['with an unknown token', { oauth_token: NOBODY }, [404, 'Request token not found']],
    ['with a verifier of another form', { oauth_verifier: 'lll' }, invalid('Invalid verifier format.')],
    ['with another verifier', { oauth_verifier: 'aaaaaaaa' }, DENIED],
    ['of an unknown consumer', { oauth_consumer_key: NOBODY }, DENIED],
    ['with a wrong signature', { oauth_signature: 'wrong' }, DENIED],
  ])('%s is rejected', async (_title, parameters: Readonly<Record<string, string | undefined>>, error) => {
    const [keys, verifier] = await authorized();
    expect(errorOf(await accessToken(keys, verifier, { parameters }))).toEqual(error);
  });

  test('of another consumer is rejected', async () => {
    const [keys, verifier] = await authorized();
    expect(errorOf(await accessToken({ ...keys, ...(await createConsumer()) }, verifier))).toEqual(DENIED);
  });

  test('uses the request token up', async () => {
    const [keys, verifier] = await authorized();
    expect((await accessToken(keys, verifier)).status).toBe(201);
    expect(errorOf(await accessToken(keys, verifier))).toEqual([404, 'Request token not found']);
  });
});

describe('A login by access token', () => {
  test.each([
    ['without a token', { oauth_token: undefined }, missing('oauth_token')],
    ['with an unknown token', { oauth_token: NOBODY }, [404, 'Access token not found']],
    ['with an old timestamp', { oauth_timestamp: '1234567890' }, DENIED],
    ['with a wrong signature', { oauth_signature: 'wrong' }, DENIED],
    ['of an unknown consumer', { oauth_consumer_key: NOBODY }, [500, expect.any(String)]],
  ])('%s is rejected', async (_title, parameters: Readonly<Record<string, string | undefined>>, error) => {
    expect(errorOf(await logIn(await accessKeys(), { parameters }))).toEqual(error);
  });

  test('without a signature fails in the service', async () => {
    expect((await send('post', '/auth/tokens', '', OAUTH1)).status).toBe(500);
  });

  test('has the scope of the access token, whatever it asks for', async () => {
    const body = { auth: { ...OAUTH1.auth, scope: { system: { all: true } } } };
    expect((await logIn(await accessKeys(), {}, body)).body.token.project.id).toBe(projectId);
  });

  test('fails once the access token has expired or its user has lost the roles', async () => {
    const keys = await accessKeys();
    const { records } = emulator.worlds.default.identity;
    for (const { id } of records.by('grant', 'actor', adminId)) records.delete('grant', id);
    expect(errorOf(await logIn(keys))).toEqual(DENIED);
    emulator.worlds.default.clock.advance(86_400_001);
    expect(errorOf(await logIn(keys))).toEqual(DENIED);
  });
});

describe('An access token', () => {
  const path = (token = '', rest = '') => `/users/${adminId}/OS-OAUTH1/access_tokens${token && `/${token}`}${rest}`;

  test('is listed, shown and deleted, which ends its tokens', async () => {
    const { token: id = '', ...keys } = await accessKeys();
    const issued = (await logIn({ ...keys, token: id })).headers['x-subject-token'] as string;
    const self = `http://${HOST}/identity/v3${path(id)}`;
    const shown = (await send('get', path(id))).body.access_token;
    expect(shown).toEqual({
      id,
      authorizing_user_id: adminId,
      project_id: projectId,
      consumer_id: consumer.consumer,
      expires_at: expect.stringMatching(/\.\d{6}Z$/),
      links: { roles: `${self}/roles`, self },
    });
    expect((await send('get', path())).body.access_tokens).toEqual([shown]);
    expect((await send('delete', path(id))).status).toBe(204);
    expect(errorOf(await send('get', path(id)))).toEqual([404, 'Access token not found']);
    expect(errorOf(await send('get', '/auth/projects', issued))).toEqual([404, 'Access token not found']);
  });

  test('shows its roles', async () => {
    const { token = '' } = await accessKeys([{ name: 'reader' }]);
    const [role] = (await send('get', path(token, '/roles'))).body.roles;
    expect(Object.keys(role)).toEqual(['id', 'name', 'domain_id', 'options', 'links']);
    expect((await send('get', path(token, `/roles/${role.id}`))).body.role).toEqual(role);
    expect(errorOf(await send('get', path(token, '/roles/none')))).toEqual([404, 'Could not find role: none.']);
  });

  test('is not that of another user', async () => {
    const { token = '' } = await accessKeys();
    const other = `/users/other/OS-OAUTH1/access_tokens/${token}`;
    expect(errorOf(await send('get', other))).toEqual([404, 'Could not find: %(target)s.']);
    expect(errorOf(await send('get', `${other}/roles`))).toEqual([404, 'Could not find: %(target)s.']);
    expect(errorOf(await send('delete', other))).toEqual(DENIED);
    expect(errorOf(await send('get', `${other}/roles/none`))).toEqual(DENIED);
  });

  test('goes with its consumer', async () => {
    const keys = await accessKeys();
    expect((await send('delete', `/OS-OAUTH1/consumers/${consumer.consumer}`)).status).toBe(204);
    expect(errorOf(await logIn(keys))).toEqual([404, 'Access token not found']);
  });

  test('gives tokens that can delegate nothing further', async () => {
    const delegated = (await logIn(await accessKeys([{ name: 'admin' }]))).headers['x-subject-token'] as string;
    const forbidden = 'You are not authorized to perform the requested action';
    expect(errorOf(await send('get', path(), delegated))).toEqual([403, `${forbidden}.`]);
    expect(errorOf(await authorize(NOBODY, [], delegated))).toEqual([403, `${forbidden}.`]);
    expect(errorOf(await send('get', `/users/${adminId}/application_credentials`, delegated))).toEqual([
      403,
      `${forbidden}.`,
    ]);
    expect(errorOf(await send('get', '/OS-TRUST/trusts', delegated))).toEqual([
      403,
      `${forbidden}: Delegated tokens cannot manage trusts..`,
    ]);
    const exchange = { auth: { identity: { methods: ['token'], token: { id: delegated } } } };
    expect(errorOf(await send('post', '/auth/tokens', '', exchange))).toEqual([
      403,
      `${forbidden}: Using OAuth-scoped token to create another token. Create a new OAuth-scoped token instead.`,
    ]);
  });
});
