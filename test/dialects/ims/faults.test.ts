import { expect, test } from '@jest/globals';
import request from 'supertest';
import { contract } from '../../../src/dialects/ims/contract.ts';
import { createTestEmulator, login } from '../../support/emulator.ts';

const IMAGE_ID = '5f0c1e9a-1111-4222-8333-444455556666';
const IMAGE = `/ims/v2/images/${IMAGE_ID}`;

async function responseOf(
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
const imsError = (code: string): object => ({ error: { code, message: expect.any(String) } });
const glanceError = (code: string, message: unknown = expect.any(String)): object => ({
  message,
  code,
  title: code.slice(4),
});

const DELETE_BODIES: Readonly<Record<number, object>> = {
  204: {},
  400: imsError('IMG.0001'),
  401: GATEWAY,
  403: glanceError('403 Forbidden', expect.stringContaining(`Image ${IMAGE_ID} is protected`)),
  404: glanceError('404 Not Found', expect.stringContaining(`Failed to find image ${IMAGE_ID} to delete`)),
  500: imsError('IMG.0176'),
  503: glanceError('503 Service Unavailable'),
};

test.each(contract.operations.deleteImage.statuses.map((status) => [status]))(
  'an injected %i on deleteImage has the error format of its source',
  async (status) => {
    const response = await responseOf('deleteImage', status, (app) => request(app).delete(IMAGE));
    expect(response.status).toBe(status);
    expect(response.body).toEqual(DELETE_BODIES[status]);
  },
);

test.each([
  [400, imsError('IMG.0017')],
  [401, GATEWAY],
  [403, GATEWAY],
  [404, GATEWAY],
  [500, imsError('IMG.0014')],
  [503, imsError('IMG.0014')],
])(
  'an injected %i on an IMS operation has the code of IMS or of the gateway, whichever returns it',
  async (status, body) => {
    const response = await responseOf('listCloudImages', status, (app) => request(app).get('/ims/v2/cloudimages'));
    expect(response.status).toBe(status);
    expect(response.body).toEqual(body);
  },
);

test('an injected error has Retry-After when the rule sets it', async () => {
  const response = await responseOf('deleteImage', 503, (app) => request(app).delete(IMAGE), { retryAfter: 7 });
  expect(response.headers['retry-after']).toBe('7');
});
