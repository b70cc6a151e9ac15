import { runInNewContext } from 'node:vm';

/** A smaller heap is left to V8: to compact it would take long compared with the rest of a start. In bytes. */
const LARGE_HEAP = 128 * 2 ** 20;

/**
 * Returns memory to the system that reading large files has left behind: V8 keeps it until it needs it for something else,
 * which in a server that has all its images may be never. Takes about half a second for 100,000 images.
 * @param threshold - a smaller heap is left as it is, in bytes.
 */
export function compactMemory(threshold = LARGE_HEAP): void {
  if (process.memoryUsage().heapUsed < threshold) return;
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  setFlagsFromString('--expose-gc');
  setFlagsFromString('--compact-on-every-full-gc');
  try {
    const collect = runInNewContext('gc') as () => void;
    collect();
  } finally {
    setFlagsFromString('--no-compact-on-every-full-gc');
    setFlagsFromString('--no-expose-gc');
  }
}
