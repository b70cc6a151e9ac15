import type { Call, Reply } from '../../contract/contract.ts';
import type { Problem } from '../../domain/problem.ts';
import { glanceError } from '../glance/errors.ts';
import { messageOfProblem } from '../glance/problems.ts';

/** A problem of the domain, as this API answers it. */
export function presentProblem(problem: Problem, call: Pick<Call, 'headers'>): Reply {
  const [status, words] = messageOfProblem(problem);
  return glanceError(status, words, call);
}
