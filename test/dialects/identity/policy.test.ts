import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { defaultFixtures } from '../../../src/fixtures/default-fixtures.ts';
import type { FixtureSet } from '../../../src/fixtures/fixture-set.ts';
import { KEEP_ALIVE, type StartedEmulator, startEmulator } from '../../support/emulator.ts';
import { EXTENSION_REQUESTS } from './extension-requests.ts';
import { GRANT_REQUESTS, type Method, type PolicyRequest } from './policy-requests.ts';

/** What Keystone 22 returned to each kind of caller: the statuses by operation, in the order of the callers. */
const RECORDED = JSON.parse(readFileSync(new URL('./recorded/policy.json', import.meta.url), 'utf8')) as {
  readonly callers: readonly string[];
  readonly statuses: Readonly<Record<string, string>>;
};

const acmeUser = (name: string, roles: readonly string[]) => ({
  name,
  domain: 'acme',
  domainRoles: { acme: [...roles] },
});

/** The cloud in which the statuses were recorded. */
const fixtures = (): FixtureSet => {
  const defaults = defaultFixtures();
  return {
    ...defaults,
    domains: [{ name: 'Default' }, { name: 'acme' }],
    roles: [...new Set([...defaults.roles, 'service'])],
    projects: [...defaults.projects, { name: 'workshop', domain: 'acme' }, { name: 'policy-service' }],
    users: [
      ...defaults.users,
      { name: 'policy_svc', roles: { 'policy-service': ['service'] } },
      acmeUser('a_reader', ['reader']),
      acmeUser('a_member', ['member']),
      acmeUser('a_admin', ['admin']),
      { name: 'ap_admin', domain: 'acme', roles: { workshop: ['admin'] } },
      { name: 's_reader', systemRoles: ['reader'] },
      { name: 's_member', systemRoles: ['member'] },
    ],
  };
};

const DEFAULT = { name: 'Default' };
const ACME = { name: 'acme' };
const project = (name: string, domain: object = DEFAULT) => ({ project: { name, domain } });
const SYSTEM = { system: { all: true } };

/** User, domain and scope of each kind of caller that has a token. */
const LOG_INS: Readonly<Record<string, readonly [user: string, domain: object, scope: unknown]>> = {
  unscoped: ['demo', DEFAULT, 'unscoped'],
  demo: ['demo', DEFAULT, project('demo')],
  reader: ['demo_reader', DEFAULT, project('demo')],
  svc: ['policy_svc', DEFAULT, project('policy-service')],
  a_reader: ['a_reader', ACME, { domain: ACME }],
  a_member: ['a_member', ACME, { domain: ACME }],
  ap_admin: ['ap_admin', ACME, project('workshop', ACME)],
  a_admin: ['a_admin', ACME, { domain: ACME }],
  s_reader: ['s_reader', DEFAULT, SYSTEM],
  s_member: ['s_member', DEFAULT, SYSTEM],
  s_admin: ['admin', DEFAULT, SYSTEM],
  admin: ['admin', DEFAULT, project('admin')],
};

let emulator: StartedEmulator;
const tokens = new Map<string, string>([['bad', 'no-such-token']]);
const ids = new Map<string, string>();
let count = 0;

const send = (method: Method, path: string, token: string | undefined, body?: object) => {
  const pending = request(emulator.url)
    [method](`/identity${fill(path)}`)
    .agent(KEEP_ALIVE);
  if (token !== undefined) pending.set('X-Auth-Token', token);
  return body === undefined ? pending : pending.send(JSON.parse(fill(JSON.stringify(body))) as object);
};

/** Fills ids, and a new name for each request. */
function fill(text: string): string {
  count += 1;
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'new' ? `new${count}` : (ids.get(name) ?? name)));
}

async function logIn(caller: string): Promise<string> {
  const [name, domain, scope] = LOG_INS[caller] as readonly [string, object, unknown];
  const user = { name, domain, password: 'secret' };
  const response = await send('post', '/v3/auth/tokens', undefined, {
    auth: { identity: { methods: ['password'], password: { user } }, scope },
  });
  return response.headers['x-subject-token'] as string;
}

async function idOf(path: string, many: string): Promise<string> {
  const response = await send('get', path, tokens.get('admin'));
  return response.body[many][0].id as string;
}

async function create(path: string, body: Readonly<Record<string, object>>): Promise<string> {
  const [one = ''] = Object.keys(body);
  return (await send('post', path, tokens.get('admin'), body)).body[one].id as string;
}

