import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { contract } from '../../../src/dialects/identity/contract.ts';
import { KEEP_ALIVE, type StartedEmulator, startEmulator } from '../../support/emulator.ts';
import type { Method } from './policy-requests.ts';

/** An operation, and what Keystone 22 returns from it when X-Subject-Token holds no token: status and first line of the message. */
type RecordedRow = readonly [
  operation: keyof typeof contract.operations,
  unknownAsDemo: string,
  unknownAsAdmin: string,
  knownAsDemo: string,
];

const RECORDED = JSON.parse(
  readFileSync(new URL('./recorded/subject-token.json', import.meta.url), 'utf8'),
) as readonly RecordedRow[];

/** What the paths name, as far as it needs no request. */
const NAMED: readonly (readonly [string, string])[] = [
  ['idp_id', 'idp'],
  ['mapping_id', 'mapping'],
  ['protocol_id', 'protocol'],
  ['sp_id', 'sp'],
  ['group', 'identity'],
  ['option', 'driver'],
  ['tag', 't'],
];

let emulator: StartedEmulator;
const ids = new Map<string, string>(NAMED);
const tokens = new Map<string, string>();

const fill = (text: string): string => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids.get(name) ?? 'nope');

const send = (method: Method, path: string, headers: Readonly<Record<string, string>>, body?: object) => {
  const pending = request(emulator.url)[method](`/identity${path}`).agent(KEEP_ALIVE).set(headers);
  return body === undefined ? pending : pending.send(JSON.parse(fill(JSON.stringify(body))) as object);
};

async function logIn(name: string, projectName: string): Promise<string> {
  const domain = { name: 'Default' };
  const user = { name, domain, password: 'secret' };
  const response = await send(
    'post',
    '/v3/auth/tokens',
    {},
    {
      auth: {
        identity: { methods: ['password'], password: { user } },
        scope: { project: { name: projectName, domain } },
      },
    },
  );
  return response.headers['x-subject-token'] as string;
}

/** Creates a record and keeps its id under a name. */
async function create(name: string, path: string, body: object, as = 'admin'): Promise<void> {
  const response = await send('post', fill(path), { 'X-Auth-Token': tokens.get(as) ?? '' }, body);
  const [created] = Object.values(response.body as Readonly<Record<string, unknown>>).flat() as [{ id: string }];
  ids.set(name, created.id);
}

async function idOf(path: string, many: string): Promise<string> {
  const response = await send('get', path, { 'X-Auth-Token': tokens.get('admin') ?? '' });
  return response.body[many][0].id as string;
}

async function createRecords(): Promise<void> {
  await create('domain_id', '/v3/domains', { domain: { name: 'one' } });
  await create('project_id', '/v3/projects', { project: { name: 'owned' } });
  await create('user_id', '/v3/users', { user: { name: 'owner', password: 'secret' } });
  await create('group_id', '/v3/groups', { group: { name: 'one' } });
  await create('role_id', '/v3/roles', { role: { name: 'one' } });
  await create('implies_role_id', '/v3/roles', { role: { name: 'two' } });
  ids.set('prior_role_id', ids.get('role_id') ?? '');
  await create('region_id', '/v3/regions', { region: {} });
  await create('service_id', '/v3/services', { service: { type: 'x' } });
  await create('endpoint_id', '/v3/endpoints', {
    endpoint: { service_id: '{service_id}', interface: 'public', url: 'http://127.0.0.1/' },
  });
  await create('credential_id', '/v3/credentials', { credential: { type: 'cert', blob: 'x', user_id: '{user_id}' } });
  await create('policy_id', '/v3/policies', { policy: { type: 'x', blob: 'x' } });
  await create('endpoint_group_id', '/v3/OS-EP-FILTER/endpoint_groups', {
    endpoint_group: { name: 'x', filters: { interface: 'public' } },
  });
  await create('consumer_id', '/v3/OS-OAUTH1/consumers', { consumer: {} });
  const limited = { service_id: '{service_id}', resource_name: 'x' };
  await create('registered_limit_id', '/v3/registered_limits', {
    registered_limits: [{ ...limited, default_limit: 5 }],
  });
  await create('limit_id', '/v3/limits', {
    limits: [{ ...limited, resource_limit: 5, project_id: '{project_id}' }],
  });
}

