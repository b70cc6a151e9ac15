import type { JsonSchema } from '../../../contract/schema.ts';
import { GLANCE_UUID_PATTERN } from '../../glance/schema-documents.ts';

const TASK_MEMBERS = {
  id: { type: 'string', pattern: GLANCE_UUID_PATTERN },
  type: { enum: ['import', 'export'] },
  status: { enum: ['pending', 'processing', 'success', 'failure'] },
  owner: { type: 'string' },
  created_at: { type: 'string', format: 'date-time' },
  updated_at: { type: 'string', format: 'date-time' },
  expires_at: { type: 'string', format: 'date-time' },
  self: { type: 'string' },
  schema: { const: '/v2/schemas/task' },
} as const;
const TASK_REQUIRED = ['id', 'type', 'status', 'owner', 'created_at', 'updated_at', 'self', 'schema'];

/** Response body of the operations on one task. */
export const TASK_REPLY: JsonSchema = {
  type: 'object',
  required: [...TASK_REQUIRED, 'input', 'message'],
  properties: { ...TASK_MEMBERS, input: { type: 'object' }, result: { type: 'object' }, message: { type: 'string' } },
  additionalProperties: false,
};

/** Response body of `listTasks`. */
export const TASK_LIST_REPLY: JsonSchema = {
  type: 'object',
  required: ['tasks', 'first', 'schema'],
  properties: {
    tasks: {
      type: 'array',
      items: { type: 'object', required: TASK_REQUIRED, properties: TASK_MEMBERS, additionalProperties: false },
    },
    first: { type: 'string' },
    next: { type: 'string' },
    schema: { const: '/v2/schemas/tasks' },
  },
  additionalProperties: false,
};
