import { toMicroseconds } from '../base/microseconds.ts';
import type { Source } from '../base/source.ts';
import { JournalBody } from './body-pages.ts';
import { NO_BODY, type StoredBody } from './stored-body.ts';
import { lengthOf } from './text-length.ts';

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
  /** Whether somebody decided it by hand while the request was held. */
  readonly byHand?: true;
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
export const ENTRY_BYTES = 900;

const NO_HEADERS: readonly string[] = [];

/**
 * A request and its response as the HTTP layer reports them to the journal, and as the journal returns them: raw, because most
 * entries are never read. `toEntry` turns it into what users see.
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
  requestHeaders: readonly string[] = NO_HEADERS;
  /** Names and values in turn, as sent. */
  responseHeaders: readonly string[] = NO_HEADERS;
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
  /** Of what is not an HTTP request: what is wrong with it. */
  invalid: string | undefined;
  /** Bytes that the entry counts for; the journal sets it. */
  bytes = 0;
  /** Whether something completes the entry later. */
  isUnfinished = false;
  /** Milliseconds since 1970, by the world's clock. */
  time = 0;
  #started = 0;
  #firstByte = 0;
  #lastByte = 0;

  /**
   * By the machine's clock: milliseconds since the process started at which the head of the request had arrived. This
   * and the following times have three decimals.
   */
  get started(): number {
    return this.#started;
  }

  set started(milliseconds: number) {
    this.#started = toMicroseconds(milliseconds);
  }

  /** Milliseconds from `started` to the first byte of the response. */
  get firstByte(): number {
    return this.#firstByte;
  }

  set firstByte(milliseconds: number) {
    this.#firstByte = toMicroseconds(milliseconds);
  }

  /** Milliseconds from `started` to the last byte of the response. */
  get lastByte(): number {
    return this.#lastByte;
  }

  set lastByte(milliseconds: number) {
    this.#lastByte = toMicroseconds(milliseconds);
  }

  /** Estimates the memory that the entry uses, in bytes. */
  measure(): number {
    const own = ENTRY_BYTES + this.url.length;
    return own + lengthOf(this.requestHeaders) + lengthOf(this.responseHeaders) + this.bodyBytes();
  }

  /** Memory that the bodies use, in bytes. */
  bodyBytes(): number {
    return bytesOf(this.requestBody) + bytesOf(this.responseBody);
  }

  /** Prepares the object for another request, after a journal has stored this one in another form. */
  reuse(): this {
    this.operation = null;
    this.source = 'natural';
    this.fired = undefined;
    this.decision = undefined;
    this.isDecidedEarly = false;
    this.caller = undefined;
    this.imageId = undefined;
    this.label = undefined;
    this.requestBody = NO_BODY;
    this.responseBody = NO_BODY;
    return this;
  }

  /** Gives up the bodies, because the journal drops the entry. */
  release(): void {
    if (this.requestBody instanceof JournalBody) this.requestBody.release();
    if (this.responseBody instanceof JournalBody) this.responseBody.release();
  }
}

const bytesOf = (body: StoredBody): number =>
  body instanceof JournalBody ? body.storedBytes : (body.content?.length ?? 0);
