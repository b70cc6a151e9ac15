import type { Reply } from '../../contract/contract.ts';
import type { NaturalProblem, OperationRef } from '../../dialects/dialect.ts';
import { OVER_LIMIT } from '../../dialects/natural-problems.ts';
import type { AnswerFault } from '../../faults/fault.ts';

/**
 * Returns the reasons that can give the error of a rule, in order of preference: the one that the rule names, all of the
 * status for a rule with a code, that of a rate limit for a rule with Retry-After, then those of the operation in order: a
 * reason has another status where a profile or the caller makes the service reject the request for something else.
 * @returns an empty list if the rule sets its own words, or the operation has no reason.
 */
export function reasonsFor(fault: AnswerFault, ref: Pick<OperationRef, 'problems'>): readonly NaturalProblem[] {
  const { status, problem, code, retryAfter, isOverLimit } = fault;
  const reasons = ref.problems[status];
  if (reasons === undefined || fault.message !== undefined) return [];
  if (code !== undefined) return Object.values(reasons);
  const name = problem ?? (isOverLimit ? OVER_LIMIT : undefined);
  const first = reasons[name ?? OVER_LIMIT];
  if (name !== undefined) return first === undefined ? [] : [first];
  return retryAfter !== undefined && first !== undefined ? [first] : Object.values(reasons);
}

/** Whether a reply is the error of a rule: it has its status and, if the rule has one, its code. */
export const isErrorOf = ({ status, body }: Reply, fault: Pick<AnswerFault, 'status' | 'code'>): boolean =>
  status === fault.status &&
  (fault.code === undefined || (typeof body === 'string' && body.includes(JSON.stringify(fault.code))));

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
