import type { Problem } from '../../domain/problem.ts';

/** One presenter for each kind of domain problem; a new kind does not compile until every table has it. */
export type ProblemTable<Result> = {
  readonly [Kind in Problem['kind']]: (problem: Extract<Problem, { readonly kind: Kind }>) => Result;
};

/** Presents a problem with the entry of its kind. */
export const presentByKind = <Result>(table: ProblemTable<Result>, problem: Problem): Result =>
  (table[problem.kind] as (problem: Problem) => Result)(problem);
