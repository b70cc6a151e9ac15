import type { IncomingHttpHeaders } from 'node:http';
import type { Cloud } from '../cloud.ts';
import type { Call, Contract, Handler, Operation, Reply } from '../contract/contract.ts';
import type { Violation } from '../contract/schema.ts';
import type { Caller } from '../domain/caller.ts';
import type { Problem } from '../domain/problem.ts';

export const DIALECT_NAMES = [
  'image-v2',
  'compute-v2.1',
  'rackspace-images',
  'rackspace-servers',
  'ims',
  'identity',
] as const;
export type DialectName = (typeof DIALECT_NAMES)[number];

/** What a handler gets beside the call. */
export interface Context {
  readonly cloud: Cloud;
  /** `ANONYMOUS` for operations that ask for no token. */
  readonly caller: Caller;
  /** `req-` and a UUID, for the headers in which services send it. */
  readonly requestId: string;
}

/** How an injected answer departs from the dialect's ordinary wording. */
export interface FaultDetails {
  /** The value of Retry-After as it shall go over the wire; `null` to leave the header out; absent for the usual. */
  readonly retryAfter?: string | null;
  /** Milliseconds since 1970 at which the client may come back, for bodies that name the time. */
  readonly retryAt?: number;
  /** The one-line message inside the dialect's error shape. */
  readonly message?: string;
  /** One of the contract's `codes`. */
  readonly code?: string;
}

/** What a log-in says of the world that it is for. */
export type WorldOfLogIn =
  /** The name of the world, and the body without it. */
  | { readonly world: string; readonly body: Buffer }
  /** A token that may tell. */
  | { readonly token: string };

export interface OperationRef {
  /** Dialect and operation: `image-v2.deleteImage`. */
  readonly name: string;
  readonly dialect: Dialect;
  readonly id: string;
  readonly operation: Operation;
  readonly handler: Handler<Context>;
  /** Place in the list of all operations of all dialects. */
  readonly index: number;
}

/** One published API. */
export interface Dialect {
  readonly name: DialectName;
  readonly contract: Contract;
  readonly handlers: Readonly<Record<string, Handler<Context>>>;
  /** Answers HEAD wherever it answers GET. */
  readonly answersHead?: boolean;
  /** Bytes of a request body that is read whole; a longer one is refused. */
  readonly bodyLimit: number;
  /**
   * Who calls, from token or signature.
   * @returns the caller, or the reply that refuses.
   */
  identify(call: Call, cloud: Cloud, operation: Operation): Caller | Reply;
  /** A problem of the domain, in this API's words. */
  presentProblem(problem: Problem, call: Call, context: Context): Reply;
  /** A body that is not what the operation's schema says; the first violation is the one to word. */
  presentViolations(violations: readonly Violation[], call: Call, context: Context, operation: Operation): Reply;
  /** A body that is no JSON, where the operation has a schema; `reason` in the parser's words. */
  presentMalformed(reason: string, call: Call, context: Context, operation: Operation): Reply;
  /** An injected status, as this API words it: the error shape for errors, a plausible success for 2xx and 3xx. */
  presentFault(status: number, details: FaultDetails, call: Call, context: Context, operation: Operation): Reply;
  /** A path or method of no operation. `methods` are what the path offers, upper case; empty: no such path. */
  presentUnrouted(methods: readonly string[], call: Call, cloud: Cloud, requestId: string): Reply;
  /** A failure of our own. */
  presentFailure(error: unknown, call: Call, cloud: Cloud, requestId: string): Reply;
  /** A body longer than `most` bytes, refused before it is read whole. */
  presentOversized(most: number, call: Call, cloud: Cloud, requestId: string): Reply;
  /** Headers that every answer of this API carries, injected ones too. A header that the reply sets itself stays. */
  standingHeaders?(call: Call, reply: Reply, requestId: string): Readonly<Record<string, string | readonly string[]>>;
  /** What the body of a request says of the world that it is for. */
  worldOfLogIn?(body: Buffer, cloud: Cloud): WorldOfLogIn | undefined;
  /** Says which of several operations of one method and path a request means; answers one of `ids`. */
  choose?(ids: readonly string[], call: Call): string;
  /** Rewrites a path before it is routed: double slashes, version aliases, a version asked for by header. */
  normalise?(path: string, headers: IncomingHttpHeaders): string;
}
