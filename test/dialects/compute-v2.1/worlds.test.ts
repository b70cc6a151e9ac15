import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { serve, serveProcess } from '../../support/cli.ts';
import { login, type StartedEmulator, startEmulator } from '../../support/emulator.ts';
import { filesOf } from '../../support/files.ts';

/** A client of an administrator. */
interface Client {
  readonly projectId: string;
  send(method: 'get' | 'post' | 'put' | 'delete', path: string, body?: object): Promise<request.Response>;
}

async function adminOf(url: string): Promise<Client> {
  const token = await login(url, { user: 'admin' });
  const headers = { 'X-Auth-Token': token, 'X-Subject-Token': token };
  const { body } = await request(url).get('/identity/v3/auth/tokens').set(headers);
  return {
    projectId: body.token.project.id,
    send(method, path, json) {
      const test = request(url)[method](`/compute/v2.1${path}`).set('X-Auth-Token', token);
      return json === undefined ? test : test.send(json);
    },
  };
}

/** Creates one record of each kind. */
async function change({ send, projectId }: Client): Promise<void> {
  const done = await Promise.all([
    send('post', '/flavors', { flavor: { name: 'made', id: 'made', ram: 64, vcpus: 1, disk: 1 } }),
    send('post', '/os-keypairs', { keypair: { name: 'made' } }),
    send('put', `/os-quota-sets/${projectId}`, { quota_set: { instances: 77 } }),
    send('put', '/os-quota-class-sets/default', { quota_class_set: { cores: 55 } }),
    send('post', '/os-server-groups', { server_group: { name: 'made', policies: ['affinity'] } }),
    send('post', '/os-aggregates', { aggregate: { name: 'made' } }),
  ]);
  expect(done.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
}

/** What a client sees of the records that `change` creates. */
async function view({ send, projectId }: Client): Promise<object> {
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);
  const { quota_set: quotas } = (await send('get', `/os-quota-sets/${projectId}`)).body;
  const { body: keypairs } = await send('get', '/os-keypairs');
  return {
    flavor: (await send('get', '/flavors/made')).status,
    keypairs: names(keypairs.keypairs.map(({ keypair }: { keypair: { name: string } }) => keypair)),
    quotas: [quotas.instances, quotas.cores],
    groups: names((await send('get', '/os-server-groups')).body.server_groups),
    aggregates: names((await send('get', '/os-aggregates')).body.aggregates),
  };
}

const UNCHANGED = { flavor: 404, keypairs: [], quotas: [10, 20], groups: [], aggregates: [] };
const CHANGED = { flavor: 200, keypairs: ['made'], quotas: [77, 55], groups: ['made'], aggregates: ['made'] };

describe('Flavors, key pairs, quotas, server groups and aggregates', () => {
  let emulator: StartedEmulator;
  let client: Client;
  beforeEach(async () => {
    emulator = await startEmulator();
    client = await adminOf(emulator.url);
  });
  afterEach(() => emulator.close());

  const admin = async (path: string, body: object = {}) => {
    const { status } = await request(emulator.url).post(`/__admin${path}`).send(body);
    expect(status).toBeLessThan(300);
  };

  test('are those of the parent in a fork, which changes them alone', async () => {
    await change(client);
    await admin('/worlds', { name: 'fork', fork: 'default' });
    const inFork = await adminOf(`${emulator.url}/w/fork`);
    expect(await view(inFork)).toEqual(CHANGED);
    await inFork.send('delete', '/flavors/made');
    await inFork.send('delete', '/os-keypairs/made');
    expect(await view(inFork)).toEqual({ ...CHANGED, flavor: 404, keypairs: [] });
    expect(await view(client)).toEqual(CHANGED);
  });

  test('are not seen in another world', async () => {
    await admin('/worlds', { name: 'other' });
    await change(client);
    expect(await view(await adminOf(`${emulator.url}/w/other`))).toEqual(UNCHANGED);
  });

  test('are as at the start after a reset', async () => {
    await change(client);
    await admin('/reset');
    expect(await view(await adminOf(emulator.url))).toEqual(UNCHANGED);
  });

  test('are kept by a state file', async () => {
    const state = filesOf({})('state.json');
    const first = await serveProcess(['--state', state]);
    const before = await adminOf(first.url);
    await change(before);
    const seen = await view(before);
    first.child.kill('SIGKILL');
    const second = await serve(['--state', state]);
    const after = await adminOf(second.url);
    expect(seen).toEqual(CHANGED);
    expect(await view(after)).toEqual(CHANGED);
    const { body } = await after.send('post', '/os-aggregates', { aggregate: { name: 'next' } });
    expect(body.aggregate.id).toBe(2);
  });
});
