import { expect, test } from '@jest/globals';
import request from 'supertest';
import { contract } from '../../../src/dialects/compute-v2.1/contract.ts';
import { createTestEmulator, login, NOON } from '../../support/emulator.ts';

const ID = '5f0c1e9a-1111-4222-8333-444455556666';

async function responseOf(
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
  'an injected %i has the shape and message of the service',
  async (status) => {
    const response = await responseOf('deleteImage', status);
    expect(response.status).toBe(status);
    expect(response.headers['x-compute-request-id']).toMatch(/^req-/);
    if (status === 204) {
      expect([response.text, response.headers['content-type']]).toEqual(['', 'application/json']);
    } else if (status === 401) {
      expect(response.body.error).toMatchObject({ code: 401, title: 'Unauthorized' });
      expect(response.headers['www-authenticate']).toBe('Keystone uri="http://cloud/identity"');
      expect(response.headers['openstack-api-version']).toBeUndefined();
    } else {
      expect(Object.keys(response.body)).toEqual([NAMES[status]]);
      expect(response.body[NAMES[status] as string]).toEqual({ code: status, message: expect.any(String) });
      expect(response.headers['content-type']).toBe('application/json; charset=UTF-8');
      expect(response.headers['openstack-api-version']).toBe('compute 2.1');
    }
  },
);

test.each([413, 429])('%i repeats Retry-After in the body', async (status) => {
  const usual = await responseOf('deleteImage', status);
  expect(usual.body.overLimit).toMatchObject({ code: status, retryAfter: '60' });
  expect(usual.headers['retry-after']).toBe('60');
  const soon = await responseOf('deleteImage', status, { retryAfter: 2 });
  expect([soon.body.overLimit.retryAfter, soon.headers['retry-after']]).toEqual(['2', '2']);
});

test('503 has a Retry-After only if the fault sets one', async () => {
  expect((await responseOf('deleteImage', 503)).headers['retry-after']).toBeUndefined();
  expect((await responseOf('deleteImage', 503, { retryAfter: 7 })).headers['retry-after']).toBe('7');
});

test('Allow of an injected 405 omits the method of the request', async () => {
  expect((await responseOf('deleteImage', 405)).headers['allow']).toBe('GET');
  expect((await responseOf('showImage', 405)).headers['allow']).toBe('DELETE');
  expect((await responseOf('listImages', 405)).headers['allow']).toBe('');
});

test('203 shows a placeholder for an unknown image, and the list as usual', async () => {
  const image = await responseOf('showImage', 203);
  expect([image.status, image.body.image]).toMatchObject([203, { id: ID, status: 'ACTIVE', metadata: {} }]);
  const list = await responseOf('listImages', 203);
  expect([list.status, list.body.images.map(({ name }: { name: string }) => name)]).toEqual([
    203,
    expect.arrayContaining(['demo-private']),
  ]);
});
