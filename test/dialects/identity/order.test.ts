import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { type StartedEmulator, startEmulator } from '../../support/emulator.ts';

let emulator: StartedEmulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const demo = { name: 'demo', domain: { name: 'Default' } };

test.each<[string, object, number, string]>([
  ['an id that there is not', { id: 'none', secret: 's' }, 404, 'Could not find Application Credential: none.'],
  ['a name that its user has not', { name: 'none', secret: 's', user: demo }, 401, 'requires authentication'],
  [
    'a user that there is not',
    { name: 'none', user: { ...demo, name: 'nobody' } },
    404,
    'Could not find user: nobody.',
  ],
  ['neither id nor name', {}, 400, 'Expecting to find name or ID in application credential.'],
])('A credential with %s is told of before a token that is none', async (_title, credential, status, message) => {
  const answer = await request(emulator.url)
    .post('/identity/v3/auth/tokens')
    .send({
      auth: {
        identity: {
          methods: ['token', 'application_credential'],
          token: { id: 'none' },
          application_credential: credential,
        },
      },
    });
  expect([answer.status, answer.body.error.message]).toEqual([status, expect.stringContaining(message)]);
});
