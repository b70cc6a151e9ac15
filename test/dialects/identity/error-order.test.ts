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
  ['an unknown id', { id: 'none', secret: 's' }, 404, 'Could not find Application Credential: none.'],
  ['an unknown name', { name: 'none', secret: 's', user: demo }, 401, 'requires authentication'],
  ['an unknown user', { name: 'none', user: { ...demo, name: 'nobody' } }, 404, 'Could not find user: nobody.'],
  ['a missing id and name', {}, 400, 'Expecting to find name or ID in application credential.'],
])(
  'an error about %s in a credential is reported before an invalid token',
  async (_title, credential, status, message) => {
    const response = await request(emulator.url)
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
    expect([response.status, response.body.error.message]).toEqual([status, expect.stringContaining(message)]);
  },
);
