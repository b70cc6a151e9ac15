import type { FaultDetails } from '../dialect.ts';

/**
 * What Retry-After shall say in an API that writes seconds: what a rule wrote, else the seconds until the time that it
 * named, rounded up; `undefined` where it says neither, and `null` for no header.
 * @param now - milliseconds since 1970.
 */
export function toldWait(
  { retryAfter, retryAt }: Pick<FaultDetails, 'retryAfter' | 'retryAt'>,
  now: number,
): string | null | undefined {
  if (retryAfter !== undefined || retryAt === undefined) return retryAfter;
  return String(Math.max(0, Math.ceil((retryAt - now) / 1000)));
}
