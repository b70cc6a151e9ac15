import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { createEmulator } from '../../src/emulator.ts';
import { type StartedEmulator, startEmulator } from '../support/emulator.ts';
import { filesOf } from '../support/files.ts';

let emulator: StartedEmulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const rejectedText = async (method: 'post' | 'put', path: string, body: object): Promise<string> => {
  const response = await request(emulator.url)[method](`/__admin${path}`).send(body);
  expect(response.status).toBe(400);
  return response.text;
};

test('The error for an invalid fixture file contains its path but not its text', async () => {
  const file = filesOf({ 'secrets.txt': 'user:password\nother:word\n' })('secrets.txt');
  const limited = createEmulator({ fixtureFolders: [dirname(file)] });
  const { text } = await request(limited.app).post('/__admin/worlds').send({ name: 'taken', fixtures: file });
  expect(text).toContain('secrets.txt');
  expect(text).toContain('a text of');
  expect(text).not.toContain('password');
});

test.each([
  [{ by: 'clock', polls: 3 }, '"polls"'],
  [{ by: 'polls', seconds: 3 }, '"clock"'],
  [{ by: 'once', seconds: 3 }, '"clock"'],
])('Rejects progress %j, in which a member does not apply to the pace', async (progress, allowed) => {
  for (const [method, path, body, pointer] of [
    ['put', '/configuration', { progress: { import: progress } }, '/progress/import/by'],
    ['post', '/worlds', { progress: { rules: [{ match: {}, ...progress }] } }, '/progress/rules/0/by'],
    ['post', '/faults', { match: { operation: 'image-v2.importImage' }, fault: { progress } }, '/fault/progress/by'],
  ] as const) {
    const text = await rejectedText(method, path, body);
    expect(text).toContain(pointer);
    expect(JSON.parse(text).error.allowed).toBe(allowed);
  }
});

test('Listing the tasks of an unknown API returns 400 with the known APIs', async () => {
  const response = await request(emulator.url).get('/__admin/tasks?api=nova');
  expect([response.status, response.body.error.allowed]).toEqual([400, expect.arrayContaining(['image-v2', 'ims'])]);
});
