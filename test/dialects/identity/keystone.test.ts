import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Emulator } from '../../../src/emulator.ts';
import { createTestEmulator, login, NOON } from '../../support/emulator.ts';

const DEFAULT = { name: 'Default' };
const DEMO = { project: { name: 'demo', domain: DEFAULT } };

const password = (user: object = {}, scope?: unknown): object => ({
  auth: {
    identity: {
      methods: ['password'],
      password: { user: { name: 'demo', domain: DEFAULT, password: 'secret', ...user } },
    },
    ...(scope !== undefined && { scope }),
  },
});

let emulator: Emulator;
const tokens = '/identity/v3/auth/tokens';
const logIn = (body: object | string, path = tokens) =>
  request(emulator.app).post(path).set('Content-Type', 'application/json').send(body);
const get = (path: string, token: string, headers: object = {}) =>
  request(emulator.app)
    .get(`/identity${path}`)
    .set({ 'X-Auth-Token': token, ...headers });

beforeEach(() => {
  emulator = createTestEmulator({ frozenAt: NOON });
});

describe('A login at Keystone v3', () => {
  test('returns a scoped token with roles, catalog and times', async () => {
    const response = await logIn(password({}, DEMO)).set('Host', 'cloud:9292');
    expect(response.status).toBe(201);
    expect(response.headers['x-subject-token']).toMatch(/^gAAAAAB[\w-]{100,}$/);
    expect(response.headers['vary']).toBe('X-Auth-Token');
    expect(response.headers['x-openstack-request-id']).toMatch(/^req-/);
    expect(response.body.token).toMatchObject({
      methods: ['password'],
      user: { name: 'demo', domain: { id: 'default', name: 'Default' }, password_expires_at: null },
      project: { name: 'demo', domain: { id: 'default', name: 'Default' } },
      is_domain: false,
      issued_at: '2026-11-21T12:00:00.000000Z',
      expires_at: '2026-11-22T12:00:00.000000Z',
      audit_ids: [expect.stringMatching(/^[\w-]{22}$/)],
    });
    expect(response.body.token.roles.map(({ name }: { name: string }) => name)).toEqual(['member', 'reader']);
    const urls = response.body.token.catalog.map(
      ({ type, name, endpoints }: { type: string; name: string; endpoints: { interface: string; url: string }[] }) => [
        type,
        name,
        endpoints.map((endpoint) => endpoint.interface).join(),
        endpoints[0]?.url,
      ],
    );
    expect(urls).toEqual([
      ['identity', 'keystone', 'public,internal,admin', 'http://cloud:9292/identity/v3'],
      ['image', 'glance', 'public,internal,admin', 'http://cloud:9292/image'],
      ['compute', 'nova', 'public,internal,admin', 'http://cloud:9292/compute/v2.1'],
    ]);
  });

  test('omits the catalog with nocatalog', async () => {
    const response = await logIn(password({}, DEMO), `${tokens}?nocatalog`);
    expect(response.body.token.catalog).toBeUndefined();
    expect(response.body.token.project.name).toBe('demo');
  });

  test('returns an unscoped token without project, roles and catalog', async () => {
    const response = await logIn(password({}, 'unscoped'));
    expect(response.status).toBe(201);
    expect(Object.keys(response.body.token).sort()).toEqual([
      'audit_ids',
      'expires_at',
      'issued_at',
      'methods',
      'user',
    ]);
  });

  test.each([
    ['a wrong password', password({ password: 'x' }, DEMO)],
    ['an unknown user', password({ name: 'nobody' }, DEMO)],
    ['an unknown domain', password({ domain: { name: 'Nope' } }, DEMO)],
    ['an unknown project', password({}, { project: { name: 'nope', domain: DEFAULT } })],
    ['a project in which the user has no role', password({}, { project: { name: 'alt_demo', domain: DEFAULT } })],
    ['a domain as scope', password({}, { domain: DEFAULT })],
    ['the system as scope of a user without a role in it', password({}, { system: { all: true } })],
    ['no method', { auth: { identity: { methods: [] } } }],
  ])('returns 401 for %s without a reason', async (_title, body) => {
    const response = await logIn(body);
    expect(response.status).toBe(401);
    expect(response.body).toEqual({
      error: { code: 401, message: 'The request you have made requires authentication.', title: 'Unauthorized' },
    });
    expect(response.headers['www-authenticate']).toMatch(/^Keystone uri="http:\/\/[^"]+\/identity\/v3"$/);
  });

  test.each([
    ['no auth', {}, /^Expecting to find auth in request body\./],
    ['no identity', { auth: {} }, /^'identity' is a required property/],
    ['no methods', { auth: { identity: {} } }, /^Invalid input for field 'identity': 'methods' is a required property/],
    [
      'no password part',
      { auth: { identity: { methods: ['password'] } } },
      /^Expecting to find password in identity\./,
    ],
    ['no user', { auth: { identity: { methods: ['password'], password: {} } } }, /^Expecting to find user in None\./],
    ['a user name without its domain', password({ domain: undefined }, DEMO), /^Expecting to find domain in user\./],
    [
      'a project name without its domain',
      password({}, { project: { name: 'demo' } }),
      /^Expecting to find domain in project\./,
    ],
    [
      'a number as password',
      password({ password: 5 }, DEMO),
      /'identity\/password\/user\/password': 5 is not of type 'string'/,
    ],
    ['text that is not JSON', '{x', /^Expecting to find valid JSON in request body\./],
    ['a list', [], /^Expecting to find valid JSON in request body\./],
  ])('returns 400 for %s and names what is missing', async (_title, body, message) => {
    const response = await logIn(body);
    expect(response.status).toBe(400);
    expect(response.body.error).toMatchObject({
      code: 400,
      title: 'Bad Request',
      message: expect.stringMatching(message),
    });
  });

  test('rejects a body of another media type, and one that is too long', async () => {
    const text = await request(emulator.app).post(tokens).set('Content-Type', 'text/plain').send('x');
    expect(text.body.error.message).toMatch(/^Expecting to find application\/json in Content-Type header\./);
    const long = await logIn(`{"auth":"${'x'.repeat(120_000)}"}`);
    expect([long.status, long.type]).toEqual([413, 'text/plain']);
  });

  test('lists the supported methods in the 401 for another one', async () => {
    const response = await logIn({ auth: { identity: { methods: ['password', 'totp'], password: {}, totp: {} } } });
    expect(response.status).toBe(401);
    expect(response.body.error.identity.methods).toContain('application_credential');
  });

  test('accepts ids instead of names, and ignores the tenantName that one client sends', async () => {
    const first = (await logIn(password({}, DEMO))).body.token;
    const byId = await logIn({
      auth: {
        identity: { methods: ['password'], password: { user: { id: first.user.id, password: 'secret' } } },
        scope: { project: { id: first.project.id } },
        tenantName: 'demo',
      },
    });
    expect(byId.body.token.project).toEqual(first.project);
  });

  test('returns a token for the system to an admin', async () => {
    const response = await logIn(password({ name: 'admin' }, { system: { all: true } }));
    expect(response.body.token.system).toEqual({ all: true });
  });

  test('by token keeps the expiry, the methods and the first audit id of that token', async () => {
    const first = await logIn(password({}, 'unscoped'));
    emulator.worlds.default.clock.advance(3_600_000);
    const id = first.headers['x-subject-token'];
    const second = await logIn({ auth: { identity: { methods: ['token'], token: { id } }, scope: DEMO } });
    expect(second.body.token).toMatchObject({
      methods: ['token', 'password'],
      expires_at: first.body.token.expires_at,
      issued_at: '2026-11-21T13:00:00.000000Z',
      project: { name: 'demo' },
    });
    expect(second.body.token.audit_ids[1]).toBe(first.body.token.audit_ids[0]);
    const unknown = await logIn({ auth: { identity: { methods: ['token'], token: { id: 'bad' } }, scope: DEMO } });
    expect([unknown.status, unknown.body.error.message]).toEqual([404, 'Could not recognize Fernet token']);
  });
});

