import { describe, expect, test } from '@jest/globals';
import { Clock, REAL_TIME, toMicroseconds, toSeconds } from '../../src/domain/clock.ts';

const NOON = Date.UTC(2026, 10, 21, 12);

describe('the clock of a world', () => {
  test('does not advance while frozen, until it is set or advanced', () => {
    const clock = new Clock({ frozenAt: NOON, offset: 0 });
    expect(clock.now()).toBe(NOON);
    clock.advance(90_000);
    expect(clock.now()).toBe(NOON + 90_000);
    clock.set(NOON - 1);
    expect(clock.now()).toBe(NOON - 1);
    expect(clock.state.frozenAt).toBe(NOON - 1);
  });

  test('continues from the time it is set to', () => {
    const clock = new Clock();
    clock.set(NOON);
    expect(clock.state.frozenAt).toBeNull();
    expect(clock.now()).toBeGreaterThanOrEqual(NOON);
    expect(clock.now()).toBeLessThan(NOON + 60_000);
  });

  test('continues from where it stood when it is resumed', () => {
    const clock = new Clock({ frozenAt: NOON, offset: 0 });
    clock.resume();
    expect(clock.state.frozenAt).toBeNull();
    expect(clock.now()).toBeGreaterThanOrEqual(NOON);
    clock.freeze();
    expect(clock.state.frozenAt).toBeGreaterThanOrEqual(NOON);
  });

  test('restores a saved state', () => {
    const clock = new Clock();
    clock.advance(3_600_000);
    clock.restore(REAL_TIME);
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(60_000);
  });
});

describe('a waiter for a time', () => {
  /** Which of them have been let go so far. */
  const waiting = (clock: Clock, times: readonly number[]): { readonly gone: number[] } => {
    const gone: number[] = [];
    for (const time of times) void clock.until(time).then(() => gone.push(time));
    return { gone };
  };
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  test('wakes when a frozen clock reaches the time, and no sooner', async () => {
    const clock = new Clock({ frozenAt: NOON, offset: 0 });
    const { gone } = waiting(clock, [NOON + 2000, NOON, NOON + 1000, NOON + 1000]);
    await turn();
    expect(gone).toEqual([NOON]);
    clock.advance(999);
    await turn();
    expect(gone).toEqual([NOON]);
    clock.advance(1);
    await turn();
    expect(gone).toEqual([NOON, NOON + 1000, NOON + 1000]);
    clock.set(NOON - 1);
    clock.become({ frozenAt: NOON + 5000, offset: 0 });
    await turn();
    expect(gone).toEqual([NOON, NOON + 1000, NOON + 1000, NOON + 2000]);
  });

  test('wakes by a running clock, and by a resumed one', async () => {
    const clock = new Clock();
    await clock.until(clock.now() + 5);
    clock.freeze();
    const until = clock.now() + 5;
    const waits = clock.until(until);
    clock.resume();
    await waits;
    expect(clock.now()).toBeGreaterThanOrEqual(until);
  });

  test('wakes when the world starts over', async () => {
    const clock = new Clock({ frozenAt: NOON, offset: 0 });
    const { gone } = waiting(clock, [NOON + 1000]);
    clock.restore({ frozenAt: NOON, offset: 0 });
    await turn();
    expect(gone).toEqual([NOON + 1000]);
  });
});

test('writes times in the formats of the services', () => {
  expect(toSeconds(NOON + 999)).toBe('2026-11-21T12:00:00Z');
  expect(toMicroseconds(NOON + 7)).toBe('2026-11-21T12:00:00.007000Z');
});
