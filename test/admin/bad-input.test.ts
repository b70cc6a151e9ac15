import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { type StartedEmulator, startEmulator } from '../support/emulator.ts';
import { filesOf } from '../support/files.ts';

let emulator: StartedEmulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const refused = async (method: 'post' | 'put', path: string, body: object): Promise<string> => {
  const answer = await request(emulator.url)[method](`/__admin${path}`).send(body);
  expect(answer.status).toBe(400);
  return answer.text;
};

test('An invalid fixture file is named but not quoted', async () => {
  const file = filesOf({ 'secrets.txt': 'user:password\nother:word\n' })('secrets.txt');
  const text = await refused('post', '/worlds', { name: 'taken', fixtures: file });
  expect(text).toContain('secrets.txt');
  expect(text).toContain('a text of');
  expect(text).not.toContain('password');
});

test.each([
  [{ by: 'clock', polls: 3 }, '"polls"'],
  [{ by: 'polls', seconds: 3 }, '"clock"'],
  [{ by: 'once', seconds: 3 }, '"clock"'],
])('Progress of %j has a member that does not apply', async (progress, allowed) => {
  for (const [method, path, body, pointer] of [
    ['put', '/configuration', { progress: { import: progress } }, '/progress/import/by'],
    ['post', '/worlds', { progress: { rules: [{ match: {}, ...progress }] } }, '/progress/rules/0/by'],
    ['post', '/faults', { match: { operation: 'image-v2.importImage' }, fault: { progress } }, '/fault/progress/by'],
  ] as const) {
    const text = await refused(method, path, body);
    expect(text).toContain(pointer);
    expect(JSON.parse(text).error.allowed).toBe(allowed);
  }
});

test('Tasks of an unknown API cannot be listed', async () => {
  const answer = await request(emulator.url).get('/__admin/tasks?api=nova');
  expect([answer.status, answer.body.error.allowed]).toEqual([400, expect.arrayContaining(['image-v2', 'ims'])]);
});
