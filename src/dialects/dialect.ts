import type { IncomingHttpHeaders } from 'node:http';
import type { ReleaseRanks } from '../base/release.ts';
import type { Cloud } from '../cloud.ts';
import type { Call, Contract, Handler, Operation, Reply } from '../contract/contract.ts';
import type { Violation } from '../contract/schema.ts';
import type { Caller } from '../domain/caller.ts';
import type { Problem } from '../domain/problem.ts';
import type { RequestDecoding } from './request-decoding.ts';

/** Names of the six dialects, in the order in which they are listed everywhere. */
export const DIALECT_NAMES = [
  'image-v2',
  'compute-v2.1',
  'rackspace-images',
  'rackspace-servers',
  'ims',
  'identity',
] as const;
/** One of `DIALECT_NAMES`. */
export type DialectName = (typeof DIALECT_NAMES)[number];

/** What a handler receives besides the request. */
export interface Context {
  readonly cloud: Cloud;
  /** `ANONYMOUS` for operations that require no token. */
  readonly caller: Caller;
  /** `req-` and a UUID, for the headers in which services return it. */
  readonly requestId: string;
}

/** How an injected response differs from the dialect's default one. */
export interface FaultDetails {
  /** Value of the Retry-After header, as sent; `null` omits the header; `undefined` keeps the dialect's default. */
  readonly retryAfter?: string | null;
  /** When the client may retry, in milliseconds since 1970, for bodies that contain the time. */
  readonly retryAt?: number;
  /** One-line message inside the dialect's error shape. */
  readonly message?: string;
  /** One of the contract's `codes`. */
  readonly code?: string;
}

/** A request that was routed to an operation. */
export interface OperationRequest {
  readonly call: Call;
  readonly context: Context;
  readonly operation: Operation;
  /** Key of `operation` in the contract. */
  readonly operationId: string;
}

/** A request whose body breaks the operation's schema. */
export interface InvalidRequest extends OperationRequest {
  /** At least one; dialects that report a single violation report the first. */
  readonly violations: readonly Violation[];
}

/** A request whose body is missing or is not JSON, although the operation has a schema. */
export interface MalformedRequest extends OperationRequest {
  /** The JSON parser's message. */
  readonly reason: string;
}

/** A request that gets an injected status. */
export interface FaultRequest extends OperationRequest {
  readonly status: number;
  readonly details: FaultDetails;
}

/**
 * One reason for which a service rejects an operation, filled with the values of a request: a problem, which the dialect
 * presents as it presents a natural one, or the error of a parser, a handler or a front end.
 */
export type NaturalProblem = (request: FaultRequest, ref: OperationRef) => Problem | Reply;

/** Reasons for one status of an operation, by name. The first one is the default of an injected response. */
export type ProblemsByName = Readonly<Record<string, NaturalProblem>>;

/** Reasons for each status of an operation. */
export type ProblemsByStatus = Readonly<Record<number, ProblemsByName>>;

/** Reasons for the errors of a dialect, by operation id. */
export type NaturalProblems = Readonly<Record<string, ProblemsByStatus>>;

/** A request that gets an error before, or without regard to, any operation. */
export interface ServiceRequest {
  readonly call: Call;
  readonly cloud: Cloud;
  /** `req-` and a UUID. */
  readonly requestId: string;
}

/** A request whose path or method belongs to no operation. */
export interface UnroutedRequest extends ServiceRequest {
  /** Upper-case methods that the path accepts; empty if there is no such path. */
  readonly methods: readonly string[];
}

/** A request on which Sideglance itself failed. */
export interface FailedRequest extends ServiceRequest {
  readonly error: unknown;
}

/** A request whose body is larger than the dialect's `bodyLimit`; it was rejected before it was read completely. */
export interface OversizedRequest extends ServiceRequest {
  readonly maxBytes: number;
  /** How many values a JSON body may have, if that is what it exceeds. */
  readonly maxValues?: number;
}

/** How a login request identifies its world. */
export type WorldOfLogIn =
  /** Name of the world, and the body with that name removed. */
  | { readonly world: string; readonly body: Buffer }
  /** A token that may belong to a world. */
  | { readonly token: string };

