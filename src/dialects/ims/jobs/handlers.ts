import type { Handler, Handlers } from '../../../contract/contract.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import type { Context } from '../../dialect.ts';
import { unpublished } from '../problems.ts';
import { choiceOf } from '../profiles.ts';
import { type Body, coded, codedChange, json } from '../wire.ts';
import type { jobOperations } from './contract.ts';
import { copyAcross, copyWithin } from './copy-image.ts';
import { createImages } from './create-image.ts';
import { createWholeImage } from './create-whole-image.ts';
import { exportImage } from './export-image.ts';
import { createDataImage, quickImport, registerImage } from './import-image.ts';
import { findJob, jobIdOf } from './job.ts';
import { presentJob, presentJobProgress } from './present.ts';
import { addMembers, answerMembers, removeMembers } from './share-image.ts';

interface JobContract {
  readonly name: 'ims';
  readonly title: string;
  readonly mount: string;
  readonly operations: typeof jobOperations;
}

/** A handler of a call that begins a job. */
const begins = <Param extends string = never>(
  begin: (body: Body, context: Context, params: Readonly<Record<Param, string>>) => Task,
): Handler<Context, Param> =>
  codedChange((call, context) => json({ job_id: jobIdOf(begin(call.json as Body, context, call.params)) }));

/** A handler of a call that only one edition has, in worlds that have it. */
const huaweiOnly =
  <Param extends string>(handler: Handler<Context, Param>): Handler<Context, Param> =>
  (call, context) =>
    choiceOf(context.cloud, 'huawei-calls') === 'offered' ? handler(call, context) : unpublished(context.requestId);

/** Handlers of the calls that a job answers, and of those that tell of jobs. */
export const jobHandlers: Handlers<JobContract, Context> = {
  createCloudImage: begins(createImages),
  quickImport: begins(quickImport),
  createDataImage: begins(createDataImage),
  createWholeImage: begins(createWholeImage),
  registerImage: begins<'image_id'>(registerImage),
  exportImage: begins<'image_id'>(exportImage),
  copyImage: begins<'image_id'>(copyWithin),
  copyImageCrossRegion: huaweiOnly(begins<'image_id'>(copyAcross)),
  addMembersBatch: begins(addMembers),
  updateMembersBatch: begins(answerMembers),
  deleteMembersBatch: begins(removeMembers),

  showJob: coded(({ params }, context) => json(presentJob(findJob(context, params.job_id), context.cloud))),

  showJobProgress: huaweiOnly(
    coded(({ params }, context) => json(presentJobProgress(findJob(context, params.job_id), context.cloud))),
  ),
};
