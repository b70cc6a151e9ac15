import { createTest } from 'sideglance/vitest';
import { expect } from 'vitest';
import { ImageClient } from './client.ts';

const test = createTest();

test('the client waits for Retry-After and lists again', async ({ world }) => {
  const client = await ImageClient.logIn(world.settings().openstack.OS_AUTH_URL);
  const overload = { fault: { answer: 503, retryAfter: 1 }, undocumented: true };
  world.faults.arm({ match: { operation: 'image-v2.listImages' }, ...overload });

  expect(await client.list()).not.toEqual([]);

  expect(world).toHaveMet('image-v2.listImages', 503);
  expect(world).toHaveReceived({ operation: 'image-v2.listImages' }, { exactly: 2 });
  expect(world).toHaveWaitedForRetryAfter();
  expect(world).toHaveNoConductFindings({ ignore: ['paging-stopped-early'] });
});

test('the client leaves a protected image alone', async ({ world }) => {
  const client = await ImageClient.logIn(world.settings().openstack.OS_AUTH_URL);
  const image = (await client.list()).find(({ name }) => name === 'demo-protected');

  expect(await client.delete(image?.id ?? '')).toBe(403);

  expect(world).toHaveMet('image-v2.deleteImage', 403);
  expect(world).not.toHaveReceived({ operation: 'image-v2.updateImage' });
});
