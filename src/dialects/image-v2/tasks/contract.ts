import type { Operation } from '../../../contract/contract.ts';

const SOURCE = 'Image service API v2 reference, "Tasks"';

const TASK_RESPONSE = { type: 'object', required: ['id', 'type', 'status', 'owner', 'self', 'schema'] } as const;

/** Operations on tasks, by default for administrators only. */
export const taskOperations = {
  createTask: {
    method: 'post',
    path: '/v2/tasks',
    summary: 'Creates a task.',
    success: 201,
    statuses: [201, 401, 413, 415],
    alsoSeen: [400, 403, 500],
    response: TASK_RESPONSE,
    source: SOURCE,
  },
  listTasks: {
    method: 'get',
    path: '/v2/tasks',
    summary: 'Lists tasks without input and result.',
    success: 200,
    statuses: [200, 403, 404, 413],
    alsoSeen: [400, 401],
    response: {
      type: 'object',
      required: ['tasks', 'first', 'schema'],
      properties: { tasks: { type: 'array', items: TASK_RESPONSE } },
    },
    source: SOURCE,
  },
  showTask: {
    method: 'get',
    path: '/v2/tasks/{task_id}',
    summary: 'Returns one task.',
    success: 200,
    statuses: [200, 404],
    alsoSeen: [400, 401, 403, 500],
    response: TASK_RESPONSE,
    source: SOURCE,
  },
  deleteTask: {
    method: 'delete',
    path: '/v2/tasks/{task_id}',
    summary: 'Not allowed: tasks expire on their own.',
    success: 405,
    statuses: [405],
    alsoSeen: [400, 401, 403, 500],
    triggers: { 405: 'client' },
    source: 'Responses of the running service; the reference does not list the operation',
    confidence: 'inferred',
  },
} as const satisfies Readonly<Record<string, Operation>>;
