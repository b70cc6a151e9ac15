import type { NaturalProblem, OperationRef } from '../../dialects/dialect.ts';
import { OVER_LIMIT } from '../../dialects/natural-problems.ts';
import { firstReason } from '../../dialects/reasons.ts';
import type { AnswerFault } from '../../faults/fault.ts';

/**
 * Returns the reason for the error of a rule: the one that the rule names, that of a rate limit for a rule with
 * Retry-After, or the first one of the operation for the status.
 * @returns `undefined` if the rule sets its own words, or the operation has no reason.
 */
export function reasonOf(fault: AnswerFault, ref: Pick<OperationRef, 'problems'>): NaturalProblem | undefined {
  const { status, problem, retryAfter, isOverLimit } = fault;
  const reasons = ref.problems[status];
  if (reasons === undefined || fault.message !== undefined || fault.code !== undefined) return undefined;
  if (problem !== undefined) return reasons[problem];
  if (isOverLimit) return reasons[OVER_LIMIT];
  return (retryAfter && reasons[OVER_LIMIT]) ?? firstReason(ref, status);
}

/** Statuses that a service decides on before it runs an operation. */
const BEFORE_OPERATION: ReadonlySet<number> = new Set([401, 405, 429]);

/**
 * Whether the request itself may have a reason for the error of a rule, which is then more accurate than the first one
 * of the operation. An operation with a single reason needs no such search.
 */
export function mayHaveOwnReason(fault: AnswerFault, { problems }: Pick<OperationRef, 'problems'>): boolean {
  const { status, observed, message, code, problem, body, retryAfter } = fault;
  const isFixed = [observed, message, code, problem, body, retryAfter].some((member) => member !== undefined);
  return !isFixed && !BEFORE_OPERATION.has(status) && Object.keys(problems[status] ?? {}).length > 1;
}
