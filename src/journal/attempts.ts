import { hash } from 'node:crypto';
import type { Steps } from '../base/slices.ts';
import type { StoredEntries } from './journal-view.ts';
import type { RecordedRequest } from './recorded.ts';
import { headerOf } from './to-entry.ts';

/** Requests beyond this number are forgotten, those first that were not repeated for longest. */
const MAX_REQUESTS = 10_000;

/**
 * Counts the attempts of clients at the same request: the same method, URL and body by the same client. An attempt
 * follows one that failed; after a success the count starts again.
 */
export class Attempts {
  /** Failed attempts so far, by request, in the order of their latest attempt. */
  readonly #failed = new Map<string, number>();

  /** Returns the number of an attempt, from 1. Takes the entries in chronological order. */
  next(entry: RecordedRequest): number {
    const key = keyOf(entry);
    const failed = this.#failed.get(key) ?? 0;
    this.#failed.delete(key);
    if (hasFailed(entry)) this.#failed.set(key, failed + 1);
    if (this.#failed.size > MAX_REQUESTS) this.#failed.delete(this.#failed.keys().next().value as string);
    return failed + 1;
  }
}

/**
 * Returns the number of the attempt that an entry is, as `Attempts` does, without a look at all entries of the journal: it
 * looks back from this one.
 */
export function* attemptOf(journal: Pick<StoredEntries, 'entry'>, entry: RecordedRequest): Steps<number> {
  let attempt = 1;
  const {
    method,
    url,
    requestBody: { size },
  } = entry;
  let key: string | undefined;
  for (let id = entry.id - 1; ; id -= 1) {
    const earlier = journal.entry(id);
    if (earlier === undefined) return attempt;
    yield;
    // A body of another size is another request; to tell those of the same size apart takes longer.
    if (earlier.url !== url || earlier.method !== method || earlier.requestBody.size !== size) continue;
    key ??= keyOf(entry);
    if (keyOf(earlier) !== key) continue;
    if (!hasFailed(earlier)) return attempt;
    attempt += 1;
  }
}

/** Returns the numbers of the attempts that the entries of a journal are, by id. */
export function* attemptsIn(journal: StoredEntries): Steps<(id: number) => number> {
  const attempts = new Attempts();
  const numbers = new Uint32Array(journal.recorded - journal.dropped);
  for (const entry of journal.after()) {
    yield;
    numbers[entry.id - journal.dropped - 1] = attempts.next(entry);
  }
  return (id) => numbers[id - journal.dropped - 1] ?? 1;
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
