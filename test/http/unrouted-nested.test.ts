import { expect, test } from '@jest/globals';
import request from 'supertest';
import { createTestEmulator } from '../support/emulator.ts';

test.each([
  ['/identity/v3/nowhere', 500],
  ['/image/v2/nowhere', 401],
  ['/compute/v2.1/nowhere', 401],
  ['/nowhere', 404],
])(
  'a body that is nested too deeply does not stop the server at %s, which is no path of an API',
  async (path, status) => {
    const { app } = createTestEmulator();
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const response = await request(app).post(path).set('Content-Type', 'application/json').send(deep);
    expect(response.status).toBe(status);
    expect((await request(app).get('/__admin/health')).status).toBe(200);
  },
);
