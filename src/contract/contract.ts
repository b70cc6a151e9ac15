/** The types of contracts, requests and replies. They know HTTP and JSON Schema, and nothing about images. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { type AnyRelease, RANK, type ReleaseRanks } from '../base/release.ts';
import type { Source } from '../base/source.ts';
import type { JsonSchema } from './schema.ts';

/** HTTP methods of operations. */
export const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete'] as const;
/** One of `METHODS`. */
export type Method = (typeof METHODS)[number];

/** What it takes to get a documented response: a request alone, a prepared state, or an injected fault. */
export type Trigger = 'client' | 'setup' | 'inject';

/** One documented operation of a published API, as data. */
export interface Operation {
  readonly method: Method;
  /** Path template below the mount, such as `/v2/images/{image_id}`. */
  readonly path: string;
  /** Mount of the operation; defaults to the `mount` of its contract. */
  readonly mount?: string;
  readonly summary: string;
  /** Status of a successful response; one of `statuses`. */
  readonly success: number;
  /** Exactly the statuses that the reference of the API lists. */
  readonly statuses: readonly number[];
  /** Statuses that the running service returns although its reference does not list them; never counted as documented. */
  readonly alsoSeen?: readonly number[];
  /** `none` for an operation that needs no token. */
  readonly auth?: 'none';
  /** Set for operations by which clients discover the versions of a service before they use it. */
  readonly isDiscovery?: true;
  /**
   * How the request body is read: `buffer` (the default) reads all of it, up to the limit; `stream` leaves it to the
   * handler as `call.stream`.
   */
  readonly body?: 'buffer' | 'stream';
  /** Schema of the JSON request body; `checkRequest` validates every body, and the dialect presents the violations. */
  readonly request?: JsonSchema;
  /**
   * Shape of the JSON request body for an operation without `request`, whose handler checks the body. Conditions of rules are
   * checked against it; requests are not.
   */
  readonly bodyShape?: JsonSchema;
  /** Schema of the JSON body of the `success` response; the conformance tests validate responses against it. */
  readonly response?: JsonSchema;
  /** Triggers of statuses that differ from the default of their code (see `triggerOf`). */
  readonly triggers?: Readonly<Record<number, Trigger>>;
  /** Describes what distinguishes operations with the same method and path; the dialect's `choose` selects one. */
  readonly discriminator?: string;
  /** The document and section that define the operation. */
  readonly source: string;
  /** `inferred` for an operation that no document lists. */
  readonly confidence?: 'documented' | 'inferred';
  /** Whether requests with other methods to its path match no operation with a parameter in place of the last segment. */
  readonly isExclusivePath?: true;
  /** The first release that has the operation; all that Sideglance knows when omitted. */
  readonly since?: AnyRelease;
  /** The first later release without the operation; none when omitted. */
  readonly until?: AnyRelease;
  /** Theme of an operation beyond the original scope of this project; counted separately. */
  readonly annex?: string;
}

/** A point on which the documents of a service disagree, with the behaviors that a world can choose. */
export interface Profile {
  readonly title: string;
  /** Description of each choice; the first one is the default, except in releases from one in `since` on. */
  readonly choices: Readonly<Record<string, string>>;
  /** Defaults that releases of the service have changed: the choice, by the first release with this default. */
  readonly since?: Readonly<Partial<Record<AnyRelease, string>>>;
}

/** What a release of a service changed for clients, in a sentence for each side. */
export interface ReleaseChange {
  /** The first release that has changed. */
  readonly since: AnyRelease;
  /** Ids of the operations; empty for all. */
  readonly operations: readonly string[];
  /** What it is about, such as `A reader downloads a private image`. */
  readonly what: string;
  /** What earlier releases do. */
  readonly before: string;
  /** What this release does, and later ones until they change it again. */
  readonly after: string;
}

/** An error code in the error bodies of an API. */
export interface ErrorCode {
  /** Its default HTTP status. */
  readonly status: number;
  /** Its meaning in one line; the default message of an injected error. */
  readonly meaning: string;
}

/** The asynchronous tasks of a service. */
export interface TaskContract {
  /** Kind of each task type (`import`, `export`, `snapshot`), by the service's name for the type. */
  readonly types: Readonly<Record<string, string>>;
  /** Ids of the operations that start tasks. */
  readonly startedBy: readonly string[];
  /** The task type that writes to several stores, each of which can fail separately, and the operation that starts it. */
  readonly intoStores?: { readonly type: string; readonly startedBy: string };
  /** Meaning of each failure code; absent if failures have no code. */
  readonly codes?: Readonly<Record<string, string>>;
}

/** All operations of one dialect. */
export interface Contract {
  readonly name: string;
  readonly title: string;
  /** Path of the service below the root of a world, such as `/image`. */
  readonly mount: string;
  readonly operations: Readonly<Record<string, Operation>>;
  /** Choices of behavior for a world, by name. */
  readonly profiles?: Readonly<Record<string, Profile>>;
  /**
   * Documented statuses that no request or state causes in a world with default profiles, but with another choice: operations
   * and statuses by that choice, such as `version-status: huaweicloud`.
   */
  readonly byProfile?: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
  /** Statuses that no reference lists and that only a choice of a profile causes: operations and statuses by choice. */
  readonly alsoByProfile?: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
  /** What releases of the service changed, besides operations with `since` and `until` and defaults of profiles. */
  readonly changes?: readonly ReleaseChange[];
  /** Profiles that are now shipped scenarios: the name of the scenario, by that of the profile. */
  readonly formerProfiles?: Readonly<Record<string, string>>;
  /** Error codes of its error bodies, if the API has any; a fault can name one. */
  readonly codes?: Readonly<Record<string, ErrorCode>>;
  /** Its asynchronous tasks, if it has any. */
  readonly tasks?: TaskContract;
  /** Ids of the operations that download data from an address in the request. */
  readonly downloads?: readonly string[];
}

