/** The type of admin API operations. The table of all operations is in `operations/`. */
import type { Work } from '../base/slices.ts';
import type { Contract, Method, ParamNames, Reply } from '../contract/contract.ts';
import type { JsonSchema } from '../contract/schema.ts';
import type { Routes } from '../dialects/routes.ts';
import type { KnownOperations } from '../faults/scenario-file/operations.ts';
import type { FileAccess } from '../input/file-access.ts';
import type { World } from '../world/world.ts';
import type { Worlds } from '../world/worlds.ts';
import type { ApiIndex } from './index-view.ts';
import type { PortHandle } from './ports.ts';

/** The process that the admin API controls. */
export interface AdminHost {
  readonly version: string;
  readonly worlds: Worlds;
  readonly contracts: readonly Contract[];
  /** The operations that rules may name. */
  readonly known: KnownOperations;
  /** The paths of the doubled APIs. */
  readonly routes: Routes;
  /** Whether every port listens. */
  isReady(): boolean;
  /** The ports of the process; empty if it does not listen by itself. */
  ports(): readonly PortHandle[];
  /** Limits of the files that requests may name; `undefined` for none, as for callers in the same process. */
  readonly files?: FileAccess | undefined;
  /** File with the certificate of the authority that clients have to trust; `undefined` without TLS. */
  caFile(): string | undefined;
}

/** What an operation runs with, besides its input. */
export interface AdminContext {
  /** The world whose admin API received the request. */
  readonly world: World;
  readonly host: AdminHost;
  /** Returns the address of a world's root, without a trailing slash. */
  rootOf(world: string): string;
  /** Returns the index of this API. */
  describeIndex(): ApiIndex;
  /** Returns the OpenAPI document of this API. */
  describeApi(): unknown;
}

/** The input of an operation with this path: path parameters, query parameters and the JSON body. */
export type AdminInput<Path extends string = string> = ([ParamNames<Path>] extends [never]
  ? { readonly params?: Readonly<Record<string, string>> }
  : { readonly params: Readonly<Record<ParamNames<Path>, string>> }) & {
  readonly query?: object;
  readonly body?: unknown;
};

/**
 * One operation of the admin API. HTTP, the library, the command line and the OpenAPI document all use this entry.
 * `Args` and `Result` are those of the library method, `Input` and `Output` those of the HTTP request and response.
 */
export interface AdminOperation<
  Id extends string,
  Path extends string,
  Args extends readonly unknown[],
  Input,
  Output,
  Result,
> {
  /** The operation id in the OpenAPI document. */
  readonly id: Id;
  readonly method: Method;
  /** Path template below `/__admin`. */
  readonly path: Path;
  /** One line for the OpenAPI document. */
  readonly summary: string;
  readonly success: number;
  /** All statuses that the operation returns, except those that every operation returns. */
  readonly statuses: readonly number[];
  /** `none` for operations that need no token. */
  readonly auth?: 'none';
  /** Schemas of the query parameters, by name. */
  readonly query?: Readonly<Record<string, JsonSchema>>;
  /** Schema of the request body; omit for operations without a body. */
  readonly request?: JsonSchema;
  /** An omitted optional body counts as `{}`. */
  readonly isBodyOptional?: boolean;
  /** Schema of the response body; omit for 204. */
  readonly response?: JsonSchema;
  /** Converts the arguments of the library method to the input. */
  call(...args: Args): Input;
  /**
   * Does the work, or returns it, if it may take long: over HTTP it is done in slices. Throws `InputError` for bad input and
   * `AdminError` for other failures.
   */
  run(input: Input, context: AdminContext): Output | Work<Output>;
  /** Returns the status, where it is not always `success`. Called before `run`. */
  statusOf?(input: Input, context: AdminContext): number;
  /** Converts the output to the HTTP response, where that is not JSON. */
  reply?(output: Output): Reply;
  /** Content type of a response that is not JSON. */
  readonly produces?: string;
  /** The query parameter that the request header `Last-Event-ID` stands for. */
  readonly lastEventId?: string;
  /** Picks what the library method returns from the response body; the whole body when omitted. */
  result?(output: Output): Result;
}

/** Any operation, for code that loops over all of them. */
export type AnyAdminOperation = AdminOperation<string, string, readonly never[], AdminInput, unknown, unknown>;

/** Declares an operation; the compiler infers its types. */
export const operation = <
  const Id extends string,
  const Path extends string,
  Args extends readonly unknown[],
  Input extends AdminInput<Path>,
  Output,
  Result = Output,
>(
  definition: AdminOperation<Id, Path, Args, Input, Output, Result>,
): AdminOperation<Id, Path, Args, Input, Output, Result> => definition;
