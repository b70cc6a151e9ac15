import type { JsonObject, Task } from '../../../domain/tasks/task.ts';
import type { Tasks } from '../../../domain/tasks/tasks.ts';
import type { Context } from '../../dialect.ts';
import { ImsError } from '../wire.ts';
import { JOB_TYPES, type JobType, type SubJobType } from './job-types.ts';

/** The API name under which the tasks of this service are stored. */
export const API = 'ims';

/** The members that every task request of this service has. */
export const jobRequest = <Type extends JobType>(
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

/** The result of a job that creates an image, as a function of the image's id. */
export const imageResult =
  (name: string | null | undefined) =>
  (imageId: string): JsonObject => ({ image_name: name ?? '', image_id: imageId });

/** The id of a job: that of its task without hyphens. */
export const jobIdOf = ({ id }: Pick<Task, 'id'>): string => id.replaceAll('-', '');

const JOB_ID = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;

/**
 * Finds a job of the caller's project. This counts as a poll.
 * @throws ImsError IMG.0023 for an unknown job and for one of another project.
 */
export function findJob({ cloud: { tasks }, caller }: Context, jobId: string): Task {
  const groups = JOB_ID.exec(jobId);
  const task = groups === null ? undefined : tasks.peek(groups.slice(1).join('-'));
  // Uploads are tasks too, but not jobs.
  if (task === undefined || task.api !== API || task.owner !== caller.projectId || !task.type.startsWith('ims')) {
    throw noJob(jobId);
  }
  return tasks.show(caller, API, task.id);
}

/** The sub-jobs of a job. */
export const subJobsOf = (tasks: Tasks, { parts = [] }: Task): readonly Task[] =>
  parts.flatMap((id) => tasks.peek(id) ?? []);

/** The error for a job that does not exist. */
export const noJob = (jobId: string): ImsError => new ImsError('IMG.0023', `There is no job ${jobId}.`);
