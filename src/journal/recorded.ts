import type { Source } from '../base/source.ts';
import { PagedBody } from './body-pages.ts';
import { NO_BODY, type StoredBody } from './stored-body.ts';

/** Who sent a request, as the token or signature said. */
export interface JournalCaller {
  readonly userId: string;
  readonly userName: string;
  readonly projectId: string;
  readonly projectName: string;
}

/** The rule that fired for a request, and what it did. */
export interface FiredRule {
  /** Name of the scenario, id of the one-off fault, or the request header that requested it. */
  readonly scenario: string;
  /** Index of the rule in its scenario, from 0. */
  readonly rule: number;
  /** What the rule did: `answer`, `delay`, `cut` and so on. */
  readonly kind: string;
  /** When the effect of the request took place: `before`, `after`, `twice` or `late`. */
  readonly phase: string;
}

/**
 * - `complete`: the client received the whole response.
 * - `faulty`: a rule damaged the response, or prevented it.
 * - `client gone`: the client disconnected before it had received the response.
 * - `pending`: the response is still being sent.
 */
export const OUTCOMES = ['complete', 'faulty', 'client gone', 'pending'] as const;

/** One of `OUTCOMES`. */
export type Outcome = (typeof OUTCOMES)[number];

/** Bytes that an entry uses besides its texts and bodies. Measured with 10,000 entries on Node 20. */
const ENTRY_BYTES = 900;

/**
 * A request and its response as the journal stores them: raw, because most entries are never read. `toEntry` turns it
 * into what users see.
 *
 * Nearly all the time that the journal takes is the garbage collector's, which copies what new entries refer to. So an
 * entry refers to few objects of its own: times are stored as integers, because V8 makes an object of each fraction and
 * of each number above 2^31.
 */
export class RecordedRequest {
  /** Sequence number within a world, from 1; the journal sets it. */
  id = 0;
  /** Sequence number over all worlds of the process, from 1; the journal sets it. */
  sequence = 0;
  dialect = '';
  operation: string | null = null;
  method = '';
  url = '';
  status = 0;
  source: Source = 'natural';
  /** Of a response by profile: the profiles without which it would be another one. */
  profiles: readonly string[] | undefined;
  outcome: Outcome = 'complete';
  fired: FiredRule | undefined;
  /** What the fault engine decided, for recordings; a JSON value once its data is converted. */
  decision: object | undefined;
  /** Whether the rule was evaluated before authentication. */
  isDecidedEarly = false;
  /** Reason phrase of the status line, if it is not the usual one. */
  reason: string | undefined;
  caller: JournalCaller | undefined;
  /** Path parameter `image_id` of the request. */
  imageId: string | undefined;
  label: string | undefined;
  /** Names and values in turn, as sent. */
  requestHeaders: readonly string[] = [];
  requestBody: StoredBody = NO_BODY;
  /** Names and values in turn, as sent. */
  responseHeaders: readonly string[] = [];
  responseBody: StoredBody = NO_BODY;
  /** Number of the connection in this process, from 1. */
  connection = 0;
  /** Number of the request on its connection, from 1. */
  requestOnConnection = 0;
  nearest: readonly string[] | undefined;
  violations: readonly { readonly pointer: string; readonly message: string }[] | undefined;
  hint: string | undefined;
  failure: string | undefined;
  /** Bytes that the entry counts for; the journal sets it. */
  bytes = 0;
  #timeSeconds = 0;
  #timeRest = 0;
  #startedSeconds = 0;
  #startedRest = 0;
  #firstByte = 0;
  #lastByte = 0;

  /** Milliseconds since 1970, by the world's clock. */
  get time(): number {
    return this.#timeSeconds * 1000 + this.#timeRest;
  }

  set time(milliseconds: number) {
    this.#timeSeconds = Math.floor(milliseconds / 1000);
    this.#timeRest = milliseconds - this.#timeSeconds * 1000;
  }

  /**
   * By the machine's clock: milliseconds since the process started at which the head of the request had arrived. This
   * and the following times have three decimals.
   */
  get started(): number {
    return this.#startedSeconds * 1000 + this.#startedRest / 1000;
  }

  set started(milliseconds: number) {
    this.#startedSeconds = Math.floor(milliseconds / 1000);
    this.#startedRest = Math.round((milliseconds - this.#startedSeconds * 1000) * 1000);
  }

  /** Milliseconds from `started` to the first byte of the response. */
  get firstByte(): number {
    return this.#firstByte / 1000;
  }

  set firstByte(milliseconds: number) {
    this.#firstByte = Math.round(milliseconds * 1000);
  }

  /** Milliseconds from `started` to the last byte of the response. */
  get lastByte(): number {
    return this.#lastByte / 1000;
  }

  set lastByte(milliseconds: number) {
    this.#lastByte = Math.round(milliseconds * 1000);
  }

  /** Estimates the memory that the entry uses, in bytes. */
  measure(): number {
    let total = ENTRY_BYTES + this.url.length;
    for (const text of this.requestHeaders) total += text.length;
    for (const text of this.responseHeaders) total += text.length;
    return total + bytesOf(this.requestBody) + bytesOf(this.responseBody);
  }

  /** Gives up the bodies, because the journal drops the entry. */
  release(): void {
    if (this.requestBody instanceof PagedBody) this.requestBody.release();
    if (this.responseBody instanceof PagedBody) this.responseBody.release();
  }
}

const bytesOf = (body: StoredBody): number =>
  body instanceof PagedBody ? body.storedBytes : (body.content?.length ?? 0);
