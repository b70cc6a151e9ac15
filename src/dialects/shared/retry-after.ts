import type { FaultDetails } from '../dialect.ts';

/**
 * Returns the Retry-After header of an injected response, in an API that sends seconds: the fault's own value, or the
 * seconds until its retry time, rounded up.
 * @returns `undefined` if the fault sets neither; `null` to omit the header.
 * @param now - milliseconds since 1970.
 */
export function retryAfterHeader(
  { retryAfter, retryAt }: Pick<FaultDetails, 'retryAfter' | 'retryAt'>,
  now: number,
): string | null | undefined {
  if (retryAfter !== undefined || retryAt === undefined) return retryAfter;
  return String(Math.max(0, Math.ceil((retryAt - now) / 1000)));
}
