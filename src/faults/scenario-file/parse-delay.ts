import type { InputIssue } from '../../input/input-error.ts';
import { type Delay, MAX_DELAY } from '../fault.ts';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/** Parses a number of milliseconds, or a text such as `250ms`, `2s` or `1m`, that has passed the schema. */
export function parseTime(value: number | string, pointer: string, issues: InputIssue[]): number {
  if (typeof value === 'number') return value;
  const milliseconds = Number.parseFloat(value) * (UNITS[value.replace(/^[0-9.]+/, '')] as number);
  if (milliseconds > MAX_DELAY) {
    issues.push({ pointer, message: 'is too long', found: value, allowed: `${MAX_DELAY} milliseconds at most` });
  }
  return milliseconds;
}

/** Parses the member `delay` of a fault that has passed the schema. */
export function parseDelay(value: unknown, pointer: string, issues: InputIssue[]): Delay {
  if (typeof value === 'number' || typeof value === 'string') {
    return { kind: 'fixed', milliseconds: parseTime(value, pointer, issues) };
  }
  const { uniform, lognormal, clock } = value as {
    readonly clock?: number | string;
    readonly uniform?: { readonly from: number; readonly to: number };
    readonly lognormal?: { readonly median: number; readonly sigma: number };
  };
  if (clock !== undefined) return { kind: 'clock', milliseconds: parseTime(clock, `${pointer}/clock`, issues) };
  if (lognormal !== undefined) return { kind: 'lognormal', ...lognormal };
  const { from, to } = uniform as { readonly from: number; readonly to: number };
  if (from > to) {
    issues.push({
      pointer: `${pointer}/uniform`,
      message: '"from" is greater than "to"',
      found: uniform,
      allowed: `to: ${from} or more`,
    });
  }
  return { kind: 'uniform', from, to };
}
