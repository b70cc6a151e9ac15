/** The language that contracts are written in. It knows HTTP and JSON Schema, and nothing about images. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { JsonSchema } from './schema.ts';

/** Methods that operations have. */
export const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete'] as const;
/** One of `METHODS`. */
export type Method = (typeof METHODS)[number];

/** Who can bring a documented answer about: a request alone, a prepared state, or only an injected fault. */
export type Trigger = 'client' | 'setup' | 'inject';

/** One documented operation of a published API, as data. */
export interface Operation {
  readonly method: Method;
  /** Path template below the mount, such as `/v2/images/{image_id}`. */
  readonly path: string;
  /** Where it is mounted, if not at the contract's own `mount`. */
  readonly mount?: string;
  readonly summary: string;
  /** The answer of the ordinary case; one of `statuses`. */
  readonly success: number;
  /** Every status that the document lists, exactly. */
  readonly statuses: readonly number[];
  /** Statuses that the document does not list and the running service gives all the same; never counted as documented. */
  readonly alsoSeen?: readonly number[];
  /** `none` for calls that need no token. */
  readonly auth?: 'none';
  /**
   * What becomes of a request body: `buffer` (the default) reads it whole, up to the limit; `stream` leaves it on
   * `call.stream` for the handler.
   */
  readonly body?: 'buffer' | 'stream';
  /** Schema of the JSON request body; `checkRequest` holds every body against it and the dialect words the violations. */
  readonly request?: JsonSchema;
  /** Schema of the JSON body of the `success` answer; the conformance suite holds replies against it. */
  readonly response?: JsonSchema;
  /** Statuses whose trigger is not the usual one of their code (see `triggerOf`). */
  readonly triggers?: Readonly<Record<number, Trigger>>;
  /** What tells apart operations of one method and path, in words; the dialect's `choose` decides. */
  readonly discriminator?: string;
  /** The document, and the part of it, that says so. */
  readonly source: string;
  readonly confidence?: 'documented' | 'inferred';
  /** Part of the published API beyond the operations that this project set out to cover, by theme; counted apart. */
  readonly annex?: string;
}

/** One point on which the documents of a service disagree, and the sides that a world can take. */
export interface Profile {
  readonly title: string;
  /** Choices and what each means; the first is taken where nothing is said. */
  readonly choices: Readonly<Record<string, string>>;
}

/** A code that error bodies of an API carry. */
export interface ErrorCode {
  /** The status that it usually comes with. */
  readonly status: number;
  /** What it tells, in one line: the message of an injected error that says none. */
  readonly meaning: string;
}

/** What of a service takes time. */
export interface TaskContract {
  /** What each type of task does (`import`, `export`, `snapshot`), by what the service calls it. */
  readonly types: Readonly<Record<string, string>>;
  /** Ids of the operations that begin them. */
  readonly begunBy: readonly string[];
  /** The type, and the operation that begins it, of those that go into several stores, which can fail one by one. */
  readonly intoStores?: { readonly type: string; readonly begunBy: string };
  /** Codes with which its tasks fail, and what each tells; absent where a failure has a message alone, or nothing. */
  readonly codes?: Readonly<Record<string, string>>;
}

/** All operations of one dialect. */
export interface Contract {
  readonly name: string;
  readonly title: string;
  /** Where the service stands below a world's root, such as `/image`. */
  readonly mount: string;
  readonly operations: Readonly<Record<string, Operation>>;
  /** Points that worlds can choose on, by name. */
  readonly profiles?: Readonly<Record<string, Profile>>;
  /** Codes that its error bodies carry, for APIs that have such: a fault can name one. */
  readonly codes?: Readonly<Record<string, ErrorCode>>;
  readonly tasks?: TaskContract;
}

/** Names in braces of a path template: `ParamNames<'/v2/images/{image_id}'>` is `'image_id'`. */
export type ParamNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamNames<Rest>
  : never;

/** One request, as plain values. */
export interface Call<Param extends string = string> {
  /** Upper case, as sent. */
  readonly method: string;
  /** Path below the mount as sent, percent-encoding kept, without the query. */
  readonly path: string;
  /** Path and query as the client sent them, a world's prefix included: what a signature covers. */
  readonly target: string;
  /** Values of the path template's names, decoded. */
  readonly params: Readonly<Record<Param, string>>;
  /** The query as sent, without the question mark. */
  readonly search: string;
  /** The query, parsed on first use. */
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: IncomingHttpHeaders;
  /** The whole body, or `undefined` when the request has none (or the operation takes a stream). */
  readonly body: Buffer | undefined;
  /** The body's JSON value, where the operation has a `request` schema and the body passed it. */
  readonly json: unknown;
  /** The request itself, for operations that take a stream. */
  readonly stream: Readable;
  /** Absolute address of the world's root, no slash at the end: `http://127.0.0.1:9292/w/t17`. */
  readonly root: string;
  /** Absolute address of the mount, no slash at the end: `http://127.0.0.1:9292/w/t17/image`. */
  readonly base: string;
  /** Whether the address names no world, so that what the request carries has to. */
  readonly isPlain: boolean;
  /** What the client calls itself: its `X-Sideglance-Client`, or else its `User-Agent`. */
  readonly program: string;
  /** Who sends it, as far as the request itself tells; the same text for each request of a client that has a token. */
  readonly client: string;
}

/** One answer, as plain values. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Serialised already; a stream is sent as it comes. Absent: no body. */
  readonly body?: string | Buffer | Readable;
  /** The words on the status line, where they are not the usual ones. */
  readonly reason?: string;
  /** It comes from something before the service, and carries none of the headers that every answer of the API does. */
  readonly isForeign?: boolean;
}

/** What an operation does: one call in, one reply out. */
export type Handler<Context, Param extends string = string> = (
  call: Call<Param>,
  context: Context,
) => Reply | Promise<Reply>;

/** A handler for every operation of a table of operations, for the part of a contract that one folder serves. */
export type OperationHandlers<Operations extends Readonly<Record<string, Operation>>, Context> = {
  readonly [Id in keyof Operations]: Handler<Context, ParamNames<Operations[Id]['path']>>;
};

/** A handler for every operation of a contract; a missing or misspelt one does not compile. */
export type Handlers<C extends Contract, Context> = OperationHandlers<C['operations'], Context>;

const USUAL_SETUP = new Set([403, 409, 410, 413, 429]);

/** Who can cause a documented status: what the operation says, else what is usual for the code. */
export function triggerOf(operation: Operation, status: number): Trigger {
  const said = operation.triggers?.[status];
  if (said !== undefined) return said;
  if (status === 203 || status >= 500) return 'inject';
  return USUAL_SETUP.has(status) ? 'setup' : 'client';
}

/** A reply with a JSON body. */
export function jsonReply(
  status: number,
  value: unknown,
  headers?: Readonly<Record<string, string | readonly string[]>>,
): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(value),
  };
}
