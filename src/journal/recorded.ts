import type { Source } from '../base/source.ts';

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

/** Digests of a body that is too large to store, in lower-case hexadecimal. */
export interface BodyDigests {
  readonly md5: string;
  readonly sha256?: string;
  readonly sha512?: string;
}

/** A body as the journal stores it. */
export interface StoredBody {
  /** Bytes of the whole body, as far as it arrived or was sent. */
  size: number;
  /** Whether the body may still grow. */
  isArriving: boolean;
  /** The body, or its beginning; `undefined` if the journal does not store bodies or there is none. */
  content: string | Buffer | undefined;
  /** Digests of an upload. */
  digests: BodyDigests | undefined;
}

/** Bytes that an entry uses besides its texts and bodies. Measured with 10,000 entries on Node 20. */
const ENTRY_BYTES = 900;

/**
 * A request and its response as the journal stores them: raw, because most entries are never read. `toEntry` turns it
 * into what users see.
 */
export class RecordedRequest {
  /** Sequence number within a world, from 1; the journal sets it. */
  id = 0;
  /** Milliseconds since 1970, by the world's clock. */
  time = 0;
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
  readonly requestBody: StoredBody = { size: 0, isArriving: false, content: undefined, digests: undefined };
  /** Names and values in turn, as sent. */
  responseHeaders: readonly string[] = [];
  readonly responseBody: StoredBody = { size: 0, isArriving: false, content: undefined, digests: undefined };
  /** Number of the connection in this process, from 1. */
  connection = 0;
  /** Number of the request on its connection, from 1. */
  requestOnConnection = 0;
  /** By the machine's clock: milliseconds since the process started at which the head of the request had arrived. */
  started = 0;
  /** Milliseconds from `started` to the first byte of the response. */
  firstByte = 0;
  /** Milliseconds from `started` to the last byte of the response. */
  lastByte = 0;
  nearest: readonly string[] | undefined;
  violations: readonly { readonly pointer: string; readonly message: string }[] | undefined;
  hint: string | undefined;
  failure: string | undefined;
  /** Bytes that the entry counts for; the journal sets it. */
  bytes = 0;

  /** Estimates the memory that the entry uses, in bytes. */
  measure(): number {
    let total = ENTRY_BYTES + this.url.length;
    for (const text of this.requestHeaders) total += text.length;
    for (const text of this.responseHeaders) total += text.length;
    return total + lengthOf(this.requestBody.content) + lengthOf(this.responseBody.content);
  }
}

const lengthOf = (content: string | Buffer | undefined): number => (content === undefined ? 0 : content.length);
