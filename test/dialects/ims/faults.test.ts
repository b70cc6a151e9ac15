import { expect, test } from '@jest/globals';
import request from 'supertest';
import { contract } from '../../../src/dialects/ims/contract.ts';
import { createTestEmulator, login } from '../../support/emulator.ts';

const IMAGE_ID = '5f0c1e9a-1111-4222-8333-444455556666';
const IMAGE = `/ims/v2/images/${IMAGE_ID}`;

async function answerOf(
  operation: string,
  status: number,
  send: (app: Parameters<typeof request>[0]) => request.Test,
  fault: object = {},
): Promise<request.Response> {
  const { app } = createTestEmulator();
  const token = await login(app);
  const armed = await request(app)
    .post('/__admin/faults')
    .send({ match: { operation: `ims.${operation}` }, fault: { answer: status, ...fault } });
  expect(armed.status).toBe(201);
  return send(app).set('X-Auth-Token', token).set('Accept', 'application/json');
}

const GATEWAY = {
  error_code: expect.stringMatching(/^APIGW\.\d{4}$/),
  error_msg: expect.any(String),
  request_id: expect.any(String),
};
const coded = (code: string): object => ({ error: { code, message: expect.any(String) } });
const glance = (code: string, words: unknown = expect.any(String)): object => ({
  message: words,
  code,
  title: code.slice(4),
});

const DELETE_ANSWERS: Readonly<Record<number, object>> = {
  204: {},
  400: coded('IMG.0001'),
  401: GATEWAY,
  403: glance('403 Forbidden', expect.stringContaining(`Image ${IMAGE_ID} is protected`)),
  404: glance('404 Not Found', expect.stringContaining(`Failed to find image ${IMAGE_ID} to delete`)),
  500: coded('IMG.0176'),
  503: glance('503 Service Unavailable'),
};

test.each(contract.operations.deleteImage.statuses.map((status) => [status]))(
  'an injected %i on delete has its own shape',
  async (status) => {
    const response = await answerOf('deleteImage', status, (app) => request(app).delete(IMAGE));
    expect(response.status).toBe(status);
    expect(response.body).toEqual(DELETE_ANSWERS[status]);
  },
);

test.each([
  [400, coded('IMG.0017')],
  [401, GATEWAY],
  [403, coded('IMG.0026')],
  [404, coded('IMG.0027')],
  [500, coded('IMG.0014')],
  [503, coded('IMG.0014')],
])("an injected %i on one of the service's own calls carries a code", async (status, body) => {
  const response = await answerOf('listCloudImages', status, (app) => request(app).get('/ims/v2/cloudimages'));
  expect(response.status).toBe(status);
  expect(response.body).toEqual(body);
});

test('an injected error has Retry-After when the rule sets it', async () => {
  const response = await answerOf('deleteImage', 503, (app) => request(app).delete(IMAGE), { retryAfter: 7 });
  expect(response.headers['retry-after']).toBe('7');
});
