import { expect, test } from '@jest/globals';
import { openSession } from './support.ts';

const DAY = '?start=2026-11-20T12:00:00&end=2026-11-21T12:00:00';

test('The usage of one project lists its servers, that of all projects does so on demand', async () => {
  const demo = await openSession();
  const admin = await demo.as('admin');
  const shown = (await demo.send('get', `/os-simple-tenant-usage/${demo.projectId}${DAY}`)).body.tenant_usage;
  expect(shown.server_usages.map(({ instance_id: id }: { instance_id: string }) => id).sort()).toEqual(
    demo.world.servers
      .list({ projectId: demo.projectId })
      .filter(({ status }) => status !== 'BUILD')
      .map(({ id }) => id)
      .sort(),
  );
  const listed = async (query: string) =>
    (await admin.send('get', `/os-simple-tenant-usage${DAY}${query}`)).body.tenant_usages.find(
      (usage: { tenant_id: string }) => usage.tenant_id === demo.projectId,
    );
  expect(await listed('')).not.toHaveProperty('server_usages');
  const { server_usages: servers } = await listed('&detailed=1');
  expect(servers).toHaveLength(shown.server_usages.length);
  expect(servers).toEqual(expect.arrayContaining(shown.server_usages));
});
