import type { Operation } from '../../../contract/contract.ts';
import { SCHEMA_REPLY } from '../../glance/schema-documents.ts';
import { READ_STATUSES, SOURCE } from '../documented.ts';

/** A schema, as its operation returns it. */
interface SchemaSource<Path extends string, Statuses extends readonly number[]> {
  readonly path: Path;
  readonly subject: string;
  readonly section: string;
  readonly statuses: Statuses;
}

const schemaOperation = <const Path extends string, const Statuses extends readonly number[]>({
  path,
  subject,
  section,
  statuses,
}: SchemaSource<Path, Statuses>) => ({
  method: 'get' as const,
  path,
  summary: `Returns the JSON schema of ${subject}.`,
  success: 200,
  statuses,
  response: SCHEMA_REPLY,
  source: `${SOURCE}, "${section}"`,
});

const TASK_STATUSES = [200, 400, 401, 403, 405, 413, 500, 503] as const;

/** The member schemas list 200 alone; the front end returns its errors there too. */
const FRONT_END = { alsoSeen: [400, 401, 403, 405, 413] } as const;

/** The tables list 404, but nothing that a request names could be missing. */
const NEVER_MISSING = { triggers: { 404: 'inject' } } as const;

/** Operations that return JSON schemas. */
export const schemaOperations = {
  showImagesSchema: {
    ...schemaOperation({
      path: '/v2/schemas/images',
      subject: 'a list of images',
      section: 'Get images schema',
      statuses: READ_STATUSES,
    }),
    ...NEVER_MISSING,
  },
  showImageSchema: {
    ...schemaOperation({
      path: '/v2/schemas/image',
      subject: 'an image',
      section: 'Get image schema',
      statuses: READ_STATUSES,
    }),
    ...NEVER_MISSING,
  },
  showMembersSchema: {
    ...schemaOperation({
      path: '/v2/schemas/members',
      subject: 'a list of image members',
      section: 'Get image members schema',
      statuses: [200],
    }),
    ...FRONT_END,
  },
  showMemberSchema: {
    ...schemaOperation({
      path: '/v2/schemas/member',
      subject: 'an image member',
      section: 'Get image member schema',
      statuses: [200],
    }),
    ...FRONT_END,
  },
  showTasksSchema: schemaOperation({
    path: '/v2/schemas/tasks',
    subject: 'a list of tasks',
    section: 'Get tasks schema',
    statuses: TASK_STATUSES,
  }),
  showTaskSchema: schemaOperation({
    path: '/v2/schemas/task',
    subject: 'a task',
    section: 'Get task schema',
    statuses: TASK_STATUSES,
  }),
} as const satisfies Readonly<Record<string, Operation>>;
