import type { Reply } from '../../contract/contract.ts';
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

/** Sets or removes the Retry-After header of an injected response, as its rule says. A computed time keeps the API's own. */
export function withRetryAfter(reply: Reply, details: FaultDetails, now: number): Reply {
  const value = retryAfterHeader(details, now);
  const { 'Retry-After': own, ...others } = reply.headers ?? {};
  if (value === undefined || (own !== undefined && details.retryAfter === undefined)) return reply;
  return { ...reply, headers: value === null ? others : { ...others, 'Retry-After': value } };
}
