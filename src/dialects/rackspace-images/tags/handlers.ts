import type { OperationHandlers } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { DELETED } from '../../rackspace/replies.ts';
import { requestHandler } from '../../rackspace/requests.ts';
import { checkRemover, checks, checkWriter } from '../wire.ts';
import type { tagOperations } from './contract.ts';

const MAX_TAG_LENGTH = 255;

/** Handlers of the operations on image tags. */
export const tagHandlers: OperationHandlers<typeof tagOperations, Context> = {
  addImageTag: requestHandler((call, { cloud, caller }) => {
    const { image_id: imageId, tag } = call.params;
    // The service ignores a body, but checks its media type.
    if (call.body !== undefined) checks.requireJson(call);
    checks.checkImageId(imageId);
    if (tag.length > MAX_TAG_LENGTH) return checks.reject(400, `A tag has at most ${MAX_TAG_LENGTH} characters.`);
    checkWriter(caller);
    cloud.images.addTag(caller, imageId, tag);
    return DELETED;
  }),

  deleteImageTag: requestHandler((call, { cloud, caller }) => {
    const { image_id: imageId, tag } = call.params;
    checks.rejectBody(call);
    checks.checkImageId(imageId);
    checkRemover(caller);
    cloud.images.removeTag(caller, imageId, tag);
    return DELETED;
  }),
};
