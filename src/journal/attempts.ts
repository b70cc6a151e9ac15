import { hash } from 'node:crypto';
import type { RecordedRequest } from './recorded.ts';
import { headerOf } from './to-entry.ts';

/**
 * Counts the attempts of clients at the same request: the same method, URL and body by the same client. An attempt
 * follows one that failed; after a success the count starts again.
 */
export class Attempts {
  /** Failed attempts so far, by request. */
  readonly #failed = new Map<string, number>();

  /** Returns the number of an attempt, from 1. Takes the entries in chronological order. */
  next(entry: RecordedRequest): number {
    const key = keyOf(entry);
    const failed = this.#failed.get(key) ?? 0;
    if (hasFailed(entry)) this.#failed.set(key, failed + 1);
    else this.#failed.delete(key);
    return failed + 1;
  }
}

/** Whether the client cannot know that the request succeeded. */
export const hasFailed = ({ status, outcome }: RecordedRequest): boolean =>
  status === 0 || status >= 400 || outcome === 'faulty' || outcome === 'client gone';

function keyOf({ method, url, caller, requestHeaders, requestBody }: RecordedRequest): string {
  const { content, digests, size } = requestBody;
  const body = content === undefined ? (digests?.md5 ?? size) : hash('md5', content);
  const client = headerOf(requestHeaders, 'x-sideglance-client') ?? headerOf(requestHeaders, 'user-agent');
  return [method, url, caller?.userId ?? '', client ?? '', body].join('\n');
}
