import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Response } from 'supertest';
import { foreignProject } from '../../conformance/by-state/ims-native.ts';
import { type Client, clientOf } from '../../conformance/support.ts';
import { startEmulator } from '../../support/emulator.ts';

let client: Client;
beforeAll(async () => {
  client = await clientOf(await startEmulator());
});
afterAll(() => client.emulator.close());
beforeEach(async () => {
  client.emulator.worlds.default.reset();
  client = await clientOf(client.emulator);
});

const list = () => client.send('ims.listImagesDetailV11');
const throttled = () => {
  client.emulator.worlds.default.setLimits({ callsPerMinute: 0 });
  return list();
};
const absent = () => {
  client.emulator.worlds.default.setProfiles({ ims: { 'v1-calls': 'absent' } });
  return list();
};
const injected = (answer: number) => async () => {
  const match = { operation: 'ims.listImagesDetailV11' };
  await client.admin('post', '/faults', { match, undocumented: true, fault: { answer } });
  return list();
};

const CASES: readonly (readonly [string, number, () => PromiseLike<unknown>])[] = [
  ['natural', 403, () => foreignProject('listImagesDetailV11')(client)],
  ['natural', 404, absent],
  ['natural', 429, throttled],
  ['injected', 403, injected(403)],
  ['injected', 404, injected(404)],
  ['injected', 429, injected(429)],
];

test.each(CASES)(
  'a %s %i of the gateway has the same request id in its header and its body',
  async (_, status, send) => {
    const response = (await send()) as Response;
    expect(response.status).toBe(status);
    expect(response.body.request_id).toMatch(/^[0-9a-f]{32}$/);
    expect(response.headers['x-request-id']).toBe(response.body.request_id);
  },
);

test('an injected error that the request itself has contains the id of the response', async () => {
  client.emulator.worlds.default.setProfiles({ ims: { 'v1-calls': 'absent' } });
  await client.admin('post', '/faults', { match: { operation: 'ims.deleteImageV11' }, fault: { answer: 404 } });
  const { headers, body } = await client.send('ims.deleteImageV11');
  expect(body).toMatchObject({ error_code: 'APIGW.0101', request_id: headers['x-request-id'] });
});
