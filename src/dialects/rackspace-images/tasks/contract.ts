import type { Operation } from '../../../contract/contract.ts';
import { READ_STATUSES, SOURCE } from '../documented.ts';
import { TASK_LIST_REPLY, TASK_REPLY } from './schemas.ts';

const CREATE_STATUSES = [201, 400, 401, 403, 405, 413, 415, 500, 503] as const;
const BY_TYPE = 'the member type of the body: import (or what is no type at all), or export';

/** Operations on tasks, which import images from files and export images to files. */
export const taskOperations = {
  createImportTask: {
    method: 'post',
    path: '/v2/tasks',
    summary: 'Starts to create an image from a file in Cloud Files.',
    success: 201,
    statuses: CREATE_STATUSES,
    response: TASK_REPLY,
    discriminator: BY_TYPE,
    source: `${SOURCE}, "Create task to import image"; "Importing an image"`,
  },
  createExportTask: {
    method: 'post',
    path: '/v2/tasks',
    summary: 'Starts to write an image to a container of Cloud Files.',
    success: 201,
    statuses: CREATE_STATUSES,
    response: TASK_REPLY,
    discriminator: BY_TYPE,
    source: `${SOURCE}, "Create task to export image"; "Exporting an image"`,
  },
  listTasks: {
    method: 'get',
    path: '/v2/tasks',
    summary: 'Lists the tasks of the tenant, newest first, without input and result.',
    success: 200,
    statuses: READ_STATUSES,
    triggers: { 404: 'inject' },
    response: TASK_LIST_REPLY,
    source: `${SOURCE}, "List tasks"`,
  },
  showTask: {
    method: 'get',
    path: '/v2/tasks/{task_id}',
    summary: 'Returns one task.',
    success: 200,
    statuses: READ_STATUSES,
    response: TASK_REPLY,
    source: `${SOURCE}, "Get task details"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
