import type { Json } from '../../../base/json.ts';
import { type Handler, jsonReply, type OperationHandlers } from '../../../contract/contract.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import type { Context } from '../../dialect.ts';
import { ifOffered } from '../gateway.ts';
import { imsChangeHandler, imsHandler } from '../wire.ts';
import type { jobOperations } from './contract.ts';
import { copyImage, copyImageCrossRegion } from './copy-image.ts';
import { createCloudImage } from './create-image.ts';
import { createWholeImage } from './create-whole-image.ts';
import { exportImage } from './export-image.ts';
import { createDataImage, quickImport, registerImage } from './import-image.ts';
import { findJob, jobIdOf } from './job.ts';
import { presentJob, presentJobProgress } from './present.ts';
import { addMembers, removeMembers, updateMembers } from './share-images.ts';

/** Creates the handler of an operation that starts a job and returns its id. */
const jobStarter = <Param extends string = never>(
  start: (body: Json, context: Context, params: Readonly<Record<Param, string>>) => Task,
): Handler<Context, Param> =>
  imsChangeHandler((call, context) =>
    jsonReply(200, { job_id: jobIdOf(start(call.json as Json, context, call.params)) }),
  );

/** Handlers of the operations that start jobs and of those that poll them. */
export const jobHandlers: OperationHandlers<typeof jobOperations, Context> = {
  createCloudImage: jobStarter(createCloudImage),
  quickImport: jobStarter(quickImport),
  createDataImage: jobStarter(createDataImage),
  createWholeImage: jobStarter(createWholeImage),
  registerImage: jobStarter<'image_id'>(registerImage),
  exportImage: jobStarter<'image_id'>(exportImage),
  copyImage: jobStarter<'image_id'>(copyImage),
  copyImageCrossRegion: ifOffered('huawei-calls', jobStarter<'image_id'>(copyImageCrossRegion)),
  addMembersBatch: jobStarter(addMembers),
  updateMembersBatch: jobStarter(updateMembers),
  deleteMembersBatch: jobStarter(removeMembers),

  showJob: imsHandler(({ params }, context) =>
    jsonReply(200, presentJob(findJob(context, params.job_id), context.cloud)),
  ),

  showJobProgress: ifOffered(
    'huawei-calls',
    imsHandler(({ params }, context) =>
      jsonReply(200, presentJobProgress(findJob(context, params.job_id), context.cloud)),
    ),
  ),
};
