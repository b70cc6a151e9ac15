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

  test('continues from its frozen time when it is resumed', () => {
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

describe('waiting for a time', () => {
  /** Waits for each of the times and records those that were reached. */
  const recordWakeUps = (clock: Clock, times: readonly number[]): { readonly woken: number[] } => {
    const woken: number[] = [];
    for (const time of times) void clock.until(time).done.then(() => woken.push(time));
    return { woken };
  };
  const flush = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  test('ends when a frozen clock reaches the time, and not before', async () => {
    const clock = new Clock({ frozenAt: NOON, offset: 0 });
    const { woken } = recordWakeUps(clock, [NOON + 2000, NOON, NOON + 1000, NOON + 1000]);
    await flush();
    expect(woken).toEqual([NOON]);
    clock.advance(999);
    await flush();
    expect(woken).toEqual([NOON]);
    clock.advance(1);
    await flush();
    expect(woken).toEqual([NOON, NOON + 1000, NOON + 1000]);
    clock.set(NOON - 1);
    clock.setState({ frozenAt: NOON + 5000, offset: 0 });
    await flush();
    expect(woken).toEqual([NOON, NOON + 1000, NOON + 1000, NOON + 2000]);
  });

  test('ends by a running clock and by a resumed one', async () => {
    const clock = new Clock();
    await clock.until(clock.now() + 5).done;
    clock.freeze();
    const until = clock.now() + 5;
    const waiting = clock.until(until).done;
    clock.resume();
    await waiting;
    expect(clock.now()).toBeGreaterThanOrEqual(until);
  });

  test('ends when the clock is restored', async () => {
    const clock = new Clock({ frozenAt: NOON, offset: 0 });
    const { woken } = recordWakeUps(clock, [NOON + 1000]);
    clock.restore({ frozenAt: NOON, offset: 0 });
    await flush();
    expect(woken).toEqual([NOON + 1000]);
  });
});

test('writes times in the formats of the services', () => {
  expect(toSeconds(NOON + 999)).toBe('2026-11-21T12:00:00Z');
  expect(toMicroseconds(NOON + 7)).toBe('2026-11-21T12:00:00.007000Z');
  expect(toMicroseconds(NOON + 880.036)).toBe('2026-11-21T12:00:00.880036Z');
});
