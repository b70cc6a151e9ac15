import type { Task } from '../../../domain/tasks/task.ts';
import type { Tasks } from '../../../domain/tasks/tasks.ts';
import type { Context } from '../../dialect.ts';
import { ImsRefusal } from '../wire.ts';
import { JOB_TYPES, type JobType, type SubJobType } from './job-types.ts';

/** Name under which this service's tasks are kept. */
export const API = 'ims';

/** What every job of this service has in common. */
export const jobOf = <Type extends JobType>(
  type: Type,
  requestId: string,
  part?: SubJobType,
): {
  readonly kind: (typeof JOB_TYPES)[Type];
  readonly api: string;
  readonly type: Type;
  readonly requestId: string;
  readonly part?: string;
} => ({
  kind: JOB_TYPES[type],
  api: API,
  type,
  requestId,
  ...(part !== undefined && { part }),
});

/** A job's id: that of its task in 32 digits. */
export const jobIdOf = ({ id }: Pick<Task, 'id'>): string => id.replaceAll('-', '');

const HEX = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;

/**
 * The job of an id; to look at it is to poll it.
 * @throws ImsRefusal IMG.0023 for one that the caller's project does not have.
 */
export function findJob({ cloud: { tasks }, caller }: Context, jobId: string): Task {
  const digits = HEX.exec(jobId);
  const task = digits === null ? undefined : tasks.peek(digits.slice(1).join('-'));
  // Uploads are tasks, too, and no jobs.
  if (task === undefined || task.api !== API || task.owner !== caller.projectId || !task.type.startsWith('ims')) {
    throw new ImsRefusal('IMG.0023', `There is no job ${jobId}.`);
  }
  return tasks.show(caller, API, task.id);
}

/** The jobs that a job consists of. */
export const partsOf = (tasks: Tasks, { parts = [] }: Task): readonly Task[] =>
  parts.flatMap((id) => tasks.peek(id) ?? []);
