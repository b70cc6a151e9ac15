/** The journal's record of one request and its response. */
export interface Entry {
  /** Sequence number within a world, from 1. */
  readonly id: number;
  /** Milliseconds since 1970, by the world's clock. */
  readonly time: number;
  /** The API that served the request: `image-v2`. */
  readonly dialect: string;
  /** `dialect.operation`; `null` when no operation matched. */
  readonly operation: string | null;
  readonly method: string;
  /** Path and query as sent, including the prefix of a world. */
  readonly url: string;
  /** 0 when a fault prevented a response. */
  readonly status: number;
  /** `injected` for a response that a rule produced, `natural` for one that came from state and input. */
  readonly source: 'natural' | 'injected';
  /** The rule that fired, by scenario and index, and what it did: `answer`, `delay`, `cut` and so on. */
  readonly fault?: { readonly scenario: string; readonly rule: number; readonly kind: string };
  readonly userAgent?: string;
  readonly project?: string;
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
}
