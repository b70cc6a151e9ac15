import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { ADMIN_OPERATIONS } from '../../src/admin/operations/index.ts';
import type { Verification } from '../../src/admin/verify.ts';
import { compile, type JsonSchema } from '../../src/contract/schema.ts';
import type { Emulator } from '../../src/emulator.ts';
import { createTestEmulator, login } from '../support/emulator.ts';

let emulator: Emulator;

beforeEach(async () => {
  emulator = createTestEmulator();
  const token = await login(emulator.app);
  const list = () => request(emulator.app).get('/image/v2/images').set('X-Auth-Token', token);
  const rule = { match: { operation: 'image-v2.listImages' }, undocumented: true, fault: { answer: 503 } };
  await request(emulator.app).post('/__admin/faults').send(rule);
  await list();
  await list();
});

const verify = async (verification: object) => request(emulator.app).post('/__admin/verify').send(verification);

describe('POST verify', () => {
  test.each<[string, Verification, string]>([
    ['a retry after 503', { inOrder: [{ status: 503 }, { operation: 'image-v2.listImages', status: 200 }] }, 'yes'],
    ['one retry', { requests: { operation: 'image-v2.listImages', attempt: 2 }, exactly: 1 }, 'yes'],
    ['no third attempt', { requests: { attempt: 3 }, never: true }, 'yes'],
    ['a pause of a minute', { requests: { operation: 'image-v2.listImages' }, gap: { atLeast: '1m' } }, 'no'],
    ['a pause after its only request', { requests: { attempt: 2 }, gap: { atLeast: '1ms' } }, 'no'],
    ['no broken connection', { requests: { dialect: 'image*', kind: 'cut' }, never: true }, 'yes'],
    ['two logins', { requests: { dialect: 'identity', status: 201 }, atLeast: 2 }, 'no'],
    ['at most three requests', { atMost: 3 }, 'yes'],
  ])('answers whether there was %s', async (_title, verification, result) => {
    const { status, body } = await verify(verification);
    expect([status, body]).toEqual([200, expect.objectContaining({ result })]);
    expect(compile(ADMIN_OPERATIONS.verifyRequests.response as JsonSchema)(body)).toEqual([]);
  });

  test.each([
    [{ requests: { operation: 'image-v2.listImage' } }, '/requests/operation', /listImages/],
    [{ inOrder: [{ operation: 'image.*' }] }, '/inOrder/0/operation', /operation/],
    [{ requests: { dialect: 'image' } }, '/requests/dialect', /is unknown/],
    [{ inOrder: [{}, { kind: 'answr' }] }, '/inOrder/1/kind', /unknown.*answer/],
    [{ requests: { colour: 'red' } }, '/requests/colour', /unknown member "colour"/],
    [{ requests: { status: '6xx' } }, '/requests/status', /./],
    [{ exactly: 1, atMost: 2 }, '/atMost', /cannot be combined/],
    [{ never: true, exactly: 1 }, '/never', /cannot be combined/],
    [{ atLeast: 3, atMost: 2 }, '/atLeast', /cannot be combined/],
    [{ inOrder: [{}], exactly: 1 }, '/exactly', /cannot be combined/],
    [{ inOrder: [] }, '/inOrder', /./],
    [{ gap: { atLeast: 'soon' } }, '/gap/atLeast', /./],
  ])('rejects %j and names the place', async (verification, pointer, message) => {
    const { status, body } = await verify(verification);
    expect([status, body.error.pointer]).toEqual([400, pointer]);
    expect(body.error.issues[0].message).toMatch(message);
  });
});