/** The parameter names of a path template: `ParamNames<'/v2/images/{image_id}'>` is `'image_id'`. */
export type ParamNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamNames<Rest>
  : never;

/** A request as plain values. */
export interface Call<Param extends string = string> {
  /** Upper case, as sent. */
  readonly method: string;
  /** Path below the mount, normalized as the service does it: percent-encoded only where needed, without the query. */
  readonly path: string;
  /** Path and query as sent, including the prefix of a world; signatures cover this. */
  readonly target: string;
  /** Decoded path parameters. */
  readonly params: Readonly<Record<Param, string>>;
  /** The query as sent, without the question mark. */
  readonly search: string;
  /** The query, parsed on first use. */
  readonly query: URLSearchParams;
  /** Headers by lower-case name. */
  readonly headers: IncomingHttpHeaders;
  /** The complete body; `undefined` if the request has none or the operation reads a stream. */
  readonly body: Buffer | undefined;
  /** Number of bytes that arrived of a chunked body which is too long to be read completely. */
  readonly atLeastBytes?: number | undefined;
  /** The parsed JSON body, if the operation has a `request` schema and the body is valid. */
  readonly json: unknown;
  /** The body as a stream, for operations with `body: 'stream'`. */
  readonly stream: Readable;
  /** URL of the world's root without a trailing slash: `http://127.0.0.1:9292/w/t17`. */
  readonly root: string;
  /** URL of the mount without a trailing slash: `http://127.0.0.1:9292/w/t17/image`. */
  readonly base: string;
  /** Mount of the service, such as `/image`; empty for a request below no mount. */
  readonly mount: string;
  /** Whether the URL has no world prefix, so that the world is resolved from the request. */
  readonly isPlain: boolean;
  /** The releases of the world; `undefined` until the world is known. */
  readonly releases?: ReleaseRanks | undefined;
  /** Name of the client: the header `X-Sideglance-Client`, or else `User-Agent`. */
  readonly program: string;
  /** Key of the client as the request identifies it; the same for every request with the same token. */
  readonly client: string;
  /** Returns the address for links to a URL below `root`: that on the service's own port, if it has one. */
  link(url: string): string;
}

/** A response as plain values. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** The serialized body; a stream is sent as it arrives. Omitted: no body. */
  readonly body?: string | Buffer | Readable;
  /** Reason phrase of the status line; defaults to the standard one. */
  readonly reason?: string;
  /** Set for a response of a proxy in front of the service, which has none of the API's common headers. */
  readonly isForeign?: boolean;
}

/** Implements an operation: takes a call and returns the reply. */
export type Handler<Context, Param extends string = string> = (
  call: Call<Param>,
  context: Context,
) => Reply | Promise<Reply>;

/** A handler for every operation of a table, such as the part of a contract that one folder implements. */
export type OperationHandlers<Operations extends Readonly<Record<string, Operation>>, Context> = {
  readonly [Id in keyof Operations]: Handler<Context, ParamNames<Operations[Id]['path']>>;
};

/** A handler for every operation of a contract; a missing or misspelt one is a compile error. */
export type Handlers<C extends Contract, Context> = OperationHandlers<C['operations'], Context>;

const USUAL_SETUP = new Set([403, 409, 410, 413, 429]);

/** Returns what it takes to get a documented status: the operation's own trigger, or the default of the code. */
export function triggerOf(operation: Operation, status: number): Trigger {
  const ownTrigger = operation.triggers?.[status];
  if (ownTrigger !== undefined) return ownTrigger;
  if (status === 203 || status >= 500) return 'inject';
  return USUAL_SETUP.has(status) ? 'setup' : 'client';
}

/** Returns the choice of a profile in worlds that do not choose. @param rank - the release, as in `RANK`. */
export function defaultChoice({ choices, since = {} }: Profile, rank: number): string {
  let [choice = ''] = Object.keys(choices);
  for (const [release, changed] of Object.entries(since)) if (RANK[release as AnyRelease] <= rank) choice = changed;
  return choice;
}

/** Returns the choice of a profile that a documented status takes, such as `version-status: huaweicloud`. */
export const profileOf = ({ byProfile = {} }: Contract, operation: string, status: number): string | undefined =>
  Object.keys(byProfile).find((choice) => byProfile[choice]?.[operation]?.includes(status));

/** Whether one of the chosen profiles, such as `image-v2/tasks: off`, causes a status that no reference lists. */
export const isByProfile = (
  { name, alsoByProfile = {} }: Contract,
  { operation, status, profiles }: { operation: string; status: number; profiles: ReadonlySet<string> },
): boolean =>
  Object.entries(alsoByProfile).some(
    ([choice, statuses]) => profiles.has(`${name}/${choice}`) && statuses[operation]?.includes(status) === true,
  );

/** Returns what produces a documented status: a rule alone, state and input, or these with another profile. */
export function sourceOf(contract: Contract, operation: string, status: number): Source {
  const described = contract.operations[operation];
  if (described !== undefined && triggerOf(described, status) === 'inject') return 'injected';
  return profileOf(contract, operation, status) === undefined ? 'natural' : 'by-profile';
}

/** Creates a reply with a JSON body. */
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
