import type { Cloud } from '../../../cloud.ts';
import { hasEnded, type JsonObject, percentOf, type Task } from '../../../domain/tasks/task.ts';
import type { Context } from '../../dialect.ts';
import { IMS_CODES, isImsCode } from '../error-codes.ts';
import { jobIdOf, subJobsOf } from './job.ts';

const STATUS: Readonly<Record<Task['status'], string>> = {
  pending: 'INIT',
  processing: 'RUNNING',
  success: 'SUCCESS',
  failure: 'FAIL',
};

const time = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** The result for one image and one project in a job that shares images. */
export interface SharingResult {
  readonly image_id: string;
  readonly project_id: string;
  readonly status: 'success' | 'failed';
}

/** The body of `showJob`. */
export function presentJob(task: Task, { tasks }: Pick<Cloud, 'tasks'>): JsonObject {
  const parts = task.result === null ? subJobsOf(tasks, task) : [];
  const entities =
    parts.length === 0
      ? entitiesOf(task)
      : {
          sub_jobs_result: parts.map((part) => presentJob(part, { tasks })),
          sub_jobs_list: parts.map(jobIdOf),
        };
  return { ...baseMembers(task), entities };
}

/** The body of `showJobProgress`. */
export function presentJobProgress(task: Task, { tasks, clock }: Pick<Cloud, 'tasks' | 'clock'>): JsonObject {
  const parts = subJobsOf(tasks, task);
  const current = parts.find((part) => !hasEnded(part)) ?? parts.at(-1);
  return {
    ...baseMembers(task),
    entities: {
      ...(entitiesOf(task) ?? {}),
      // From 0 to 1, in steps of 0.01.
      process_percent: percentOf(task, clock.now()) / 100,
      current_task: `${task.type.replace(/^ims/, '').replace(/Job$/, '')}Task`,
      ...(current !== undefined && { subJobId: jobIdOf(current) }),
    },
  };
}

/** The members that every job and sub-job has. */
function baseMembers(task: Task): JsonObject {
  const { code, message, status } = task;
  const errorCode = status !== 'failure' ? null : code !== null && isImsCode(code) ? code : 'IMG.0014';
  return {
    job_id: jobIdOf(task),
    job_type: task.type,
    begin_time: time(task.createdAt),
    end_time: hasEnded(task) ? time(task.updatedAt) : '',
    status: STATUS[status],
    error_code: errorCode,
    fail_reason: errorCode === null ? null : message || IMS_CODES[errorCode].meaning,
  };
}

/** The images of a job; a failed job has none, except for the results of sharing. */
function entitiesOf({ status, result }: Task): JsonObject {
  const results = result?.['results'] as readonly SharingResult[] | undefined;
  if (results === undefined) return status === 'failure' ? {} : (result ?? {});
  if (!['success', 'failure'].includes(status)) return { results: [] };
  // If every pair could succeed, a progress rule made the entire job fail.
  const isEntireFailure = status === 'failure' && results.every((each) => each.status === 'success');
  return { results: isEntireFailure ? results.map((each) => ({ ...each, status: 'failed' })) : results };
}

/** A job id for an injected success. */
export const sampleJobId = ({ requestId }: Context): string => requestId.slice(4).replaceAll('-', '');

/** A job that has succeeded, for an injected success. */
export function sampleJob(context: Context): JsonObject {
  const now = time(context.cloud.clock.now());
  return {
    job_id: sampleJobId(context),
    job_type: 'imsCreateImageByInstance',
    begin_time: now,
    end_time: now,
    status: 'SUCCESS',
    error_code: null,
    fail_reason: null,
    entities: {},
  };
}
