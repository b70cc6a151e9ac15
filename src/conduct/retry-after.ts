import type { ConductRequest } from './request.ts';

/** What a Retry-After header says. */
export type RetryAfterHeader =
  | { readonly form: 'absent' }
  | { readonly form: 'malformed'; readonly text: string }
  /** `milliseconds` from the response on, by the world's clock. */
  | { readonly form: 'seconds' | 'date'; readonly milliseconds: number };

/** Reads the Retry-After header of a response. */
export function retryAfterOf(request: ConductRequest): RetryAfterHeader {
  // Of a response that was cut off, the client may not have received the header.
  const text = request.recorded.outcome === 'complete' ? request.responseHeader('retry-after') : undefined;
  if (text === undefined) return { form: 'absent' };
  if (/^\d+$/.test(text)) return { form: 'seconds', milliseconds: Number(text) * 1000 };
  const date = Date.parse(text);
  if (Number.isNaN(date) || !/GMT$/.test(text)) return { form: 'malformed', text };
  return { form: 'date', milliseconds: date - request.recorded.time };
}

/** Statuses for which a client may try again later. */
const RETRYABLE: ReadonlySet<number> = new Set([413, 429, 502, 503, 504]);

/** Whether the service asks the client to try again later, or did not answer. */
export const mayBeRetried = (request: ConductRequest): boolean =>
  request.status === 0 || RETRYABLE.has(request.status) || request.recorded.outcome === 'faulty';
