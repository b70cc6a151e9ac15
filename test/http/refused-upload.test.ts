import { request as httpRequest } from 'node:http';
import { expect, test } from '@jest/globals';
import request from 'supertest';
import { login, startEmulator } from '../support/emulator.ts';

test('a client that sends all of its body before it reads hears of the refusal', async () => {
  const emulator = await startEmulator();
  emulator.worlds.default.setLimits({ imageSizeCap: 1024 });
  const token = await login(emulator.url);
  const made = await request(emulator.url)
    .post('/image/v2/images')
    .set('X-Auth-Token', token)
    .send({ disk_format: 'raw', container_format: 'bare' });
  const status = await new Promise((resolve, reject) => {
    const upload = httpRequest(`${emulator.url}/image/v2/images/${made.body.id}/file`, {
      method: 'PUT',
      headers: { 'X-Auth-Token': token, 'Content-Type': 'application/octet-stream', 'Transfer-Encoding': 'chunked' },
    });
    upload.on('error', reject);
    let corruptReply: unknown;
    upload.on('response', (response) => {
      corruptReply = response.statusCode;
      response.resume();
    });
    const chunk = Buffer.alloc(1024 * 1024);
    const send = (left: number): void => {
      if (left === 0)
        upload.end(() =>
          setImmediate(function look() {
            if (corruptReply === undefined) setImmediate(look);
            else resolve(corruptReply);
          }),
        );
      else upload.write(chunk, () => send(left - 1));
    };
    send(16);
  });
  expect(status).toBe(413);
  await emulator.close();
});

test('the refusal of a scenario that nobody has is no documented answer', async () => {
  const emulator = await startEmulator();
  const token = await login(emulator.url);
  const answer = await request(emulator.url)
    .get('/image/v2/images')
    .set({ 'X-Auth-Token': token, 'X-Sideglance-Scenario': 'no-such-scenario' });
  expect(answer.status).toBe(400);
  const cell = emulator.worlds.default.coverage
    .cells()
    .find(({ dialect, operation, status }) => dialect === 'image-v2' && operation === 'listImages' && status === 400);
  expect(cell).toMatchObject({ natural: 0, injected: 0 });
  await emulator.close();
});
