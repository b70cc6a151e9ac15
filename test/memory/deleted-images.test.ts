import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { ANONYMOUS, type Caller } from '../../src/domain/caller.ts';
import { MAX_DELETED } from '../../src/domain/image-store/deleted-images.ts';
import type { Emulator } from '../../src/emulator.ts';
import { fixturesOf } from '../../src/fixtures/default-fixtures.ts';
import type { World } from '../../src/world/world.ts';
import { createTestEmulator, NOON } from '../support/emulator.ts';

const CALLER: Caller = { ...ANONYMOUS, userId: 'u', projectId: 'p', roles: ['member'] };

let emulator: Emulator;
let world: World;
beforeEach(() => {
  emulator = createTestEmulator({
    frozenAt: NOON,
    fixtures: fixturesOf({ images: [{ id: idOf(0), name: 'first', visibility: 'public', owner: 'demo' }] }),
  });
  world = emulator.worlds.default;
});

const idOf = (number: number): string => `5f1a7000-0000-4000-8000-${String(number).padStart(12, '0')}`;

function createAndDelete(to: World, id: string): void {
  to.images.create(CALLER, { id, name: `image ${id}` });
  to.images.remove(CALLER, id);
}

const deletedIn = (of: World): readonly string[] =>
  of.images
    .list({ audience: { kind: 'everyone' }, deleted: 'only', limit: 2 * MAX_DELETED })
    .images.map(({ id }) => id);

describe('Of many deleted images', () => {
  const COUNT = MAX_DELETED + 2000;
  beforeEach(() => {
    for (let at = 1; at <= COUNT; at += 1) createAndDelete(world, idOf(at));
  });

  test('the latest are listed as deleted, and the older ones are unknown', () => {
    const listed = new Set(deletedIn(world));
    expect(listed.size).toBe(MAX_DELETED);
    expect([listed.has(idOf(2000)), listed.has(idOf(2001)), listed.has(idOf(COUNT))]).toEqual([false, true, true]);
    expect([1, COUNT].map((at) => world.images.peek(idOf(at))?.status)).toEqual([undefined, 'deleted']);
  });

  test('every id stays taken, also in snapshots, forks and after a restore', () => {
    world.takeSnapshot('then');
    const fork = emulator.worlds.fork('fork', world);
    world.restore('then');
    for (const each of [world, fork]) {
      for (const at of [1, 1000, 2001, COUNT]) {
        expect(() => each.images.create(CALLER, { id: idOf(at) })).toThrow(
          expect.objectContaining({ problem: { kind: 'image-exists', imageId: idOf(at) } }),
        );
      }
      expect(each.images.isTaken(idOf(COUNT + 1))).toBe(false);
    }
    createAndDelete(fork, idOf(COUNT + 1));
    expect([world.images.isTaken(idOf(COUNT + 1)), deletedIn(fork).length]).toEqual([false, MAX_DELETED]);
  });

  test('a reset frees the ids', () => {
    world.reset();
    createAndDelete(world, idOf(1));
    expect(deletedIn(world)).toEqual([idOf(1)]);
  });
});

test('An image of the fixtures that was deleted and forgotten still shows as a change', () => {
  world.images.remove({ ...CALLER, isAdmin: true }, idOf(0));
  for (let at = 1; at <= MAX_DELETED; at += 1) createAndDelete(world, idOf(at));
  expect(world.images.peek(idOf(0))).toBeUndefined();
  const change = [...world.images.differences()].find(({ before }) => before?.id === idOf(0));
  expect([change?.before?.status, change?.after.status]).toEqual(['active', 'deleted']);
  expect(world.images.list({ audience: { kind: 'everyone' }, limit: 5 }).images).toEqual([]);
});

test('Deleted images beyond the bound take hardly any memory', () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  let next = 1;
  const usedAfter = (count: number): number => {
    for (const end = next + count; next < end; next += 1) createAndDelete(world, idOf(next));
    collectGarbage();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = usedAfter(30_000);
  const growth = usedAfter(30_000) - before;
  // Kept as a whole, an image takes more than 500 bytes.
  expect(growth).toBeLessThan(30_000 * 150);
});
