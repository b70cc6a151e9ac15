import { beforeEach, describe, expect, test } from '@jest/globals';
import { faultOf, openSession, type Session } from './support.ts';

let demo: Session;
let admin: Session;
beforeEach(async () => {
  demo = await openSession();
  admin = await demo.as('admin');
});

const FLAVOR = { name: 'tiny', id: 'tiny', ram: 64, vcpus: 1, disk: 1 };

const boot = (session: Session, server: object = {}, hints: object = {}) =>
  session.send('post', '/servers').send({
    server: { name: 'vm', imageRef: session.imageId('demo-private'), flavorRef: '2', ...server },
    'os:scheduler_hints': hints,
  });

describe('A flavor that an administrator creates', () => {
  test('is used by other projects, and servers keep its sizes after it is deleted', async () => {
    expect((await admin.send('post', '/flavors').send({ flavor: FLAVOR })).status).toBe(200);
    const { body } = await boot(demo, { flavorRef: 'tiny' });
    expect((await admin.send('delete', '/flavors/tiny')).status).toBe(202);
    expect((await demo.send('get', '/flavors/tiny')).status).toBe(404);
    const shown = await demo.send('get', `/servers/${body.server.id}`, 47);
    expect(shown.body.server.flavor).toMatchObject({ original_name: 'tiny', ram: 64 });
  });

  test('is seen by the projects that have access', async () => {
    const flavor = { ...FLAVOR, 'os-flavor-access:is_public': false };
    await admin.send('post', '/flavors').send({ flavor });
    expect((await demo.send('get', '/flavors/tiny')).status).toBe(404);
    const action = (name: string) =>
      admin.send('post', '/flavors/tiny/action').send({ [name]: { tenant: demo.projectId } });
    expect((await action('addTenantAccess')).body.flavor_access).toEqual([
      { flavor_id: 'tiny', tenant_id: demo.projectId },
    ]);
    expect((await demo.send('get', '/flavors/tiny')).status).toBe(200);
    expect((await action('removeTenantAccess')).body.flavor_access).toEqual([]);
    expect((await demo.send('get', '/flavors/tiny')).status).toBe(404);
  });

  test('has extra specs, which are checked from microversion 2.86', async () => {
    await admin.send('post', '/flavors').send({ flavor: FLAVOR });
    const add = (extra_specs: object, minor: number) =>
      admin.send('post', '/flavors/tiny/os-extra_specs', minor).send({ extra_specs });
    expect((await add({ 'hw:cpu_policy': 'none' }, 85)).status).toBe(200);
    expect(await faultOf(add({ 'hw:cpu_policy': 'none' }, 86))).toEqual([
      400,
      'badRequest',
      "Validation failed; 'none' is not one of: dedicated, shared, mixed.",
    ]);
    expect(await faultOf(add({ 'os:monitors': '9' }, 86))).toEqual([
      400,
      'badRequest',
      "Validation failed; '9' is greater than the max value of '8'.",
    ]);
    expect((await demo.send('get', '/flavors/tiny/os-extra_specs')).body.extra_specs).toEqual({
      'hw:cpu_policy': 'none',
    });
  });
});

