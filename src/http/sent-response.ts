import type { ServerResponse } from 'node:http';
import type { Reply } from '../contract/contract.ts';

/** A response that has been handed to the connection. */
export interface SentResponse {
  readonly response: ServerResponse;
  readonly reply: Reply;
  /** Header names and values, alternating. */
  readonly headers: readonly string[];
  /** When that was, in milliseconds since 1970 by the world's clock. */
  readonly now: number;
}
