// Requests to the identity services: logins, revocations, and records that are created and deleted again.
import { call, json, logIn, login } from './client.mjs';

const V3 = '/identity/v3';

/** Creates a record as an administrator, lets `use` work with its path, and deletes it. */
async function withRecord(server, { path, member, body, method = 'POST' }, use = () => 0) {
  const asAdmin = { token: server.admin.token };
  const created = await call(server, method, path, { ...asAdmin, body: { [member]: body }, expect: 201 });
  const own = method === 'PUT' ? path : `${path}/${json(created)[member].id}`;
  const requests = await use(own, json(created)[member]);
  await call(server, 'DELETE', own, { ...asAdmin, expect: 204 });
  return requests + 2;
}

async function loginOfClient(server, n) {
  await logIn(server, 'demo', { headers: { 'User-Agent': `client ${n}` } });
  return 1;
}

async function loginOfSameClient(server) {
  await logIn(server, 'demo');
  return 1;
}

async function loginAndRevoke(server) {
  const { token } = await logIn(server, 'demo2', { project: 'demo' });
  await call(server, 'GET', '/image/v2/images?limit=1', { token });
  await call(server, 'DELETE', `${V3}/auth/tokens`, { token, headers: { 'X-Subject-Token': token }, expect: 204 });
  await call(server, 'GET', '/image/v2/images?limit=1', { token, expect: 401 });
  return 4;
}

async function loginV2(server, n) {
  const body = { auth: { passwordCredentials: { username: 'demo', password: 'secret' }, tenantName: 'demo' } };
  await call(server, 'POST', '/identity/v2.0/tokens', { body, token: null, headers: { 'User-Agent': `v2 ${n}` } });
  return 1;
}

async function loginHuawei(server, n) {
  const headers = { 'User-Agent': `huawei ${n}` };
  await logIn(server, 'demo', { path: '/iam/v3/auth/tokens', headers });
  return 1;
}

async function loginRejected(server, n) {
  const body = login(`nobody ${n}`);
  await call(server, 'POST', `${V3}/auth/tokens`, { body, token: null, expect: 401 });
  await call(server, 'GET', '/image/v2/images', { token: `no-token-${n}`, expect: 401 });
  return 2;
}

async function credential(server, n) {
  const { token, user } = server.demo;
  const path = `${V3}/users/${user}/application_credentials`;
  const access = { service: 'image', method: 'GET', path: `/v2/images/${n}/**` };
  const body = { application_credential: { name: `robot ${n}`, secret: 's3cret', access_rules: [access] } };
  const { application_credential: created } = json(await call(server, 'POST', path, { token, body, expect: 201 }));
  const identity = {
    methods: ['application_credential'],
    application_credential: { id: created.id, secret: 's3cret' },
  };
  const logged = await call(server, 'POST', `${V3}/auth/tokens`, {
    body: { auth: { identity } },
    token: null,
    expect: 201,
  });
  const headers = { 'X-Auth-Token': logged.headers['x-subject-token'] };
  await call(server, 'GET', `/image/v2/images/${n}/file`, { headers, expect: 404 });
  await call(server, 'DELETE', `${path}/${created.id}`, { token, expect: 204 });
  await call(server, 'DELETE', `${V3}/users/${user}/access_rules/${created.access_rules[0].id}`, {
    token,
    expect: 204,
  });
  return 5;
}

const user = (server, n) =>
  withRecord(
    server,
    { path: `${V3}/users`, member: 'user', body: { name: `user ${n}`, password: 'secret' } },
    async (path, { id }) => {
      const asAdmin = { token: server.admin.token };
      const role = `${V3}/projects/${server.demo.project}/users/${id}/roles/${server.memberRole}`;
      await call(server, 'PUT', role, { ...asAdmin, expect: 204 });
      await logIn(server, `user ${n}`, { project: 'demo' });
      await call(server, 'PATCH', path, { ...asAdmin, body: { user: { password: `secret ${n}` } } });
      await call(server, 'DELETE', role, { ...asAdmin, expect: 204 });
      return 4;
    },
  );

const project = (server, n) =>
  withRecord(server, { path: `${V3}/projects`, member: 'project', body: { name: `project ${n}` } }, async (path) => {
    const asAdmin = { token: server.admin.token };
    await call(server, 'PUT', `${path}/tags/tag-${n}`, { ...asAdmin, expect: 201 });
    await call(server, 'PATCH', path, { ...asAdmin, body: { project: { description: `number ${n}` } } });
    return 2;
  });

const group = (server, n) =>
  withRecord(server, { path: `${V3}/groups`, member: 'group', body: { name: `group ${n}` } }, async (path) => {
    const member = `${path}/users/${server.reader.user}`;
    await call(server, 'PUT', member, { token: server.admin.token, expect: 204 });
    await call(server, 'DELETE', member, { token: server.admin.token, expect: 204 });
    return 2;
  });

async function records(server, n) {
  const region = { path: `${V3}/regions`, member: 'region', body: { id: `region-${n}` } };
  const service = { path: `${V3}/services`, member: 'service', body: { name: `service ${n}`, type: `type-${n}` } };
  const kept = {
    path: `${V3}/credentials`,
    member: 'credential',
    body: { type: `t${n}`, blob: `${n}`, user_id: server.demo.user },
  };
  const role = { path: `${V3}/roles`, member: 'role', body: { name: `role ${n}` } };
  const consumer = { path: `${V3}/OS-OAUTH1/consumers`, member: 'consumer', body: { description: `${n}` } };
  const domainBody = { name: `domain ${n}`, enabled: false };
  const domain = { path: `${V3}/domains`, member: 'domain', body: domainBody };
  let requests = 0;
  for (const each of [region, service, kept, role, consumer, domain]) requests += await withRecord(server, each);
  return requests;
}

async function trust(server, n) {
  const body = {
    trustor_user_id: server.demo.user,
    trustee_user_id: server.other.user,
    project_id: server.demo.project,
    impersonation: false,
    roles: [{ name: 'member' }],
    expires_at: new Date(Date.UTC(2099) + n * 1000).toISOString(),
  };
  const path = `${V3}/OS-TRUST/trusts`;
  const { token } = server.demo;
  const { id } = json(await call(server, 'POST', path, { token, body: { trust: body }, expect: 201 })).trust;
  await call(server, 'DELETE', `${path}/${id}`, { token, expect: 204 });
  return 2;
}

async function ec2(server) {
  const { token, user: id, project: tenant } = server.demo;
  const path = `${V3}/users/${id}/credentials/OS-EC2`;
  const created = json(await call(server, 'POST', path, { token, body: { tenant_id: tenant }, expect: 201 }));
  await call(server, 'DELETE', `${path}/${created.credential.access}`, { token, expect: 204 });
  return 2;
}

/** Kinds of requests. Each function gets a number that no other has, and returns how many requests it has sent. */
export const IDENTITY_KINDS = {
  'login of a new client': loginOfClient,
  'login of the same client': loginOfSameClient,
  'login, revoked': loginAndRevoke,
  'login to v2.0': loginV2,
  'login to IAM': loginHuawei,
  'login rejected': loginRejected,
  'application credential': credential,
  user,
  project,
  group,
  'other records': records,
  trust,
  'EC2 credential': ec2,
};
