import { expect, test } from '@jest/globals';
import { compactMemory } from '../../src/cli/compact-memory.ts';

const heap = (): number => process.memoryUsage().heapUsed;

/** Fills the heap with lists that nothing refers to. Returns the size of the heap then. */
function fill(): number {
  let list: number[] = [];
  for (let count = 0; count < 40; count += 1) list = new Array<number>(2 ** 17).fill(count + 0.5);
  return list.length === 0 ? 0 : heap();
}

test('memory that nothing uses is returned after large files were read, and a small heap is left as it is', () => {
  const filled = fill();

  compactMemory(Number.MAX_SAFE_INTEGER);
  const untouched = heap();
  compactMemory(0);

  expect(untouched).toBeGreaterThanOrEqual(filled);
  expect(heap()).toBeLessThan(filled);
});
