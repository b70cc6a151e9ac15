import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Sideglance, WorldControl } from '../../src/index.ts';
import { TestWorlds } from '../../src/testing/test-worlds.ts';

let folder: string;
let worlds: TestWorlds;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sideglance-'));
  worlds = new TestWorlds({ recordings: folder, server: { seed: 1 } });
});
afterEach(async () => {
  await worlds.close();
  rmSync(folder, { recursive: true, force: true });
});

const identity = { name: 'images are deleted', file: 'images.test.js' };

/** Reads a file of a recording. */
const read = (path: string): Record<string, unknown> => JSON.parse(readFileSync(path, 'utf8'));

test('a test gets a fork of the default world with its name as label, which is dropped afterwards', async () => {
  let seen: { cloud: Sideglance; world: WorldControl } | undefined;
  await worlds.run(identity, async ({ cloud, world }) => {
    seen = { cloud, world };
    expect(world.requests.label()).toBe('images are deleted');
    expect(cloud.worlds.list().map(({ name }) => name)).toContain(world.name);
    await fetch(`${world.url}/image/v2/images`);
    expect(world.requests.list().requests[0]?.label).toBe('images are deleted');
  });
  expect(seen?.cloud.worlds.get(seen.world.name)).toBeUndefined();
  expect(readdirSync(folder)).toEqual([]);
});

test('tests share the server and not the world', async () => {
  const seen: { cloud: Sideglance; world: string }[] = [];
  const body = ({ cloud, world }: { cloud: Sideglance; world: WorldControl }) =>
    seen.push({ cloud, world: world.name });
  await Promise.all([worlds.run(identity, body), worlds.run({ ...identity, name: 'other' }, body)]);
  expect(seen[0]?.cloud).toBe(seen[1]?.cloud);
  expect(seen[0]?.world).not.toBe(seen[1]?.world);
});

test('a test that takes longer than its timeout fails with the path of its recording', async () => {
  const failing = worlds.run({ ...identity, timeout: 200 }, async ({ world }) => {
    await fetch(`${world.url}/image/v2/images`);
    await new Promise(() => undefined);
  });
  const { message } = (await failing.catch((thrown: Error) => thrown)) as Error;
  const path = /^The test did not end within 200 ms\.\n\nRecording: (.*)$/.exec(message)?.[1] ?? '';
  expect(read(path)).toMatchObject({ about: { verdict: 'fail' } });
});

test('the recording of a failing test is written, and its path is in the message', async () => {
  const failing = worlds.run(identity, async ({ world }) => {
    await fetch(`${world.url}/image/v2/images`);
    throw new Error('expected 204');
  });
  const error = await failing.catch((thrown: Error) => thrown);
  const path = /^expected 204\n\nRecording: (.*)$/.exec((error as Error).message)?.[1] ?? '';
  expect((error as Error).stack).toContain(`Recording: ${path}`);
  expect(path).toMatch(/images-are-deleted-[0-9a-f]{8}\.json$/);
  expect(read(path)).toMatchObject({
    about: { kind: 'test', ...identity, verdict: 'fail', error: 'Error: expected 204' },
    requests: [{ id: 1, status: 401 }],
  });
});

test('a test that the runner saw fail is recorded', async () => {
  const failing = worlds.run({ ...identity, hasFailed: () => true }, () => undefined);
  await expect(failing).rejects.toThrow(/^The test failed\.\n\nRecording: /);
});

test('something thrown that is no error is recorded', async () => {
  const failing = worlds.run(identity, () => Promise.reject('gone'));
  await expect(failing).rejects.toThrow(/^gone\n\nRecording: /);
});

test('a test that does not end is recorded when the server stops', async () => {
  let release = (): void => undefined;
  const started = new Promise<void>((resolve) => {
    void worlds.run(identity, () => {
      resolve();
      return new Promise<void>((end) => {
        release = end;
      });
    });
  });
  await started;
  await worlds.close();
  release();
  const [name = ''] = readdirSync(folder);
  expect(read(join(folder, name))).toMatchObject({ about: { error: 'Error: The test did not end.' } });
});

test('recordings can be off', async () => {
  const silent = new TestWorlds({ recordings: false });
  await expect(silent.run(identity, () => Promise.reject(new Error('no')))).rejects.toThrow(/^no$/);
  await silent.close();
  expect(readdirSync(folder)).toEqual([]);
});

test('a world with fixtures of its own is not a fork', async () => {
  const empty = new TestWorlds({ recordings: false, world: { fixtures: { images: [] } } });
  await empty.run(identity, ({ world }) => expect(world.describe().settings).toBeDefined());
  await empty.close();
});

test('options that cannot be used fail each test', async () => {
  const wrong = new TestWorlds({ server: { port: -1 } });
  await expect(wrong.run(identity, () => undefined)).rejects.toThrow(/port/);
  await expect(wrong.run(identity, () => undefined)).rejects.toThrow(/port/);
  await wrong.close();
});
