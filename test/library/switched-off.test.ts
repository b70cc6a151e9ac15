import { expect, test } from '@jest/globals';
import { AdminError, type Sideglance, startSideglance } from '../../src/index.ts';

async function withCloud(options: object, run: (cloud: Sideglance) => Promise<void>): Promise<void> {
  const cloud = await startSideglance(options);
  await run(cloud).finally(() => cloud.close());
}

test('a journal of size 0 stores nothing, and checks of it are inconclusive', async () => {
  await withCloud({ journalSize: 0 }, async (cloud) => {
    await fetch(`${cloud.url}/image/v2/images`);
    await fetch(`${cloud.url}/image/nowhere`);
    expect(cloud.requests.list()).toMatchObject({ requests: [], recorded: 2, dropped: 2 });
    expect(cloud.requests.verify({ requests: { operation: 'image-v2.listImages' }, exactly: 0 }).result).toBe(
      'inconclusive',
    );
    expect(cloud.conduct().verdict).toBe('inconclusive');
    expect(
      cloud.coverage().cells.find(({ operation, status }) => operation === 'listImages' && status === 401),
    ).toMatchObject({
      dialect: 'image-v2',
      natural: 1,
    });
  });
});

test('coverage that is off refuses reports, while the journal goes on', async () => {
  await withCloud({ coverage: false }, async (cloud) => {
    await fetch(`${cloud.url}/image/v2/images`);
    expect(cloud.requests.list().requests).toMatchObject([{ operation: 'image-v2.listImages', status: 401 }]);
    expect(() => cloud.coverage()).toThrow(AdminError);
    expect(() => cloud.coverage({ worlds: 'all' })).toThrow('Coverage is off. Start without "--coverage off".');
    const response = await fetch(`${cloud.url}/__admin/coverage`);
    expect(response.status).toBe(409);
  });
});
