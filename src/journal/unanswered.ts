/** A request that has arrived and has no response yet, such as one that a rule holds back. The journal gets it with its response. */
export interface UnansweredRequest {
  readonly dialect: string;
  /** `dialect.operation`. */
  readonly operation: string;
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** Names and values in turn. */
  readonly requestHeaders: readonly string[];
}