beforeAll(async () => {
  emulator = await startEmulator({ fixtures: fixtures() });
  for (const caller of Object.keys(LOG_INS)) tokens.set(caller, await logIn(caller));
  ids.set('unknown', '11111111-1111-4111-8111-111111111111');
  ids.set('acme', await idOf('/v3/domains?name=acme', 'domains'));
  ids.set('workshop', await idOf('/v3/projects?name=workshop', 'projects'));
  ids.set('demo', await idOf('/v3/projects?name=demo', 'projects'));
  ids.set('alt', await idOf('/v3/projects?name=alt_demo', 'projects'));
  ids.set('defaultUser', await idOf('/v3/users?name=policy_svc', 'users'));
  ids.set('acmeUser', await create('/v3/users', { user: { name: 'target', domain_id: '{acme}' } }));
  ids.set('groupA', await create('/v3/groups', { group: { name: 'target', domain_id: '{acme}' } }));
  ids.set('groupD', await create('/v3/groups', { group: { name: 'target' } }));
  ids.set('implied', await create('/v3/roles', { role: { name: 'implied' } }));
  ids.set('otherUser', await create('/v3/users', { user: { name: 'other' } }));
  ids.set('role', await create('/v3/roles', { role: { name: 'target' } }));
  ids.set('roleA', await create('/v3/roles', { role: { name: 'target', domain_id: '{acme}' } }));
  ids.set('service', await create('/v3/services', { service: { type: 'target' } }));
  ids.set(
    'endpoint',
    await create('/v3/endpoints', {
      endpoint: { service_id: '{service}', interface: 'public', url: 'http://127.0.0.1/' },
    }),
  );
  ids.set('policy', await create('/v3/policies', { policy: { type: 'x', blob: 'x' } }));
  ids.set('region', await create('/v3/regions', { region: {} }));
  ids.set(
    'endpointGroup',
    await create('/v3/OS-EP-FILTER/endpoint_groups', {
      endpoint_group: { name: 'target', filters: { interface: 'public' } },
    }),
  );
  ids.set('consumer', await create('/v3/OS-OAUTH1/consumers', { consumer: {} }));
});
afterAll(() => emulator.close());

const crud = (one: string, path: string, created: object, id: string): Readonly<Record<string, PolicyRequest>> => ({
  [`list-${one}`]: ['get', path],
  [`get-${one}`]: ['get', `${path}/{${id}}`],
  [`get-${one}-unknown`]: ['get', `${path}/{unknown}`],
  [`create-${one}`]: ['post', path, { [one]: created }],
  [`update-${one}`]: ['patch', `${path}/{${id}}`, { [one]: { colour: 'red' } }],
  [`update-${one}-unknown`]: ['patch', `${path}/{unknown}`, { [one]: { colour: 'red' } }],
  [`delete-${one}-unknown`]: ['delete', `${path}/{unknown}`],
});

