/** Federation without configuration, as a new Keystone 22 was seen to serve it. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Emulator } from '../../../src/emulator.ts';
import { createTestEmulator, login } from '../../support/emulator.ts';

let emulator: Emulator;
let admin: string;

beforeEach(async () => {
  emulator = createTestEmulator();
  admin = await login(emulator.app, { user: 'admin', project: 'admin' });
});

type Method = 'get' | 'post' | 'put' | 'patch';

async function send(method: Method, path: string, body?: object, token = ''): Promise<readonly unknown[]> {
  const sent = request(emulator.app)[method](`/identity/v3${path}`);
  if (token !== '') sent.set('X-Auth-Token', token);
  const response = await (body === undefined ? sent : sent.send(body));
  return [response.status, response.body.error?.message];
}

const DENIED = [401, 'The request you have made requires authentication.'];
const FAILED = [500, 'An unexpected error prevented the server from fulfilling your request.'];
const FORBIDDEN = [403, 'You are not authorized to perform the requested action.'];

const provider = (members: object = { enabled: true }) =>
  send('put', '/OS-FEDERATION/identity_providers/acme', { identity_provider: members }, admin);

const logIn = (name: string, protocol: string) =>
  send('get', `/OS-FEDERATION/identity_providers/${name}/protocols/${protocol}/auth`);

describe('A login through an identity provider', () => {
  test('needs a protocol that is a login method', async () => {
    expect(await logIn('acme', 'saml2')).toEqual([401, 'Attempted to authenticate with an unsupported method.']);
    expect(await logIn('acme', 'password')).toEqual([400, expect.stringContaining('Expecting to find user in None.')]);
  });

  test('needs an enabled provider with the protocol, and then fails', async () => {
    expect(await logIn('acme', 'mapped')).toEqual([404, 'Could not find Identity Provider: acme.']);
    await provider();
    const missing = 'Could not find federated protocol mapped for Identity Provider: acme.';
    expect(await logIn('acme', 'mapped')).toEqual([404, missing]);
    const rules = [{ local: [{ user: { name: '{0}' } }], remote: [{ type: 'REMOTE_USER' }] }];
    await send('put', '/OS-FEDERATION/mappings/m', { mapping: { rules } }, admin);
    const path = '/OS-FEDERATION/identity_providers/acme/protocols/mapped';
    expect((await send('put', path, { protocol: { mapping_id: 'm' } }, admin))[0]).toBe(201);
    expect(await logIn('acme', 'mapped')).toEqual(DENIED);
    const disabled = { identity_provider: { enabled: false } };
    await send('patch', '/OS-FEDERATION/identity_providers/acme', disabled, admin);
    expect(await logIn('acme', 'mapped')).toEqual(FORBIDDEN);
  });

  test('in a browser fails', async () => {
    expect(await send('get', '/auth/OS-FEDERATION/websso/saml2?origin=http://x')).toEqual(DENIED);
    const path = '/auth/OS-FEDERATION/identity_providers/acme/protocols/saml2/websso';
    expect(await send('post', path)).toEqual([400, 'Request must have an origin query parameter']);
    expect(await send('post', `${path}?origin=http://x`)).toEqual(DENIED);
  });
});

test('The metadata of the identity provider is an error', async () => {
  expect(await send('get', '/OS-FEDERATION/saml2/metadata')).toEqual(FAILED);
});

describe.each(['saml2', 'saml2/ecp'])('An assertion by %s', (kind) => {
  const assertion = (auth?: object) => send('post', `/auth/OS-FEDERATION/${kind}`, auth && { auth });

  const authFor = (id: string, token = admin) => ({
    identity: { methods: ['token'], token: { id: token } },
    scope: { service_provider: { id } },
  });

  const serviceProvider = (enabled: boolean) => {
    const members = { auth_url: 'http://sp/auth', sp_url: 'http://sp/saml', enabled };
    return send('put', '/OS-FEDERATION/service_providers/sp', { service_provider: members }, admin);
  };

  test('needs identity and scope', async () => {
    expect(await assertion()).toEqual([400, expect.stringMatching(/^None is not of type 'object'/)]);
    expect(await assertion({ ...authFor('sp'), identity: {} })).toEqual([
      400,
      expect.stringMatching(/^Invalid input for field 'identity': 'token' is a required property/),
    ]);
  });

  test('needs an enabled service provider', async () => {
    expect(await assertion(authFor('none'))).toEqual([404, 'Could not find Service Provider: none.']);
    await serviceProvider(false);
    expect(await assertion(authFor('sp'))).toEqual(FORBIDDEN);
  });

  test('needs a token for a project, and then fails', async () => {
    await serviceProvider(true);
    expect(await assertion(authFor('sp', 'none'))).toEqual([404, 'Could not recognize Fernet token']);
    expect(await assertion(authFor('sp'))).toEqual([400, 'can only concatenate str (not "bytes") to str']);
  });

  test('cannot be read', async () => {
    expect(await send('get', `/auth/OS-FEDERATION/${kind}`)).toEqual(FAILED);
  });
});
