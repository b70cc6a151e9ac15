import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import BTreeModule from 'sorted-btree';
import { fixturesOf } from '../../src/fixtures/default-fixtures.ts';
import type { Worlds } from '../../src/world/worlds.ts';
import { createTestEmulator, NOON } from '../support/emulator.ts';

const SMALL_COUNT = 10;
const LARGE_COUNT = 5_000;

/** Creates worlds whose default world has this many images. */
const worldsOf = (count: number): Worlds => {
  const images = Array.from({ length: count }, (_, index) => ({ name: `image ${index}`, visibility: 'public' }));
  const { worlds } = createTestEmulator({ frozenAt: NOON, fixtures: fixturesOf({ images }) });
  listImages(worlds, 'default');
  return worlds;
};

/** Lists images, so that the world builds its index, which it does on the first list. */
const listImages = (worlds: Worlds, name: string): number | undefined =>
  worlds.get(name)?.images.list({ audience: { kind: 'everyone' }, limit: 25 }).images.length;

const ACTIONS: Readonly<Record<string, (worlds: Worlds, name: string) => void>> = {
  create: (worlds, name) => void worlds.create(name),
  fork: (worlds, name) => void worlds.fork(name, worlds.default),
  'fork and list': (worlds, name) => {
    worlds.fork(name, worlds.default);
    listImages(worlds, name);
  },
  snapshot: (worlds, name) => worlds.default.takeSnapshot(name),
  restore: (worlds, name) => {
    worlds.default.takeSnapshot(name);
    worlds.default.restore(name);
    listImages(worlds, 'default');
  },
  reset: (worlds) => {
    worlds.default.reset();
    listImages(worlds, 'default');
  },
};

afterEach(() => {
  jest.restoreAllMocks();
});

/** Counts the calls of methods of ordered collections during an action in a world with this many images. */
function countCollectionCalls(count: number, act: (worlds: Worlds, name: string) => void): number {
  const worlds = worldsOf(count);
  const { prototype } = BTreeModule.default as unknown as { readonly prototype: Record<string, () => unknown> };
  const spies = ['get', 'set', 'delete', 'forEach', 'forRange', 'entries', 'keys', 'values', 'toArray', 'clone'].map(
    (method) => jest.spyOn(prototype, method),
  );
  act(worlds, 'one');
  const calls = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
  for (const spy of spies) spy.mockRestore();
  return calls;
}

describe.each(Object.entries(ACTIONS))('the action %s', (_title, act) => {
  test('costs the same number of collection calls in a large world as in a small one', () => {
    const calls = countCollectionCalls(LARGE_COUNT, act);
    expect(calls).toBe(countCollectionCalls(SMALL_COUNT, act));
    expect(calls).toBeGreaterThan(0);
  });
});

test('a fork shares the image objects of its parent until one of them changes', () => {
  const worlds = worldsOf(LARGE_COUNT);
  const child = worlds.fork('child', worlds.default);
  expect(child.origin.imageStore).toBe(worlds.default.snapshot().imageStore);
  const { images } = worlds.default.images.list({ audience: { kind: 'everyone' }, limit: LARGE_COUNT });
  expect(images).toHaveLength(LARGE_COUNT);
  expect(images.filter((image) => child.images.peek(image.id) !== image)).toEqual([]);
});

test('each of a hundred worlds with many images needs less than 100 KB', () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const heapBytes = (): number => {
    collectGarbage();
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const worlds = worldsOf(LARGE_COUNT);
  const before = heapBytes();
  for (let index = 0; index < 100; index += 1) {
    worlds.fork(`fork-${index}`, worlds.default).reset();
    listImages(worlds, `fork-${index}`);
  }
  expect((heapBytes() - before) / 100 / 1024).toBeLessThan(100);
  expect(worlds.list()).toHaveLength(101);
});