describe('A token', () => {
  test('is shown only to its owner and to admins', async () => {
    const demo = await login(emulator.app);
    const alt = await login(emulator.app, { user: 'alt_demo' });
    const admin = await login(emulator.app, { user: 'admin' });
    const showToken = (token: string, subject: string) => get('/v3/auth/tokens', token, { 'X-Subject-Token': subject });
    expect((await showToken(demo, demo)).body.token.user.name).toBe('demo');
    expect((await showToken(demo, demo)).headers['x-subject-token']).toBe(demo);
    expect((await showToken(admin, demo)).status).toBe(200);
    const other = await showToken(demo, alt);
    expect([other.status, other.body.error.message]).toEqual([
      403,
      'You are not authorized to perform the requested action: identity:validate_token.',
    ]);
    expect((await showToken(demo, 'bad')).status).toBe(404);
    expect((await showToken('bad', demo)).status).toBe(401);
    expect((await get('/v3/auth/tokens', demo)).status).toBe(403);
  });

  test('is checked with HEAD, without a body', async () => {
    const demo = await login(emulator.app);
    const check = (subject: string) =>
      request(emulator.app).head(tokens).set({ 'X-Auth-Token': demo, 'X-Subject-Token': subject });
    expect((await check(demo)).status).toBe(200);
    expect((await check('bad')).status).toBe(404);
  });

  test('is rejected after it is revoked', async () => {
    const demo = await login(emulator.app);
    const other = await login(emulator.app);
    const revoke = () => request(emulator.app).delete(tokens).set({ 'X-Auth-Token': demo, 'X-Subject-Token': other });
    expect((await revoke()).status).toBe(204);
    expect((await get('/v3/auth/projects', other)).status).toBe(401);
    const again = await revoke();
    expect([again.status, again.body.error.message]).toEqual([404, 'Failed to validate token']);
  });

  test('expires by the clock of its world', async () => {
    const demo = await login(emulator.app);
    emulator.worlds.default.clock.advance(86_400_000 - 1);
    expect((await get('/v3/auth/projects', demo)).status).toBe(200);
    emulator.worlds.default.clock.advance(1);
    expect((await get('/v3/auth/projects', demo)).status).toBe(401);
  });

  test('lists projects, domains, system and catalog', async () => {
    const demo = await login(emulator.app);
    const unscoped = (await logIn(password({}, 'unscoped'))).headers['x-subject-token'] ?? '';
    const projects = await get('/v3/auth/projects', unscoped);
    expect(projects.body.projects.map(({ name }: { name: string }) => name)).toEqual(['demo']);
    expect((await get('/v3/auth/domains', demo)).body.domains).toEqual([]);
    expect((await get('/v3/auth/system', demo)).body.system).toEqual([]);
    expect((await get('/v3/auth/catalog', demo)).body.catalog).toHaveLength(3);
    expect((await get('/v3/auth/catalog', unscoped)).status).toBe(403);
  });

  test('of a member can read its own project, and of an admin all projects', async () => {
    const demo = await login(emulator.app);
    const admin = await login(emulator.app, { user: 'admin' });
    const [own] = (await get('/v3/auth/projects', demo)).body.projects;
    expect((await get(`/v3/projects/${own.id}`, demo)).body.project).toMatchObject({ id: own.id, name: 'demo' });
    expect((await get('/v3/projects/nope', demo)).status).toBe(403);
    expect((await get('/v3/projects', demo)).status).toBe(403);
    expect((await get('/v3/projects/nope', admin)).body.error.message).toBe('Could not find project: nope.');
    expect((await get('/v3/projects?name=alt_demo', admin)).body.projects).toHaveLength(1);
  });
});

