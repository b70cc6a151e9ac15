import type { Call, Reply } from '../../contract/contract.ts';
import type { Problem } from '../../domain/problem.ts';
import { glanceErrorReply } from '../glance/errors.ts';
import { messageOfProblem } from '../glance/problems.ts';

/** Presents a domain problem as an error of this API. */
export function presentProblem(problem: Problem, call: Pick<Call, 'headers'>): Reply {
  const [status, message] = messageOfProblem(problem);
  return glanceErrorReply(status, message, call);
}
