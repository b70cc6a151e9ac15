import { didYouMean } from '../../contract/nearest.ts';
import type { AnswerFault } from '../fault.ts';
import type { KnownOperation } from './operations.ts';
import type { RuleContext } from './rule-context.ts';

/**
 * Rejects a reason that one of the operations does not have for the status, and one beside a member that replaces it.
 * @param at - JSON pointer of the fault.
 */
export function checkProblem(
  fault: AnswerFault & { readonly problem: string },
  at: string,
  { operations, issues }: RuleContext,
): void {
  const { problem, status } = fault;
  const other = (['message', 'code', 'body'] as const).find((member) => fault[member] !== undefined);
  if (other !== undefined) {
    issues.push({
      pointer: `${at}/${other}`,
      message: 'cannot be combined with "problem", which defines the error body',
      allowed: ['retryAfter', 'headers', 'delay'],
    });
  }
  const without = operations.find((known) => !namesOf(known, status).includes(problem));
  if (without === undefined) return;
  const names = namesOf(without, status);
  issues.push({
    pointer: `${at}/problem`,
    message:
      names.length === 0
        ? `${without.name} has no named reasons for ${status}`
        : `is not a reason for ${status} of ${without.name}${hint(problem, status, without)}`,
    found: problem,
    allowed: names.length === 0 ? 'no problem' : names,
  });
}

/** The status for which the operation has the reason, or else the reason with the most similar name. */
function hint(problem: string, status: number, known: KnownOperation): string {
  const other = Object.keys(known.problems ?? {}).find((each) => namesOf(known, Number(each)).includes(problem));
  return other === undefined ? didYouMean(problem, namesOf(known, status)) : `, but for ${other}`;
}

/** Names of the reasons that an operation has for a status. */
const namesOf = ({ problems }: KnownOperation, status: number): readonly string[] =>
  Object.keys(problems?.[status] ?? {});