describe('An application credential', () => {
  const createCredential = async (token: string, fields: object) => {
    const { user } = (await get('/v3/auth/tokens', token, { 'X-Subject-Token': token })).body.token;
    const path = `/identity/v3/users/${user.id}/application_credentials`;
    const response = await request(emulator.app)
      .post(path)
      .set('X-Auth-Token', token)
      .send({ application_credential: fields });
    return { path, response, credential: response.body.application_credential };
  };
  const logInWith = (credential: object, scope?: object) =>
    logIn({
      auth: {
        identity: { methods: ['application_credential'], application_credential: credential },
        ...(scope && { scope }),
      },
    });

  test('logs in by id or by name with its own roles until it is removed', async () => {
    const demo = await login(emulator.app);
    const { path, credential } = await createCredential(demo, { name: 'ci', roles: [{ name: 'reader' }] });
    expect(credential.secret).toMatch(/^[\w-]{86}$/);
    const byId = await logInWith({ id: credential.id, secret: credential.secret });
    expect(byId.body.token).toMatchObject({
      methods: ['application_credential'],
      project: { name: 'demo' },
      roles: [{ name: 'reader' }],
      application_credential: { id: credential.id, name: 'ci', restricted: true },
    });
    const named = { name: 'ci', user: { name: 'demo', domain: DEFAULT }, secret: credential.secret };
    expect((await logInWith(named)).status).toBe(201);
    const shown = await get(path.slice('/identity'.length), demo);
    expect(shown.body.application_credentials).toHaveLength(1);
    expect(shown.body.application_credentials[0].secret).toBeUndefined();
    const remove = () => request(emulator.app).delete(`${path}/${credential.id}`).set('X-Auth-Token', demo);
    expect((await remove()).status).toBe(204);
    expect((await remove()).body.error.message).toBe(`Could not find Application Credential: ${credential.id}.`);
    expect((await logInWith({ id: credential.id, secret: credential.secret })).status).toBe(404);
  });

  test('rejects a wrong secret, a scope, and creating other credentials', async () => {
    const demo = await login(emulator.app);
    const { path, credential } = await createCredential(demo, { name: 'ci', secret: 's3' });
    expect((await logInWith({ id: credential.id, secret: 'no' })).status).toBe(401);
    const scoped = await logInWith({ id: credential.id, secret: 's3' }, DEMO);
    expect([scoped.status, scoped.body.error.message]).toEqual([
      401,
      expect.stringContaining('cannot request a scope'),
    ]);
    const token = (await logInWith({ id: credential.id, secret: 's3' })).headers['x-subject-token'] ?? '';
    const second = await request(emulator.app)
      .post(path)
      .set('X-Auth-Token', token)
      .send({ application_credential: { name: 'second' } });
    expect(second.status).toBe(403);
  });

  test('is rejected with an existing name, roles that the user does not have, or missing members', async () => {
    const demo = await login(emulator.app);
    await createCredential(demo, { name: 'ci' });
    expect((await createCredential(demo, { name: 'ci' })).response.status).toBe(409);
    expect((await createCredential(demo, {})).response.body.error.message).toContain("'name' is a required property");
    expect((await createCredential(demo, { name: 'x', roles: [{ name: 'admin' }] })).response.status).toBe(400);
    expect((await createCredential(demo, { name: 'x', roles: [{ name: 'nope' }] })).response.status).toBe(404);
    expect((await createCredential(demo, { name: 'x', expires_at: '2020-01-01T00:00:00' })).response.status).toBe(400);
    expect((await get('/v3/users/other/application_credentials', demo)).status).toBe(403);
  });

  test('expires at its own time', async () => {
    const demo = await login(emulator.app);
    const { credential } = await createCredential(demo, { name: 'ci', expires_at: '2026-11-21T13:00:00' });
    expect((await logInWith({ id: credential.id, secret: credential.secret })).status).toBe(201);
    emulator.worlds.default.clock.advance(3_600_000);
    expect((await logInWith({ id: credential.id, secret: credential.secret })).status).toBe(401);
  });
});

describe('Discovery', () => {
  test('lists version 3 at the root and describes it, with links that include the mount', async () => {
    const root = await request(emulator.app).get('/identity').set('Host', 'here');
    expect([root.status, root.body.versions.values[0].links[0].href]).toEqual([300, 'http://here/identity/v3/']);
    const v3 = await request(emulator.app).get('/identity/v3/').set('Host', 'here');
    expect([v3.status, v3.body.version.id]).toEqual([200, 'v3.14']);
  });

  test('returns the allowed methods for another method, and an HTML page for an unknown path', async () => {
    const wrong = await request(emulator.app).put(tokens);
    expect([wrong.status, wrong.headers['allow']]).toEqual([405, 'DELETE, OPTIONS, HEAD, GET, POST']);
    const missing = await request(emulator.app).get('/identity/v3/nothing');
    expect([missing.status, missing.type]).toEqual([404, 'text/html']);
  });
});
