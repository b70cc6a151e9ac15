import type { Operation } from '../../../contract/contract.ts';
import { SCHEMA_RESPONSE } from './documents.ts';

const REFERENCE = 'Image service API v2 reference';

const schemaOperation = (name: string) =>
  ({
    method: 'get',
    summary: `Returns the JSON schema of ${name}.`,
    success: 200,
    statuses: [200, 400, 401],
    response: SCHEMA_RESPONSE,
    source: `${REFERENCE}, "Image schemas"`,
  }) as const;

const taskSchemaOperation = (name: string) =>
  ({
    method: 'get',
    summary: `Returns the JSON schema of ${name}.`,
    success: 200,
    statuses: [200, 401],
    // The other schema operations reject a body; these two fail on one, or reject it as malformed.
    alsoSeen: [400, 500],
    response: SCHEMA_RESPONSE,
    source: `${REFERENCE}, "Task schemas"`,
  }) as const;

/** Operations that return JSON schemas. */
export const schemaOperations = {
  showImageSchema: {
    ...schemaOperation('an image'),
    path: '/v2/schemas/image',
  },
  showImagesSchema: {
    ...schemaOperation('a list of images'),
    path: '/v2/schemas/images',
  },
  showMemberSchema: {
    ...schemaOperation('an image member'),
    path: '/v2/schemas/member',
  },
  showMembersSchema: {
    ...schemaOperation('a list of image members'),
    path: '/v2/schemas/members',
  },
  showTaskSchema: {
    ...taskSchemaOperation('a task'),
    path: '/v2/schemas/task',
  },
  showTasksSchema: {
    ...taskSchemaOperation('a list of tasks'),
    path: '/v2/schemas/tasks',
  },
} as const satisfies Readonly<Record<string, Operation>>;
