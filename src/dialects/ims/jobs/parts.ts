import type { NewImage } from '../../../domain/images/image-changes.ts';
import type { TransferPart } from '../../../domain/imports/transfer-request.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import type { Context } from '../../dialect.ts';
import { choiceOf } from '../profiles.ts';
import { ImsError } from '../wire.ts';
import { imageResult, jobRequest } from './job.ts';
import type { JobType } from './job-types.ts';
import { checkQuota } from './quota.ts';
import type { SourceFile } from './source-file.ts';

/** One image of a job that creates several, from a file. */
export const filePart = (type: string, { content, failure }: SourceFile, image: NewImage): TransferPart => ({
  type,
  image,
  content,
  ...(failure !== undefined && { failure }),
});

/** Starts the job that creates several images, each with a sub-job of its own. */
export function startParts(context: Context, type: JobType, parts: readonly TransferPart[]): Task {
  checkQuota(context, { images: parts.length });
  return context.cloud.transfers.createImages(context.caller, {
    ...jobRequest(type, context.requestId),
    parts,
    result: (imageId, index) => imageResult(parts[index]?.image.name)(imageId),
    onFailure: 'kill',
  });
}

/**
 * Returns a function that rejects a name that it has seen before, in worlds whose profile rejects duplicates.
 * @param names - names that are in use already.
 */
export function uniqueNames({ cloud }: Context, names: readonly string[] = []): (name: string) => void {
  const seen = new Set(names);
  return (name) => {
    if (seen.has(name) && choiceOf(cloud, 'image-names') === 'codes') {
      throw new ImsError('IMG.0009', `The name ${name} is given twice.`);
    }
    seen.add(name);
  };
}