describe('Quotas that an administrator changes', () => {
  const change = (quota_set: object, query = '') =>
    admin.send('put', `/os-quota-sets/${demo.projectId}${query}`).send({ quota_set });

  const usedInstances = async (): Promise<number> =>
    (await demo.send('get', `/os-quota-sets/${demo.projectId}/detail`)).body.quota_set.instances.in_use;

  test('limit new servers of the project', async () => {
    const used = await usedInstances();
    expect((await change({ instances: used + 1, cores: -1, ram: -1 })).status).toBe(200);
    expect((await boot(demo)).status).toBe(202);
    expect(await faultOf(boot(demo))).toEqual([
      403,
      'forbidden',
      `Quota exceeded for instances: Requested 1, but already used ${used + 1} of ${used + 1} instances`,
    ]);
    const { body } = await demo.send('get', '/limits');
    expect(body.limits.absolute).toMatchObject({ maxTotalInstances: used + 1, totalInstancesUsed: used + 1 });
  });

  test('limit one user, and no more than the project', async () => {
    const { userId = '' } = demo.world.identity.callerOf(demo.token) ?? {};
    const query = `?user_id=${userId}`;
    expect((await change({ key_pairs: 0 }, query)).status).toBe(200);
    expect((await demo.send('post', '/os-keypairs').send({ keypair: { name: 'one' } })).status).toBe(403);
    expect(await faultOf(change({ key_pairs: 101 }, query))).toEqual([
      400,
      'badRequest',
      'Quota limit 101 for key_pairs must be less than or equal to 100.',
    ]);
    expect((await change({ key_pairs: 101, force: true }, query)).status).toBe(200);
    expect((await admin.send('delete', `/os-quota-sets/${demo.projectId}${query}`)).status).toBe(202);
    expect((await demo.send('post', '/os-keypairs').send({ keypair: { name: 'one' } })).status).toBe(200);
  });

  test('are not lower than what is used, unless the change is forced', async () => {
    const used = await usedInstances();
    expect(used).toBeGreaterThan(0);
    expect((await change({ instances: used - 1 })).status).toBe(400);
    expect((await change({ instances: used - 1, force: true })).status).toBe(200);
  });

  test('apply to all projects as those of the class default', async () => {
    await admin.send('put', '/os-quota-class-sets/default').send({ quota_class_set: { cores: 7 } });
    const shown = await demo.send('get', `/os-quota-sets/${demo.projectId}`);
    expect(shown.body.quota_set.cores).toBe(7);
  });

  test('limit the metadata and the files of a server', async () => {
    await change({ metadata_items: 1, injected_files: 0 });
    expect(await faultOf(boot(demo, { metadata: { a: '1', b: '2' } }))).toEqual([
      403,
      'forbidden',
      'Maximum number of metadata items exceeds 1',
    ]);
    expect((await boot(demo, { personality: [{ path: '/a', contents: 'YQ==' }] })).status).toBe(403);
  });
});

describe('A server group', () => {
  const group = async (): Promise<string> => {
    const server_group = { name: 'pair', policies: ['affinity'] };
    return (await demo.send('post', '/os-server-groups').send({ server_group })).body.server_group.id;
  };

  test('lists the servers that were created in it and still exist', async () => {
    const id = await group();
    const { body } = await boot(demo, {}, { group: id });
    const members = async () => (await demo.send('get', `/os-server-groups/${id}`)).body.server_group.members;
    expect(await members()).toEqual([body.server.id]);
    await demo.send('delete', `/servers/${body.server.id}`);
    expect(await members()).toEqual([]);
  });

  test('has no more servers than its quota allows', async () => {
    const quota_set = { server_group_members: 0 };
    await admin.send('put', `/os-quota-sets/${demo.projectId}`).send({ quota_set });
    expect(await faultOf(boot(demo, {}, { group: await group() }))).toEqual([
      403,
      'forbidden',
      'Quota exceeded, too many servers in group',
    ]);
  });

  test('is unknown to other projects', async () => {
    const other = await demo.as('alt_demo');
    const id = await group();
    expect((await other.send('get', `/os-server-groups/${id}`)).status).toBe(404);
    expect((await boot(other, { imageRef: other.imageId('alt-private') }, { group: id })).status).toBe(400);
  });
});

test('There are no compute hosts: aggregates are empty, and their metadata is kept', async () => {
  const created = await admin.send('post', '/os-aggregates').send({ aggregate: { name: 'fast' } });
  const { id } = created.body.aggregate;
  const act = (body: object) => admin.send('post', `/os-aggregates/${id}/action`).send(body);
  expect(await faultOf(act({ add_host: { host: 'h' } }))).toEqual([
    404,
    'itemNotFound',
    'Compute host h could not be found.',
  ]);
  await act({ set_metadata: { metadata: { ssd: 'true' } } });
  const { body } = await admin.send('get', '/os-aggregates');
  expect(body.aggregates).toMatchObject([{ id, name: 'fast', hosts: [], metadata: { ssd: 'true' } }]);
  expect((await admin.send('get', '/os-hypervisors/detail')).body).toEqual({ hypervisors: [] });
  expect((await demo.send('get', '/os-services')).status).toBe(403);
});
