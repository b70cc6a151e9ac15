import type { JsonSchema } from '../../contract/schema.ts';
import { DIALECT_NAMES } from '../../dialects/dialect.ts';
import { FAIL_SCHEMA, PACE_MEMBERS, PACE_RULES } from '../../domain/tasks/progress-schema.ts';
import { TASK_STATUSES } from '../../domain/tasks/task.ts';
import { operation } from '../operation.ts';
import { LIMIT, listOf, requestBody, responseBody, text, textOrNull } from '../schema-helpers.ts';
import {
  advanceTask,
  changeTask,
  finishTask,
  listTasks,
  type TaskChange,
  type TaskEnd,
  type TaskFilter,
} from '../tasks.ts';

const TASK: JsonSchema = responseBody({
  id: text('UUID.'),
  kind: text('What it does.'),
  api: text('The API that started it.'),
  type: text('Its type, as that API names it.'),
  status: text('pending, processing, success or failure.'),
  partOf: textOrNull('Id of the task that this one is a part of and that advances it; null for none.'),
  percent: { type: 'number', description: 'Progress in percent.' },
  pace: responseBody({ by: text('What advances it: once, polls, clock or hand.') }),
  fail: {
    type: ['object', 'null'],
    additionalProperties: true,
    description: 'How it will fail or has failed; null for a task that does not fail.',
  },
});

/** Operations on the tasks of a world. */
export const taskOperations = {
  /** Lists the tasks of all APIs and projects, newest first. */
  list: operation({
    id: 'listTasks',
    method: 'get',
    path: '/tasks',
    summary: 'Lists the tasks of a world, of all APIs and projects, newest first',
    success: 200,
    statuses: [200, 400],
    query: {
      status: { enum: TASK_STATUSES, description: 'Only tasks with this status.' },
      api: { enum: DIALECT_NAMES, description: 'Only tasks that this API started.' },
      image: text('Only tasks of the image with this id.'),
      limit: LIMIT,
    },
    response: responseBody({ tasks: listOf(TASK) }),
    call: (filter: TaskFilter = {}) => ({ query: filter }),
    run: ({ query }, { world }) => ({ tasks: listTasks(world, query) }),
    result: ({ tasks }) => tasks,
  }),
  /** Changes the pace of a running task, counted from its start, or its end. */
  change: operation({
    id: 'changeTask',
    method: 'patch',
    path: '/tasks/{task_id}',
    summary: 'Changes the pace of a running task, counted from its start, or how it ends',
    success: 200,
    statuses: [200, 400, 404],
    request: { ...requestBody({ ...PACE_MEMBERS, fail: FAIL_SCHEMA }), ...PACE_RULES, minProperties: 1 },
    response: TASK,
    call: (id: string, change: TaskChange) => ({ params: { task_id: id }, body: change }),
    run: ({ params, body }, context) => changeTask(context, params.task_id, body),
  }),
  /** Advances a task by one step. */
  advance: operation({
    id: 'advanceTask',
    method: 'post',
    path: '/tasks/{task_id}/advance',
    summary: 'Advances a task by one step: from pending to processing, from processing to its end',
    success: 200,
    statuses: [200, 404],
    response: TASK,
    call: (id: string) => ({ params: { task_id: id } }),
    run: ({ params }, { world }) => advanceTask(world, params.task_id),
  }),
  /** Ends a task: successfully, unless `fail` is given. */
  finish: operation({
    id: 'finishTask',
    method: 'post',
    path: '/tasks/{task_id}/finish',
    summary: 'Ends a task: successfully, unless `fail` is given',
    success: 200,
    statuses: [200, 400, 404],
    request: requestBody({ fail: FAIL_SCHEMA }),
    isBodyOptional: true,
    response: TASK,
    call: (id: string, end: TaskEnd = {}) => ({ params: { task_id: id }, body: end }),
    run: ({ params, body }, context) => finishTask(context, params.task_id, body),
  }),
};
