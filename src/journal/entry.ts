/** What the journal keeps of one exchange. */
export interface Entry {
  /** Counts up within a world, from 1. */
  readonly id: number;
  /** Milliseconds since 1970, by the world's clock. */
  readonly time: number;
  readonly dialect: string;
  /** `dialect.operation`; `null` for a path of no operation. */
  readonly operation: string | null;
  readonly method: string;
  /** Path and query as sent, a world's prefix included. */
  readonly url: string;
  /** 0 where a fault let no answer be made. */
  readonly status: number;
  readonly source: 'natural' | 'injected';
  /** Scenario and rule that took part in the answer, and what they did: `answer`, `delay`, `cut` and so on. */
  readonly fault?: { readonly scenario: string; readonly rule: number; readonly kind: string };
  readonly userAgent?: string;
  readonly project?: string;
  /** Milliseconds that the answer took, by the machine's clock. */
  readonly milliseconds: number;
  /** For a path of no operation: the operations nearest to it, with what differs. */
  readonly nearest?: readonly string[];
  /** What the body broke, by pointer. */
  readonly violations?: readonly { readonly pointer: string; readonly message: string }[];
  /** What may have been meant, where that is not what was found. */
  readonly hint?: string;
  /** A failure of our own, in a line. */
  readonly failure?: string;
}