async function createDelegations(): Promise<void> {
  ids.set('member', await idOf('/v3/roles?name=member', 'roles'));
  ids.set('demo', await idOf('/v3/users?name=demo', 'users'));
  const grant = fill('/v3/projects/{project_id}/users/{user_id}/roles/{member}');
  await send('put', grant, { 'X-Auth-Token': tokens.get('admin') ?? '' });
  tokens.set('owner', await logIn('owner', 'owned'));
  const credential = { application_credential: { name: 'x' } };
  await create('application_credential_id', '/v3/users/{user_id}/application_credentials', credential, 'owner');
  const trust = { trustor_user_id: '{user_id}', trustee_user_id: '{demo}', project_id: '{project_id}' };
  await create(
    'trust_id',
    '/v3/OS-TRUST/trusts',
    { trust: { ...trust, impersonation: true, roles: [{ name: 'member' }] } },
    'owner',
  );
}

beforeAll(async () => {
  emulator = await startEmulator();
  tokens.set('admin', await logIn('admin', 'admin'));
  tokens.set('demo', await logIn('demo', 'demo'));
  await createRecords();
  await createDelegations();
});
afterAll(() => emulator.close());

/** Sends a request of an operation with a subject that is no token. @returns what `RecordedRow` holds. */
async function outcomeOf(operation: RecordedRow[0], path: string, caller: string): Promise<string> {
  const { method } = contract.operations[operation];
  const headers = { 'X-Auth-Token': tokens.get(caller) ?? '', 'X-Subject-Token': 'nope' };
  const hasBody = method !== 'get' && method !== 'delete';
  const { status, body } = await send(method as Method, path, headers, hasBody ? {} : undefined);
  const message: unknown = body.error?.message;
  const line = typeof message === 'string' ? ` ${message.split('\n')[0]}` : '';
  return `${status}${line}`.replaceAll(/[0-9a-f]{32,64}/g, 'HEX');
}

describe('A malformed X-Subject-Token gets the recorded response', () => {
  test.each(RECORDED)('%s', async (operation, ...recorded) => {
    const { path } = contract.operations[operation];
    const unknown = path.replaceAll(/\{\w+\}/g, 'nope');
    expect([
      await outcomeOf(operation, unknown, 'demo'),
      await outcomeOf(operation, unknown, 'admin'),
      await outcomeOf(operation, fill(path), 'demo'),
    ]).toEqual(recorded);
  });
});

const listRegions = (subject: string, headers: Readonly<Record<string, string>> = {}, query = '') =>
  send('get', `/v3/regions${query}`, {
    'X-Auth-Token': tokens.get('admin') ?? '',
    'X-Subject-Token': subject,
    ...headers,
  });

test('A list accepts any valid token in X-Subject-Token, and no empty one', async () => {
  expect((await listRegions(tokens.get('demo') ?? '')).status).toBe(200);
  const empty = await listRegions('');
  expect([empty.status, empty.body.error.message]).toEqual([404, 'No token in the request']);
});

/** Logs in with a new application credential of the user `owner`. */
async function logInWithCredential(members: object): Promise<string> {
  const credential = { application_credential: { secret: 's', ...members } };
  await create('credential', '/v3/users/{user_id}/application_credentials', credential, 'owner');
  const identity = {
    methods: ['application_credential'],
    application_credential: { id: '{credential}', secret: 's' },
  };
  const response = await send('post', '/v3/auth/tokens', {}, { auth: { identity } });
  return response.headers['x-subject-token'] as string;
}

test('A token with access rules is not found by clients that do not understand them', async () => {
  const rules = [{ path: '/v2', method: 'GET', service: 'image' }];
  const subject = await logInWithCredential({ name: 'limited', access_rules: rules });
  expect((await listRegions(subject)).body.error.message).toBe('Failed to validate token');
  expect((await listRegions(subject, { 'OpenStack-Identity-Access-Rules': '1.0' })).status).toBe(200);
});

test('An expired token in X-Subject-Token is accepted with allow_expired', async () => {
  const now = Date.now();
  const subject = await logInWithCredential({ name: 'short', expires_at: new Date(now + 60_000).toISOString() });
  await request(emulator.url)
    .put('/__admin/clock')
    .send({ set: new Date(now + 120_000).toISOString() })
    .expect(200);
  tokens.set('admin', await logIn('admin', 'admin'));
  expect((await listRegions(subject)).body.error.message).toBe('Failed to validate token');
  expect((await listRegions(subject, {}, '?allow_expired=1')).status).toBe(200);
  await request(emulator.url).put('/__admin/clock').send({ resume: true }).expect(200);
});
