import { expect, test } from '@jest/globals';
import request from 'supertest';
import { contract } from '../../../src/dialects/rackspace-servers/contract.ts';
import { createTestEmulator, login, NOON } from '../../support/emulator.ts';

const ID = '5f0c1e9a-1111-4222-8333-444455556666';

async function responseOf(
  operation: 'showImage' | 'listImages' | 'deleteImage',
  status: number,
  fault: object = {},
): Promise<request.Response> {
  const { app, worlds } = createTestEmulator({ frozenAt: NOON });
  const token = await login(app);
  const tenant = worlds.default.identity.callerOf(token)?.projectId ?? '';
  const armed = await request(app)
    .post('/__admin/faults')
    .send({ match: { operation: `rackspace-servers.${operation}` }, fault: { answer: status, ...fault } });
  expect([armed.status, armed.body]).toEqual([201, expect.anything()]);
  const path = `/rackspace/servers/v2/${tenant}/images${operation === 'listImages' ? '' : `/${ID}`}`;
  return request(app)[operation === 'deleteImage' ? 'delete' : 'get'](path).set('X-Auth-Token', token);
}

const NAMES: Readonly<Record<number, string>> = {
  400: 'badRequest',
  401: 'unauthorized',
  403: 'forbidden',
  405: 'badMethod',
  409: 'buildInProgress',
  413: 'overLimit',
  500: 'computeFault',
  503: 'serviceUnavailable',
};

test.each(contract.operations.deleteImage.statuses.map((status) => [status]))(
  'an injected %i is a fault object, or empty for a success',
  async (status) => {
    const response = await responseOf('deleteImage', status);
    expect(response.status).toBe(status);
    expect(response.headers['via']).toContain('Repose');
    if (status === 204) {
      expect([response.text, response.headers['content-type']]).toEqual(['', 'text/html; charset=UTF-8']);
      return;
    }
    expect(Object.keys(response.body)).toEqual([NAMES[status]]);
    expect(response.body[NAMES[status] as string]).toMatchObject({ code: status, message: expect.any(String) });
  },
);

test('an injected 413 has the retry time in the header and in the body', async () => {
  const usual = await responseOf('deleteImage', 413);
  expect(usual.headers['retry-after']).toBe('Sat, 21 Nov 2026 12:01:00 GMT');
  expect(usual.body.overLimit.retryAfter).toBe('2026-11-21T12:01:00Z');
  const soon = await responseOf('deleteImage', 413, { retryAfter: 2 });
  expect([soon.headers['retry-after'], soon.body.overLimit.retryAfter]).toEqual(['2', '2026-11-21T12:00:02Z']);
});

test('Allow does not list the rejected method', async () => {
  expect((await responseOf('deleteImage', 405)).headers['allow']).toBe('GET');
  expect((await responseOf('showImage', 405)).headers['allow']).toBe('DELETE');
  expect((await responseOf('listImages', 405)).headers['allow']).toBe('');
});

test('203 returns an unknown image without attributes, and the list unchanged', async () => {
  const image = await responseOf('showImage', 203);
  expect([image.status, image.body.image]).toMatchObject([203, { id: ID, status: 'ACTIVE', metadata: {} }]);
  const list = await responseOf('listImages', 203);
  expect([list.status, list.body.images.map(({ name }: { name: string }) => name)]).toEqual([
    203,
    expect.arrayContaining(['demo-private']),
  ]);
});
