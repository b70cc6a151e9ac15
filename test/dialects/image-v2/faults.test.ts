import { expect, test } from '@jest/globals';
import request from 'supertest';
import { contract } from '../../../src/dialects/image-v2/contract.ts';
import { createCloud } from './support.ts';

const cells = Object.entries(contract.operations).flatMap(([id, operation]) =>
  operation.statuses.map((status) => ({ id, method: operation.method, path: operation.path, status })),
);

test.each(cells)(
  '$id returns an injected $status in the error format of Glance',
  async ({ id, method, path, status }) => {
    const cloud = createCloud();
    const armed = await request(cloud.emulator.app)
      .post('/__admin/faults')
      .send({ match: { operation: `image-v2.${id}` }, fault: { answer: status } });
    expect(armed.status).toBe(201);
    const image = await cloud.create({ name: 'x' }).catch(() => ({ id: 'x' }));
    const isCreate = id === 'createImage';
    if (isCreate) {
      await request(cloud.emulator.app)
        .post('/__admin/faults')
        .send({ match: { operation: `image-v2.${id}` }, fault: { answer: status } });
    }
    const response = await cloud.send(method, path.replace('{image_id}', image.id), {
      headers: { Accept: 'application/json' },
      ...(isCreate && { body: {} }),
    });
    expect(response.status).toBe(status);
    if (status >= 400) {
      expect(response.body).toEqual({
        message: expect.stringMatching(/\S/),
        code: expect.stringMatching(new RegExp(`^${status} `)),
        title: expect.any(String),
      });
    }
  },
);

test('sends Retry-After with an injected 413 only if the rule sets it', async () => {
  const cloud = createCloud();
  const arm = (fault: object) =>
    request(cloud.emulator.app)
      .post('/__admin/faults')
      .send({ match: { operation: 'image-v2.createImage' }, fault });
  await arm({ answer: 413 });
  expect((await cloud.send('POST', '/v2/images', { body: {} })).headers['retry-after']).toBeUndefined();
  await arm({ answer: 413, retryAfter: 7 });
  expect((await cloud.send('POST', '/v2/images', { body: {} })).headers['retry-after']).toBe('7');
});
