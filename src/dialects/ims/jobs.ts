import type { Task } from '../../domain/task.ts';
import type { Tasks } from '../../domain/tasks.ts';
import type { Context } from '../dialect.ts';
import { ImsRefusal } from './wire.ts';

/** Name under which this service's tasks are kept. */
export const API = 'ims';

/** What jobs are called. The reference has no name for copies to other regions: that one is ours. */
export const JOB_TYPES = [
  'imsCreateImageByInstance',
  'imsImportImageJob',
  'imsImportOvaImageJob',
  'imsVolumeCreateImageJob',
  'imsVolumesToSysDataImagesJob',
  'imsImportDataImageJob',
  'imsCreateWholeImageByInstanceJob',
  'imsCreateWholeImageByBackupJob',
  'imsNativeImportImageJob',
  'imsNativeExportImageJob',
  'imsAddImageMembersJob',
  'imsDelImageMembersJob',
  'imsUpdateImageMembersJob',
  'imsCopyImageInRegionJob',
  'imsCopyImageCrossRegionJob',
] as const;
export type JobType = (typeof JOB_TYPES)[number];

/** What the parts of jobs are called. */
export const SUB_JOB_TYPES = [
  'imsGoofysImportImageJob',
  'imsGoofysImportImageWithoutconfigJob',
  'imsGoofysUploadImageJob',
  'imsGoofysExportImageJob',
  'imsImportBigFileImageJob',
  'imsQuickExportImageJob',
  'imsImportIsoFileImageJob',
  'imsImportDataImageJob',
  'imsCopyVolumeToImageJob',
] as const;
export type SubJobType = (typeof SUB_JOB_TYPES)[number];

/** What every job of this service has in common. */
export const jobOf = <Kind extends Task['kind']>(
  kind: Kind,
  type: JobType,
  requestId: string,
  part?: SubJobType,
): {
  readonly kind: Kind;
  readonly api: string;
  readonly type: JobType;
  readonly requestId: string;
  readonly part?: string;
} => ({
  kind,
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
