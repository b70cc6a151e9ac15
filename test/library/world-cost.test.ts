import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import BTreeModule from 'sorted-btree';
import { fixturesOf } from '../../src/fixtures/default-fixtures.ts';
import type { Worlds } from '../../src/world/worlds.ts';
import { createTestEmulator, NOON } from '../support/emulator.ts';

const FEW = 10;
const MANY = 5_000;

const worldsOf = (count: number): Worlds => {
  const images = Array.from({ length: count }, (_, nth) => ({ name: `image ${nth}`, visibility: 'public' }));
  const { worlds } = createTestEmulator({ frozenAt: NOON, fixtures: fixturesOf({ images }) });
  look(worlds, 'default');
  return worlds;
};

/** Has a world sort its images, which it does when it is first asked for a list. */
const look = (worlds: Worlds, name: string): number | undefined =>
  worlds.get(name)?.images.list({ audience: { kind: 'everyone' }, limit: 25 }).images.length;

const ACTIONS: Readonly<Record<string, (worlds: Worlds, name: string) => void>> = {
  create: (worlds, name) => void worlds.create(name),
  fork: (worlds, name) => void worlds.fork(name, worlds.default),
  'fork and list': (worlds, name) => {
    worlds.fork(name, worlds.default);
    look(worlds, name);
  },
  snapshot: (worlds, name) => worlds.default.takeSnapshot(name),
  restore: (worlds, name) => {
    worlds.default.takeSnapshot(name);
    worlds.default.restore(name);
    look(worlds, 'default');
  },
  reset: (worlds) => {
    worlds.default.reset();
    look(worlds, 'default');
  },
};

afterEach(() => {
  jest.restoreAllMocks();
});

/** How often anything of any ordered collection is touched while a world with so many images does something. */
function touches(count: number, act: (worlds: Worlds, name: string) => void): number {
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

describe.each(Object.entries(ACTIONS))('to %s', (_title, act) => {
  test('touches the same number of images in a large world as in a small one', () => {
    const many = touches(MANY, act);
    expect(many).toBe(touches(FEW, act));
    expect(many).toBeGreaterThan(0);
  });
});

test('a fork shares the image objects of its parent until one of them changes', () => {
  const worlds = worldsOf(MANY);
  const child = worlds.fork('child', worlds.default);
  expect(child.origin.imageStore).toBe(worlds.default.snapshot().imageStore);
  const { images } = worlds.default.images.list({ audience: { kind: 'everyone' }, limit: MANY });
  expect(images).toHaveLength(MANY);
  expect(images.filter((image) => child.images.peek(image.id) !== image)).toEqual([]);
});

test('a hundred worlds with many images need less than 100 KB each', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heap = (): number => {
    collect();
    collect();
    return process.memoryUsage().heapUsed;
  };
  const worlds = worldsOf(MANY);
  const before = heap();
  for (let nth = 0; nth < 100; nth += 1) {
    worlds.fork(`fork-${nth}`, worlds.default).reset();
    look(worlds, `fork-${nth}`);
  }
  expect((heap() - before) / 100 / 1024).toBeLessThan(100);
  expect(worlds.list()).toHaveLength(101);
});
