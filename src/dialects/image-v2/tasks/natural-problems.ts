import type { ProblemsByName } from '../../dialect.ts';
import { glanceReason, MEDIA_TYPE, PATH_NOT_FOUND } from '../../glance/reasons.ts';
import { type NaturalProblemsOf, OVER_LIMIT } from '../../natural-problems.ts';
import { TASK_NOT_FOUND } from '../../shared/image-reasons.ts';
import { notAuthorized } from '../requests.ts';
import type { taskOperations } from './contract.ts';
import { overLimitHeaders, tasksExpire, tooManyRequests } from './handlers.ts';

const NOT_AUTHORIZED: ProblemsByName = { 'not-authorized': glanceReason(() => notAuthorized('tasks_api_access')) };

const TOO_MANY_REQUESTS: ProblemsByName = {
  [OVER_LIMIT]: glanceReason(({ details, context: { cloud } }) => tooManyRequests(overLimitHeaders(cloud, details))),
};

/** Reasons for the errors of the operations on tasks. */
export const taskProblems: NaturalProblemsOf<typeof taskOperations> = {
  createTask: { 403: NOT_AUTHORIZED, 413: TOO_MANY_REQUESTS, 415: MEDIA_TYPE },
  listTasks: { 403: NOT_AUTHORIZED, 404: PATH_NOT_FOUND, 413: TOO_MANY_REQUESTS },
  showTask: { 403: NOT_AUTHORIZED, 404: TASK_NOT_FOUND },
  deleteTask: { 403: NOT_AUTHORIZED, 405: { 'not-permitted': glanceReason(tasksExpire) } },
};
