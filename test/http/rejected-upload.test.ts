import { request as httpRequest } from 'node:http';
import { expect, test } from '@jest/globals';
import request from 'supertest';
import { login, startEmulator } from '../support/emulator.ts';

test('sends the 413 also to a client that reads only after it has sent its whole body', async () => {
  const emulator = await startEmulator();
  emulator.worlds.default.setLimits({ imageSizeCap: 1024 });
  const token = await login(emulator.url);
  const created = await request(emulator.url)
    .post('/image/v2/images')
    .set('X-Auth-Token', token)
    .send({ disk_format: 'raw', container_format: 'bare' });
  const status = await new Promise((resolve, reject) => {
    const upload = httpRequest(`${emulator.url}/image/v2/images/${created.body.id}/file`, {
      method: 'PUT',
      headers: { 'X-Auth-Token': token, 'Content-Type': 'application/octet-stream', 'Transfer-Encoding': 'chunked' },
    });
    upload.on('error', reject);
    let receivedStatus: unknown;
    upload.on('response', (response) => {
      receivedStatus = response.statusCode;
      response.resume();
    });
    const chunk = Buffer.alloc(1024 * 1024);
    const send = (remaining: number): void => {
      if (remaining === 0)
        upload.end(() =>
          setImmediate(function poll() {
            if (receivedStatus === undefined) setImmediate(poll);
            else resolve(receivedStatus);
          }),
        );
      else upload.write(chunk, () => send(remaining - 1));
    };
    send(16);
  });
  expect(status).toBe(413);
  await emulator.close();
});

test('does not count the rejection of an unknown scenario as a documented response', async () => {
  const emulator = await startEmulator();
  const token = await login(emulator.url);
  const response = await request(emulator.url)
    .get('/image/v2/images')
    .set({ 'X-Auth-Token': token, 'X-Sideglance-Scenario': 'no-such-scenario' });
  expect(response.status).toBe(400);
  const cell = emulator.worlds.default.coverage
    .cells()
    .find(({ dialect, operation, status }) => dialect === 'image-v2' && operation === 'listImages' && status === 400);
  expect(cell).toMatchObject({ natural: 0, injected: 0 });
  await emulator.close();
});
