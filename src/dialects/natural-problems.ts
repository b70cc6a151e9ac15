import type { Operation, Reply } from '../contract/contract.ts';
import type { Problem } from '../domain/problem.ts';
import type { ProblemsByName, ProblemsByStatus } from './dialect.ts';

/** Statuses whose reasons are the same in all operations of a dialect; see `reasons.ts`. */
type CommonStatus<O extends Operation> =
  | 405
  | (O extends { readonly auth: 'none' } ? never : 401)
  | (O extends { readonly request: object } ? 400 : never);

/** The documented 4xx of an operation that do not need a fault and have reasons of their own. */
type NaturalError<O extends Operation, Status extends number> =
  Exclude<Status, CommonStatus<O>> extends infer Own extends number
    ? Own extends unknown
      ? `${Own}` extends `4${string}`
        ? O['triggers'] extends Readonly<Record<Own, 'inject'>>
          ? never
          : Own
        : never
      : never
    : never;

/**
 * Reasons for the errors of a table of operations. A documented error that a request or a state can cause does not compile
 * without one.
 */
export type NaturalProblemsOf<Operations extends Readonly<Record<string, Operation>>> = {
  readonly [Id in keyof Operations as IsOptional<Operations[Id]> extends true ? never : Id]: ProblemsByStatus & {
    readonly [Status in NaturalError<Operations[Id], Operations[Id]['statuses'][number]>]: ProblemsByName;
  };
} & {
  readonly [Id in keyof Operations as IsOptional<Operations[Id]> extends true ? Id : never]?: ProblemsByStatus;
};

/** Whether the compiler does not see the reasons of an operation, which a table gives to a resource, or its statuses. */
type IsOptional<O extends Operation> = O extends { readonly annex: 'metadefs' }
  ? true
  : number extends O['statuses'][number]
    ? true
    : false;

/** Whether a reason is a problem of the domain, which has yet to be presented. */
export const isProblem = (reason: Problem | Reply): reason is Problem => 'kind' in reason;

/** Name of the reason for requests over a rate limit, whose response says when to retry. */
export const OVER_LIMIT = 'over-limit';
