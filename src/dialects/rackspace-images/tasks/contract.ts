import type { Operation } from '../../../contract/contract.ts';
import { TASK_LIST_REPLY, TASK_REPLY } from '../images/schemas.ts';

const SOURCE = 'Rackspace Cloud Images API v2 developer guide';
const READ = [200, 400, 401, 403, 404, 405, 413, 500, 503] as const;
const CREATE = [201, 400, 401, 403, 405, 413, 415, 500, 503] as const;
const BY_TYPE = 'the member type of the body: import (or what is no type at all), or export';

/** Tasks: images from files and files from images. */
export const taskOperations = {
  createImportTask: {
    method: 'post',
    path: '/v2/tasks',
    summary: 'Begins to make an image of a file in Cloud Files.',
    success: 201,
    statuses: CREATE,
    response: TASK_REPLY,
    discriminator: BY_TYPE,
    source: `${SOURCE}, "Create task to import image"; "Importing an image"`,
  },
  createExportTask: {
    method: 'post',
    path: '/v2/tasks',
    summary: 'Begins to write an image into a container of Cloud Files.',
    success: 201,
    statuses: CREATE,
    response: TASK_REPLY,
    discriminator: BY_TYPE,
    source: `${SOURCE}, "Create task to export image"; "Exporting an image"`,
  },
  listTasks: {
    method: 'get',
    path: '/v2/tasks',
    summary: 'Lists the tasks of the tenant, the newest first, without what went in and what came out.',
    success: 200,
    statuses: READ,
    response: TASK_LIST_REPLY,
    source: `${SOURCE}, "List tasks"`,
  },
  showTask: {
    method: 'get',
    path: '/v2/tasks/{task_id}',
    summary: 'Returns one task.',
    success: 200,
    statuses: READ,
    response: TASK_REPLY,
    source: `${SOURCE}, "Get task details"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
