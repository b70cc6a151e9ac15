import type { Operation } from '../../../contract/contract.ts';
import { SCHEMA_REPLY } from '../images/schemas.ts';

const SOURCE = 'Rackspace Cloud Images API v2 developer guide';
const READ = [200, 400, 401, 403, 404, 405, 413, 500, 503] as const;
const READ_TASKS = [200, 400, 401, 403, 405, 413, 500, 503] as const;

const schema = <const Path extends string, const Statuses extends readonly number[]>(
  path: Path,
  what: string,
  section: string,
  statuses: Statuses,
) => ({
  method: 'get' as const,
  path,
  summary: `Returns the JSON schema of ${what}.`,
  success: 200,
  statuses,
  response: SCHEMA_REPLY,
  source: `${SOURCE}, "${section}"`,
});

/** What the front end answers on paths whose table lists nothing but the success. */
const FRONT = { alsoSeen: [400, 401, 403, 404, 405, 413] } as const;

/** The JSON schemas that the API hands out. */
export const schemaOperations = {
  showImagesSchema: schema('/v2/schemas/images', 'a list of images', 'Get images schema', READ),
  showImageSchema: schema('/v2/schemas/image', 'an image', 'Get image schema', READ),
  showMembersSchema: {
    ...schema('/v2/schemas/members', 'a list of image members', 'Get image members schema', [200]),
    ...FRONT,
  },
  showMemberSchema: {
    ...schema('/v2/schemas/member', 'an image member', 'Get image member schema', [200]),
    ...FRONT,
  },
  showTasksSchema: schema('/v2/schemas/tasks', 'a list of tasks', 'Get tasks schema', READ_TASKS),
  showTaskSchema: schema('/v2/schemas/task', 'a task', 'Get task schema', READ_TASKS),
} as const satisfies Readonly<Record<string, Operation>>;
