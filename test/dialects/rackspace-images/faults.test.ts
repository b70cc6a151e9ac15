import { expect, test } from '@jest/globals';
import request from 'supertest';
import { contract } from '../../../src/dialects/rackspace-images/contract.ts';
import { createTestEmulator, login, NOON } from '../../support/emulator.ts';

const IMAGE = '/rackspace/images/v2/images/5f0c1e9a-1111-4222-8333-444455556666';

async function responseOf(status: number, fault: object = {}): Promise<request.Response> {
  const { app } = createTestEmulator({ frozenAt: NOON });
  const token = await login(app);
  const armed = await request(app)
    .post('/__admin/faults')
    .send({ match: { operation: 'rackspace-images.deleteImage' }, fault: { answer: status, ...fault } });
  expect(armed.status).toBe(201);
  return request(app).delete(IMAGE).set('X-Auth-Token', token);
}

const NAMES: Readonly<Record<number, string>> = {
  400: 'badRequest',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'itemNotFound',
  405: 'badMethod',
  413: 'overLimit',
  500: 'imageapiFault',
  503: 'serviceUnavailable',
};

test.each(contract.operations.deleteImage.statuses.map((status) => [status]))(
  'an injected %i is a fault object, or empty for a success',
  async (status) => {
    const response = await responseOf(status);
    expect(response.status).toBe(status);
    if (status === 204) {
      expect(response.text).toBe('');
      return;
    }
    expect(Object.keys(response.body)).toEqual([NAMES[status]]);
    expect(response.body[NAMES[status] as string]).toMatchObject({ code: status, message: expect.any(String) });
  },
);

test('an injected 413 has the retry time in the header and in the body', async () => {
  const response = await responseOf(413);
  expect(response.headers['retry-after']).toBe('Sat, 21 Nov 2026 12:01:00 GMT');
  expect(response.body).toEqual({
    overLimit: {
      code: 413,
      message: 'OverLimit Retry...',
      details: 'Error Details...',
      retryAfter: '2026-11-21T12:01:00Z',
    },
  });
  const soon = await responseOf(413, { retryAfter: 2 });
  expect(soon.headers['retry-after']).toBe('2');
  expect(soon.body.overLimit.retryAfter).toBe('2026-11-21T12:00:02Z');
});

test('an injected 503 has the retry time in the header', async () => {
  expect((await responseOf(503)).headers['retry-after']).toBe('Sat, 21 Nov 2026 12:01:00 GMT');
});

test('Allow does not list the rejected method', async () => {
  expect((await responseOf(405)).headers['allow']).toBe('GET, PATCH');
});
