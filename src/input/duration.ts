const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Pattern of a duration: one or several numbers with units, such as `90s`, `1h30m` or `250ms`. */
export const DURATION_PATTERN = '^([0-9]+(\\.[0-9]+)?(ms|s|m|h|d))+$';

/**
 * Converts a duration to milliseconds.
 * @param duration - Seconds, or a text that matches `DURATION_PATTERN`.
 */
export function parseDuration(duration: number | string): number {
  if (typeof duration === 'number') return Math.round(duration * 1000);
  let total = 0;
  for (const [, amount, unit] of duration.matchAll(/([0-9.]+)(ms|s|m|h|d)/g)) {
    total += Number(amount) * (UNITS[unit as string] as number);
  }
  return Math.round(total);
}
