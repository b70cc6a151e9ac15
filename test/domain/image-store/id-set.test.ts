import { randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { IdSet } from '../../../src/domain/image-store/id-set.ts';

const idOf = (number: number): string => `5f1a7000-0000-4000-8000-${String(number).padStart(12, '0')}`;

describe('A set of ids', () => {
  test('contains what was added and nothing else, for ids of any form', () => {
    const ids = [...Array.from({ length: 20_000 }, (_, at) => idOf(at)), 'my-image', '', idOf(1).toUpperCase(), 'é'];
    const set = new IdSet();
    const early: string[] = [];
    for (const id of ids) {
      if (set.has(id)) early.push(id);
      set.add(id);
    }
    expect(early).toEqual([]);
    for (const id of ids) set.add(id);
    expect(set.size).toBe(ids.length);
    expect(ids.filter((id) => !set.has(id))).toEqual([]);
    expect(Array.from({ length: 20_000 }, (_, at) => idOf(20_000 + at)).filter((id) => set.has(id))).toEqual([]);
    expect(set.has('my-imagE')).toBe(false);
  });

  test('is independent of its copies, in both directions', () => {
    const original = new IdSet();
    const expected = new Set<string>();
    const copies: (readonly [IdSet, ReadonlySet<string>])[] = [];
    for (let step = 0; step < 40; step += 1) {
      for (let at = 0; at < 50; at += 1) {
        const id = randomUUID();
        original.add(id);
        expected.add(id);
      }
      const copy = original.clone();
      const own = new Set(expected).add(idOf(step));
      copy.add(idOf(step));
      copies.push([copy, own]);
    }
    const all = new Set(copies.flatMap(([, own]) => [...own]));
    for (const [set, own] of [...copies, [original, expected] as const]) {
      expect(set.size).toBe(own.size);
      expect([...all].filter((id) => set.has(id) !== own.has(id))).toEqual([]);
    }
  });

  test('takes little memory for each id, outside the heap', () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const set = new IdSet();
    collectGarbage();
    const { arrayBuffers } = process.memoryUsage();
    for (let at = 0; at < 200_000; at += 1) set.add(idOf(at));
    // Pages that have grown leave smaller ones behind.
    collectGarbage();
    expect(process.memoryUsage().arrayBuffers - arrayBuffers).toBeLessThan(200_000 * 40);
    expect(set.has(idOf(199_999))).toBe(true);
  });
});
