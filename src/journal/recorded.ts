import type { Source } from '../base/source.ts';
import { JournalBody } from './body-pages.ts';
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
 * Nearly all the time that the journal takes would be the garbage collector's, which copies what new entries refer to. So
 * the journal uses dropped entries again (`reset`), with their lists and bodies, and an entry refers to few other objects:
 * times are stored as integers, because V8 makes an object of each fraction and of each number above 2^31.
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
  /** Whether somebody has the entry: the reader of a journal, or what completes the entry later. It is not used again. */
  isLent = false;
  /** What the journal stores bodies in. */
  readonly bodies = { request: new JournalBody(), response: new JournalBody() };
  /** Names and values in turn. What follows the first `#headerCount` texts is left over from earlier uses. */
  readonly #headers: string[] = [];
  #headerCount = 0;
  #timeSeconds = 0;
  #timeRest = 0;
  #startedSeconds = 0;
  #startedRest = 0;
  #firstByte = 0;
  #lastByte = 0;

  /** Names and values of the response headers in turn, as sent. */
  get responseHeaders(): readonly string[] {
    return this.#headers.slice(0, this.#headerCount);
  }

  set responseHeaders(list: readonly string[]) {
    // The list itself would survive the next run of the garbage collector, this one is old already.
    for (let at = 0; at < list.length; at += 1) this.#headers[at] = list[at] as string;
    this.#headerCount = list.length;
  }

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
    for (let at = 0; at < this.#headerCount; at += 1) total += (this.#headers[at] as string).length;
    return total + bytesOf(this.requestBody) + bytesOf(this.responseBody);
  }

  /** Gives up the bodies, because the journal drops the entry. */
  release(): void {
    if (this.requestBody instanceof JournalBody) this.requestBody.release();
    if (this.responseBody instanceof JournalBody) this.responseBody.release();
  }

  /** Prepares a dropped entry for its next use. The journal and the HTTP layer set the other members each time. */
  reset(): void {
    this.operation = null;
    this.source = 'natural';
    this.profiles = undefined;
    this.outcome = 'complete';
    this.fired = undefined;
    this.decision = undefined;
    this.isDecidedEarly = false;
    this.caller = undefined;
    this.imageId = undefined;
    this.requestBody = NO_BODY;
    this.responseBody = NO_BODY;
    this.nearest = undefined;
    this.violations = undefined;
    this.failure = undefined;
  }
}

const bytesOf = (body: StoredBody): number =>
  body instanceof JournalBody ? body.storedBytes : (body.content?.length ?? 0);
