import type { Source } from '../base/source.ts';
import type { FiredRule, Outcome } from './recorded.ts';
import type { BodyDigests } from './stored-body.ts';

/** A header, with its name as sent. */
export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

/** A request or response body. At most one of `text` and `base64` is set. */
export interface EntryBody {
  /** Bytes of the body that arrived or were sent, stored or not. */
  readonly size: number;
  /** The body, or its beginning, if it is valid UTF-8. */
  readonly text?: string;
  /** The body, or its beginning, if it is not valid UTF-8. */
  readonly base64?: string;
  /** Whether the body is longer than what the journal stores of it. */
  readonly truncated?: true;
  /** Whether the body is still arriving. */
  readonly arriving?: true;
  /** Digests of an upload, which the journal does not store. */
  readonly digests?: BodyDigests;
}

/** Headers and body of a request or a response. */
export interface EntryMessage {
  readonly headers: readonly HeaderField[];
  readonly body?: EntryBody;
}

/** The journal's record of one request and its response. */
export interface Entry {
  /** Sequence number within a world, from 1. */
  readonly id: number;
  /** Sequence number over all worlds of the process, from 1. */
  readonly sequence: number;
  /** Milliseconds since 1970 when the response began, by the world's clock. */
  readonly time: number;
  /** Milliseconds since 1970, by the machine's clock, at which the request head had arrived; with three decimals. */
  readonly started: number;
  readonly world: string;
  /** The API that served the request: `image-v2`. */
  readonly dialect: string;
  /** `dialect.operation`; `null` when no operation matched. */
  readonly operation: string | null;
  readonly method: string;
  /** Path and query as sent, including the prefix of a world. Longer ones than 2048 characters are truncated. */
  readonly url: string;
  /** 0 when a fault prevented a response. */
  readonly status: number;
  /** `injected` for a response that a rule produced, `by-profile` and `natural` for ones that came from state and input. */
  readonly source: Source;
  /** For `by-profile`: the profiles without which the response would be another one, as `ims/version-status: huaweicloud`. */
  readonly profiles?: readonly string[];
  /** Whether the client received the whole response. */
  readonly outcome: Outcome;
  /** The rule that fired, and what it did. */
  readonly fault?: FiredRule;
  readonly userAgent?: string;
  /** Name of the caller. */
  readonly user?: string;
  /** Project id of the caller. */
  readonly project?: string;
  /** The image that the request names or created. */
  readonly image?: string;
  /** The label that was set when the request arrived. */
  readonly label?: string;
  /** 1, or one more for each failed attempt of the same client at the same request right before this one. */
  readonly attempt: number;
  readonly connection: {
    /** Number of the connection in this process, from 1. */
    readonly id: number;
    /** Number of the request on its connection, from 1; above 1, the client reused the connection. */
    readonly request: number;
  };
  readonly request: EntryMessage;
  readonly response: EntryMessage;
  /** Milliseconds, by the machine's clock, from the arrival of the request head. */
  readonly timings: { readonly firstByte: number; readonly lastByte: number };
  /** Duration in milliseconds, by the machine's clock. */
  readonly milliseconds: number;
  /** When no operation matched: the most similar ones, each with its method and path. */
  readonly nearest?: readonly string[];
  /** Schema violations of the request body, each with a JSON pointer. */
  readonly violations?: readonly { readonly pointer: string; readonly message: string }[];
  /** Likely cause of an unexpected response, for the user. */
  readonly hint?: string;
  /** An internal error of Sideglance, in one line. */
  readonly failure?: string;
  /**
   * Of bytes that are not an HTTP request: what is wrong with them. Method and URL are empty then unless they could be read;
   * there are no request headers.
   */
  readonly invalid?: string;
}

/** A request as it is reported once its response has been sent: an entry without headers, bodies and the number of the attempt. */
export type ReportedRequest = Omit<Entry, 'request' | 'response' | 'attempt'>;