/** An operation together with its dialect and its handler. */
export interface OperationRef {
  /** Dialect and operation: `image-v2.deleteImage`. */
  readonly name: string;
  readonly dialect: Dialect;
  readonly id: string;
  readonly operation: Operation;
  readonly handler: Handler<Context>;
  /** Reasons for its errors, by status and name. */
  readonly problems: ProblemsByStatus;
  /** The other methods of its path, in upper case. */
  readonly otherMethods: readonly string[];
  /** Index in the list of all operations of all dialects. */
  readonly index: number;
}

/** One of the published APIs that Sideglance doubles. */
export interface Dialect {
  readonly name: DialectName;
  readonly contract: Contract;
  /** Returns the handlers of its operations. Called once, by the first request to the dialect: few starts need all dialects. */
  handlers(): Readonly<Record<string, Handler<Context>>>;
  /** Returns the reasons for the errors of its operations, from which injected errors get their words. */
  naturalProblems?(): NaturalProblems;
  /** Whether every operation that accepts GET accepts HEAD too. */
  readonly acceptsHead?: boolean;
  /** Whether the service checks the body of a request before its token. */
  readonly checksBodyFirst?: boolean;
  /** How the service decodes the address of a request. */
  readonly decoding: RequestDecoding;
  /** Maximum size in bytes of a buffered request body. */
  readonly bodyLimit: number;
  /** How many levels of lists and objects in a body the service can process; 888 when omitted, as in Glance. */
  readonly maxLevels?: number;
  /** Whether a float without a fraction, such as `1.0`, is no integer for the schemas of requests. */
  readonly hasStrictIntegers?: boolean;
  /** Whether the service does not see the body of a request, because of its transfer coding. Default: it sees each. */
  ignoresBody?(call: Call): boolean;
  /** Whether the service reads all of an upload before it identifies the caller. Default: it never does. */
  readsUpload?(call: Call): boolean;
  /**
   * Authenticates the caller by token or signature.
   * @param context - has the id of the request, for services whose errors contain it.
   * @returns the caller, or the reply that rejects the request.
   */
  identify(call: Call, cloud: Cloud, operation: Operation, context: Pick<Context, 'requestId'>): Caller | Reply;
  /** Presents a domain problem as this API's error. */
  presentProblem(problem: Problem, call: Call, context: Context): Reply;
  /** Rejects a body that breaks the operation's schema. */
  presentViolations(request: InvalidRequest): Reply;
  /** Rejects a body that is missing or is not JSON. */
  presentMalformed(request: MalformedRequest): Reply;
  /** Presents an injected status: the API's error shape for errors, a sample success for 2xx and 3xx. */
  presentFault(request: FaultRequest): Reply;
  /** Presents an error for a request that no operation matches. */
  presentUnrouted(request: UnroutedRequest): Reply;
  /**
   * Rejects a method that the path of a request does not support.
   * @param methods - the methods that it supports, in upper case.
   */
  presentWrongMethod?(methods: readonly string[], call: Call): Reply;
  /** Status with which the service responds while its database cannot be written. Default: 503. */
  readonly databaseFailureStatus?: 500;
  /** Presents an internal error of Sideglance, or the failure of a service on a body that is nested too deeply. */
  presentFailure(request: FailedRequest): Reply;
  /** Rejects a body that is too large. */
  presentOversized(request: OversizedRequest): Reply;
  /** Headers of every response of this API, injected ones included. Headers of the reply take precedence. */
  commonHeaders?(call: Call, reply: Reply, requestId: string): Readonly<Record<string, string | readonly string[]>>;
  /** Returns the world that the body of a login request names. */
  worldOfLogIn?(body: Buffer, cloud: Cloud): WorldOfLogIn | undefined;
  /**
   * Whether `presentUnrouted` needs the body of a request; otherwise it is not read.
   * @param isKnownPath - whether the path has operations of other methods.
   */
  readsUnroutedBody?(call: Call, isKnownPath: boolean): boolean;
  /** Chooses between operations that share method and path; returns one of `ids`. */
  choose?(ids: readonly string[], call: Call): string;
  /** Rewrites a decoded path before it is routed: version aliases, a version requested by header. */
  normalise?(path: string, headers: IncomingHttpHeaders, releases: ReleaseRanks): string;
}
