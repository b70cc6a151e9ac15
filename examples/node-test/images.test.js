import { equal } from 'node:assert/strict';
import {
  createTest,
  not,
  toHaveMet,
  toHaveNoConductFindings,
  toHaveReceived,
  toHaveWaitedForRetryAfter,
} from 'sideglance/node-test';
import { ImageClient } from './client.js';

const test = createTest();

test('the client waits for Retry-After and lists again', async ({ world }) => {
  const client = await ImageClient.logIn(world.settings().openstack.OS_AUTH_URL);
  const overload = { fault: { answer: 503, retryAfter: 1 }, undocumented: true };
  world.faults.arm({ match: { operation: 'image-v2.listImages' }, ...overload });

  equal((await client.list()).length > 0, true);

  toHaveMet(world, 'image-v2.listImages', 503);
  toHaveReceived(world, { operation: 'image-v2.listImages' }, { exactly: 2 });
  toHaveWaitedForRetryAfter(world);
  toHaveNoConductFindings(world, { ignore: ['paging-stopped-early'] });
});

test('the client leaves a protected image alone', async ({ world }) => {
  const client = await ImageClient.logIn(world.settings().openstack.OS_AUTH_URL);
  const image = (await client.list()).find(({ name }) => name === 'demo-protected');

  equal(await client.delete(image.id), 403);

  toHaveMet(world, 'image-v2.deleteImage', 403);
  not.toHaveReceived(world, { operation: 'image-v2.updateImage' });
});
