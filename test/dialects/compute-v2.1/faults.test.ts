import { expect, test } from '@jest/globals';
import request from 'supertest';
import { contract } from '../../../src/dialects/compute-v2.1/contract.ts';
import { createTestEmulator, login, NOON } from '../../support/emulator.ts';

const ID = '5f0c1e9a-1111-4222-8333-444455556666';

async function answerOf(
  operation: 'showImage' | 'listImages' | 'deleteImage',
  status: number,
  fault: object = {},
): Promise<request.Response> {
  const { app } = createTestEmulator({ frozenAt: NOON });
  const token = await login(app);
  const armed = await request(app)
    .post('/__admin/faults')
    .send({
      match: { operation: `compute-v2.1.${operation}` },
      fault: { answer: status, ...fault },
      undocumented: true,
    });
  expect([armed.status, armed.body]).toEqual([201, expect.anything()]);
  const path = operation === 'listImages' ? '/compute/v2.1/images' : `/compute/v2.1/images/${ID}`;
  return request(app)
    [operation === 'deleteImage' ? 'delete' : 'get'](path)
    .set({ Host: 'cloud', 'X-Auth-Token': token });
}

const NAMES: Readonly<Record<number, string>> = {
  400: 'badRequest',
  403: 'forbidden',
  404: 'itemNotFound',
  405: 'badMethod',
  503: 'serviceUnavailable',
};

test.each(contract.operations.deleteImage.statuses.map((status) => [status]))(
  'an injected %i is worded as the service words it',
  async (status) => {
    const answer = await answerOf('deleteImage', status);
    expect(answer.status).toBe(status);
    expect(answer.headers['x-compute-request-id']).toMatch(/^req-/);
    if (status === 204) {
      expect([answer.text, answer.headers['content-type']]).toEqual(['', 'application/json']);
    } else if (status === 401) {
      expect(answer.body.error).toMatchObject({ code: 401, title: 'Unauthorized' });
      expect(answer.headers['www-authenticate']).toBe('Keystone uri="http://cloud/identity"');
      expect(answer.headers['openstack-api-version']).toBeUndefined();
    } else {
      expect(Object.keys(answer.body)).toEqual([NAMES[status]]);
      expect(answer.body[NAMES[status] as string]).toEqual({ code: status, message: expect.any(String) });
      expect(answer.headers['content-type']).toBe('application/json; charset=UTF-8');
      expect(answer.headers['openstack-api-version']).toBe('compute 2.1');
    }
  },
);

test.each([413, 429])('%i says in body and header alike when to come back', async (status) => {
  const usual = await answerOf('deleteImage', status);
  expect(usual.body.overLimit).toMatchObject({ code: status, retryAfter: '60' });
  expect(usual.headers['retry-after']).toBe('60');
  const soon = await answerOf('deleteImage', status, { retryAfter: 2 });
  expect([soon.body.overLimit.retryAfter, soon.headers['retry-after']]).toEqual(['2', '2']);
});

test('a service that is not available says when to come back only where it is told to', async () => {
  expect((await answerOf('deleteImage', 503)).headers['retry-after']).toBeUndefined();
  expect((await answerOf('deleteImage', 503, { retryAfter: 7 })).headers['retry-after']).toBe('7');
});

test('a refused method is not among those that are offered', async () => {
  expect((await answerOf('deleteImage', 405)).headers['allow']).toBe('GET');
  expect((await answerOf('showImage', 405)).headers['allow']).toBe('DELETE');
  expect((await answerOf('listImages', 405)).headers['allow']).toBe('');
});

test('203 shows an image that is not there as one of which nothing is known, and the list as it is', async () => {
  const image = await answerOf('showImage', 203);
  expect([image.status, image.body.image]).toMatchObject([203, { id: ID, status: 'ACTIVE', metadata: {} }]);
  const list = await answerOf('listImages', 203);
  expect([list.status, list.body.images.map(({ name }: { name: string }) => name)]).toEqual([
    203,
    expect.arrayContaining(['demo-private']),
  ]);
});
