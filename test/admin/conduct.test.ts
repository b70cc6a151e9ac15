import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { ADMIN_OPERATIONS } from '../../src/admin/operations/index.ts';
import { CONDUCT_RULES } from '../../src/conduct/rules/index.ts';
import { compile, type JsonSchema } from '../../src/contract/schema.ts';
import type { Emulator } from '../../src/emulator.ts';
import { createTestEmulator, login } from '../support/emulator.ts';

let emulator: Emulator;

beforeEach(async () => {
  emulator = createTestEmulator();
  const token = await login(emulator.app);
  await request(emulator.app)
    .get(`/image/v2/images?limit=100&token=${token}`)
    .set({ 'X-Auth-Token': token, 'User-Agent': 'bad', 'X-Sideglance-Label': 'one' });
});

const conduct = (query: object = {}) => request(emulator.app).get('/__admin/conduct').query(query);

describe('GET conduct', () => {
  test('returns findings with their entries, and the verdict of each rule', async () => {
    const { status, body } = await conduct();
    expect([status, body.verdict]).toEqual([200, 'fail']);
    expect(compile(ADMIN_OPERATIONS.getConduct.response as JsonSchema)(body)).toEqual([]);
    expect(body.findings).toEqual([
      {
        rule: 'token-in-url',
        severity: 'error',
        client: 'bad',
        message: 'sent a token in the query parameter token of GET /image/v2/images',
        entries: [2],
      },
    ]);
    expect(body.rules.map(({ rule }: { rule: string }) => rule)).toEqual(CONDUCT_RULES.map(({ id }) => id));
    expect(body.clients).toContain('bad');
  });

  test('leaves out ignored rules, and applies only some', async () => {
    const ignored = (await conduct({ ignore: 'token-in-url, no-jitter' })).body;
    expect([ignored.findings, ignored.rules.length]).toEqual([[], CONDUCT_RULES.length - 2]);
    const only = (await conduct({ only: 'secret-in-query' })).body;
    expect(only.rules).toEqual([expect.objectContaining({ rule: 'secret-in-query', verdict: 'pass' })]);
  });

  test('judges only the requests with a label', async () => {
    expect((await conduct({ label: 'one' })).body.findings).toHaveLength(1);
    expect((await conduct({ label: 'two' })).body).toMatchObject({
      verdict: 'inconclusive',
      findings: [],
      clients: [],
    });
  });

  test.each([
    [{ ignore: 'no-jiter' }, '/ignore', /no-jitter/],
    [{ only: 'token-in-url,' }, '/only', /unknown rule ""/],
    [{ client: 'maybe' }, '/client', /success/],
    [{ rules: 'no-jitter' }, '/rules', /rules/],
  ])('rejects %j with the place of the error', async (query, pointer, message) => {
    const { status, body } = await conduct(query);
    expect(status).toBe(400);
    expect(body.error.message).toMatch(message);
    expect(body.error.pointer ?? body.error.message).toContain(pointer);
  });
});
