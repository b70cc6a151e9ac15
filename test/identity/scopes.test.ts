import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Emulator } from '../../src/emulator.ts';
import { defaultFixtures, fixturesOf } from '../../src/fixtures/default-fixtures.ts';
import { createTestEmulator } from '../support/emulator.ts';

const FIXTURES = fixturesOf({
  domains: [{ name: 'Default' }, { name: 'partner' }, { name: 'closed', enabled: false }],
  projects: [
    { name: 'web' },
    { name: 'old', enabled: false },
    { name: 'partner-web', domain: 'partner' },
    { name: 'closed-web', domain: 'closed' },
  ],
  users: [
    { name: 'ann', project: 'web', roles: { web: ['member'], old: ['member'], 'closed-web': ['member'] } },
    { name: 'operator', domainRoles: { Default: ['admin'], partner: ['reader'], closed: ['admin'] } },
    { name: 'auditor', project: 'old', roles: { old: ['reader'] }, systemRoles: ['reader'] },
    { name: 'locked-out', domain: 'closed', roles: { web: ['member'] } },
    { name: 'gone', enabled: false, roles: { web: ['member'] } },
    { name: 'without-role', project: 'web' },
  ],
});

let emulator: Emulator;
beforeEach(() => {
  emulator = createTestEmulator({ fixtures: FIXTURES });
});

interface LogIn {
  readonly user: string;
  readonly domain?: string;
  readonly scope?: unknown;
}

const post = (auth: object) => request(emulator.app).post('/identity/v3/auth/tokens').send({ auth });

const logIn = ({ user, domain = 'Default', scope }: LogIn) =>
  post({
    identity: {
      methods: ['password'],
      password: { user: { name: user, domain: { name: domain }, password: 'secret' } },
    },
    ...(scope !== undefined && { scope }),
  });

const exchange = (token: string | undefined, scope?: unknown) =>
  post({ identity: { methods: ['token'], token: { id: token } }, ...(scope !== undefined && { scope }) });

const project = (name: string, domain = 'Default') => ({ project: { name, domain: { name: domain } } });
const domain = (name: string) => ({ domain: { name } });
const SYSTEM = { system: { all: true } };

const rolesOf = ({ body }: request.Response): readonly string[] =>
  (body.token.roles ?? []).map(({ name }: { name: string }) => name).sort();

describe('A login', () => {
  test('returns a token for a domain with the roles that the user has in the domain itself', async () => {
    const response = await logIn({ user: 'operator', scope: domain('Default') });
    expect(response.status).toBe(201);
    expect(response.body.token.domain).toEqual({ id: 'default', name: 'Default' });
    expect(response.body.token.project).toBeUndefined();
    expect(rolesOf(response)).toEqual(['admin', 'member', 'reader']);
    expect(rolesOf(await logIn({ user: 'operator', scope: domain('partner') }))).toEqual(['reader']);
  });

  test('returns a token for the system with the roles that the user has in it', async () => {
    const response = await logIn({ user: 'auditor', scope: SYSTEM });
    expect([response.status, rolesOf(response), response.body.token.system]).toEqual([201, ['reader'], { all: true }]);
  });

  test('without a scope returns a token for the default project, or an unscoped one if that project is not usable', async () => {
    expect((await logIn({ user: 'ann' })).body.token.project.name).toBe('web');
    for (const user of ['auditor', 'without-role']) {
      const { status, body } = await logIn({ user });
      expect([user, status, body.token.project, body.token.catalog]).toEqual([user, 201, undefined, undefined]);
    }
    expect((await logIn({ user: 'ann', scope: 'unscoped' })).body.token.project).toBeUndefined();
  });
});

describe('Keystone returns the same 401 for', () => {
  test.each<[string, LogIn]>([
    ['a disabled project', { user: 'ann', scope: project('old') }],
    ['a project of a disabled domain', { user: 'ann', scope: project('closed-web', 'closed') }],
    ['a disabled domain', { user: 'operator', scope: domain('closed') }],
    ['a domain without a role in it', { user: 'ann', scope: domain('Default') }],
    ['a project, for a role in its domain', { user: 'operator', scope: project('web') }],
    ['the system, for a role in a domain', { user: 'operator', scope: SYSTEM }],
    ['a user of a disabled domain', { user: 'locked-out', domain: 'closed', scope: project('web') }],
    ['a disabled user', { user: 'gone' }],
    ['an unknown project', { user: 'ann', scope: project('nowhere') }],
  ])('%s', async (_title, login) => {
    const { status, body } = await logIn(login);
    expect([status, body.error.message]).toEqual([401, 'The request you have made requires authentication.']);
  });
});

describe('A token for the system', () => {
  test('can be exchanged for one for the system, but not for a project or domain', async () => {
    const { 'x-subject-token': token } = (await logIn({ user: 'auditor', scope: SYSTEM })).headers;
    expect((await exchange(token, SYSTEM)).status).toBe(201);
    expect((await exchange(token, project('web'))).status).toBe(403);
    expect((await exchange(token, domain('partner'))).status).toBe(403);
  });

  test('returns 401 rather than 403 for a disabled project', async () => {
    const { 'x-subject-token': token } = (await logIn({ user: 'auditor', scope: SYSTEM })).headers;
    expect((await exchange(token, project('old'))).status).toBe(401);
    expect((await exchange(token, domain('closed'))).status).toBe(401);
  });
});

test('a token for a project can be exchanged for one for a domain in which the user has a role', async () => {
  const { 'x-subject-token': token } = (await logIn({ user: 'operator' })).headers;
  const response = await exchange(token, domain('partner'));
  expect([response.status, response.body.token.domain.name, response.body.token.methods.sort()]).toEqual([
    201,
    'partner',
    ['password', 'token'],
  ]);
  const { 'x-subject-token': otherToken } = (await logIn({ user: 'ann' })).headers;
  expect((await exchange(otherToken, domain('partner'))).status).toBe(401);
});

test('a reader of a domain lists only its projects, and a reader of the system lists all', async () => {
  const list = async (login: LogIn): Promise<readonly string[]> => {
    const { 'x-subject-token': token } = (await logIn(login)).headers;
    const response = await request(emulator.app).get('/identity/v3/projects').set('X-Auth-Token', String(token));
    return response.status === 200
      ? response.body.projects.map(({ name }: { name: string }) => name).sort()
      : [String(response.status)];
  };
  expect(await list({ user: 'operator', scope: domain('partner') })).toEqual(['partner-web']);
  expect(await list({ user: 'auditor', scope: SYSTEM })).toEqual(['closed-web', 'old', 'partner-web', 'web']);
  expect(await list({ user: 'ann' })).toEqual(['403']);
});

test('in the default fixtures the admin has a role in the system and the users have none', async () => {
  emulator = createTestEmulator({ fixtures: defaultFixtures() });
  expect((await logIn({ user: 'admin', scope: SYSTEM })).status).toBe(201);
  for (const user of ['demo', 'glance']) expect((await logIn({ user, scope: SYSTEM })).status).toBe(401);
});