const REQUESTS: Readonly<Record<string, PolicyRequest>> = {
  'list-domains': ['get', '/v3/domains'],
  'get-domain-A': ['get', '/v3/domains/{acme}'],
  'get-domain-D': ['get', '/v3/domains/default'],
  'get-domain-unknown': ['get', '/v3/domains/{unknown}'],
  'create-domain': ['post', '/v3/domains', { domain: { name: '{new}' } }],
  'create-domain-bad': ['post', '/v3/domains', { domain: { name: 5 } }],
  'update-domain-A': ['patch', '/v3/domains/{acme}', { domain: { description: 'x' } }],
  'update-domain-unknown': ['patch', '/v3/domains/{unknown}', { domain: { description: 'x' } }],
  'delete-domain-unknown': ['delete', '/v3/domains/{unknown}'],
  'get-domain-config-default': ['get', '/v3/domains/config/default'],
  'get-domain-config-A': ['get', '/v3/domains/{acme}/config'],
  'list-projects': ['get', '/v3/projects'],
  'list-projects-A': ['get', '/v3/projects?domain_id={acme}'],
  'get-project-A': ['get', '/v3/projects/{workshop}'],
  'get-project-D': ['get', '/v3/projects/{demo}'],
  'get-project-D2': ['get', '/v3/projects/{alt}'],
  'get-project-unknown': ['get', '/v3/projects/{unknown}'],
  'create-project-A': ['post', '/v3/projects', { project: { name: '{new}', domain_id: '{acme}' } }],
  'create-project-none': ['post', '/v3/projects', { project: { name: '{new}' } }],
  'create-project-bad': ['post', '/v3/projects', { project: { name: 5 } }],
  'update-project-A': ['patch', '/v3/projects/{workshop}', { project: { description: 'x' } }],
  'update-project-unknown': ['patch', '/v3/projects/{unknown}', { project: { description: 'x' } }],
  'delete-project-unknown': ['delete', '/v3/projects/{unknown}'],
  'list-tags-A': ['get', '/v3/projects/{workshop}/tags'],
  'put-tags-A': ['put', '/v3/projects/{workshop}/tags', { tags: ['one'] }],
  'put-tag-A': ['put', '/v3/projects/{workshop}/tags/{new}'],
  'get-tag-missing-A': ['get', '/v3/projects/{workshop}/tags/none'],
  'list-tags-D': ['get', '/v3/projects/{demo}/tags'],
  'get-tag-missing-D': ['get', '/v3/projects/{demo}/tags/none'],
  'delete-tags-D': ['delete', '/v3/projects/{demo}/tags'],
  'list-users': ['get', '/v3/users'],
  'list-users-A': ['get', '/v3/users?domain_id={acme}'],
  'list-users-D': ['get', '/v3/users?domain_id=default'],
  'get-user-A': ['get', '/v3/users/{acmeUser}'],
  'get-user-D': ['get', '/v3/users/{defaultUser}'],
  'get-user-unknown': ['get', '/v3/users/{unknown}'],
  'create-user-A': ['post', '/v3/users', { user: { name: '{new}', domain_id: '{acme}' } }],
  'create-user-none': ['post', '/v3/users', { user: { name: '{new}' } }],
  'create-user-bad': ['post', '/v3/users', { user: { name: 5 } }],
  'update-user2-A': ['patch', '/v3/users/{acmeUser}', { user: { description: 'x' } }],
  'update-user2-D': ['patch', '/v3/users/{defaultUser}', { user: { description: 'x' } }],
  'update-user-unknown': ['patch', '/v3/users/{unknown}', { user: { description: 'x' } }],
  'delete-user-unknown': ['delete', '/v3/users/{unknown}'],
  'list-groups': ['get', '/v3/groups'],
  'create-group-A': ['post', '/v3/groups', { group: { name: '{new}', domain_id: '{acme}' } }],
  'create-group-bad': ['post', '/v3/groups', { group: { name: 5 } }],
  'get-group-A': ['get', '/v3/groups/{groupA}'],
  'get-group-D': ['get', '/v3/groups/{groupD}'],
  'get-group-unknown': ['get', '/v3/groups/{unknown}'],
  'update-group-D': ['patch', '/v3/groups/{groupD}', { group: { description: 'x' } }],
  'delete-group-unknown': ['delete', '/v3/groups/{unknown}'],
  'list-roles': ['get', '/v3/roles'],
  'list-roles-A': ['get', '/v3/roles?domain_id={acme}'],
  'get-role-A': ['get', '/v3/roles/{roleA}'],
  'create-role-A': ['post', '/v3/roles', { role: { name: '{new}', domain_id: '{acme}' } }],
  ...crud('role', '/v3/roles', { name: '{new}' }, 'role'),
  ...crud('region', '/v3/regions', {}, 'region'),
  ...crud('service', '/v3/services', { type: 'x' }, 'service'),
  ...crud(
    'endpoint',
    '/v3/endpoints',
    { service_id: '{service}', interface: 'public', url: 'http://127.0.0.1/' },
    'endpoint',
  ),
  ...crud('policy', '/v3/policies', { type: 'x', blob: 'x' }, 'policy'),
  ...GRANT_REQUESTS,
  ...EXTENSION_REQUESTS,
  ...crud(
    'endpoint_group',
    '/v3/OS-EP-FILTER/endpoint_groups',
    { name: 'x', filters: { interface: 'public' } },
    'endpointGroup',
  ),
  'update-endpoint_group': [
    'patch',
    '/v3/OS-EP-FILTER/endpoint_groups/{endpointGroup}',
    { endpoint_group: { description: 'x' } },
  ],
  ...crud('consumer', '/v3/OS-OAUTH1/consumers', {}, 'consumer'),
  'limit-model': ['get', '/v3/limits/model'],
  'list-reg': ['get', '/v3/registered_limits'],
  'get-reg-unknown': ['get', '/v3/registered_limits/{unknown}'],
  'get-limit-unknown': ['get', '/v3/limits/{unknown}'],
  'list-idp': ['get', '/v3/OS-FEDERATION/identity_providers'],
  'get-idp-unknown': ['get', '/v3/OS-FEDERATION/identity_providers/nothing'],
  'create-idp': ['put', '/v3/OS-FEDERATION/identity_providers/{new}', { identity_provider: {} }],
  'list-mapping': ['get', '/v3/OS-FEDERATION/mappings'],
  'get-mapping-unknown': ['get', '/v3/OS-FEDERATION/mappings/nothing'],
  'list-sp': ['get', '/v3/OS-FEDERATION/service_providers'],
  'get-sp-unknown': ['get', '/v3/OS-FEDERATION/service_providers/nothing'],
};

describe('Keystone and Sideglance permit the same', () => {
  test.each(Object.entries(REQUESTS).filter(([id]) => RECORDED.statuses[id] !== undefined))(
    '%s',
    async (id, [method, path, body, before]) => {
      const statuses: number[] = [];
      for (const caller of RECORDED.callers) {
        if (before !== undefined) await send(...before, tokens.get('admin'));
        statuses.push((await send(method, path, tokens.get(caller), body)).status);
      }
      expect(statuses.join(' ')).toBe(RECORDED.statuses[id]);
    },
  );
});

test('A token for a project reads that project with any role', async () => {
  ids.set('ownProject', await idOf('/v3/projects?name=policy-service', 'projects'));
  for (const path of ['/v3/projects/{ownProject}', '/v3/projects/{ownProject}/tags', '/v3/domains/default']) {
    expect((await send('get', path, tokens.get('svc'))).status).toBe(200);
  }
});

test('A domain is read as a project by readers whose token is for no domain', async () => {
  const read = async (caller: string) => (await send('get', '/v3/projects/default', tokens.get(caller))).status;
  expect([await read('reader'), await read('a_reader'), await read('svc'), await read('unscoped')]).toEqual([
    200, 403, 403, 403,
  ]);
});
