import type { Cloud } from '../../../cloud.ts';
import type { OperationHandlers } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { orMessage } from '../../glance/errors.ts';
import { isMarkerGone, pageOf, skipping } from '../../glance/image-list/pages.ts';
import { patchFormOf } from '../../glance/image-patch/json-patch.ts';
import { applyPatch, parseImagePatch, parsePatchBody } from '../../glance/image-patch/patch.ts';
import { textReply } from '../../glance/wire.ts';
import { DELETED } from '../../rackspace/replies.ts';
import { requestHandler } from '../../rackspace/requests.ts';
import { choiceOf } from '../profiles.ts';
import { checkRemover, checks, checkWriter, unsupportedPatchType } from '../wire.ts';
import type { imageOperations } from './contract.ts';
import { PATCH_RULES, parseList } from './parse.ts';
import { imageListText, imageText } from './present.ts';

/** Handlers of the operations on images. */
export const imageHandlers: OperationHandlers<typeof imageOperations, Context> = {
  listImages: requestHandler((call, { cloud, caller }) => {
    const { query: parameters } = call;
    checks.rejectBody(call);
    const list = parseList(parameters, caller);
    if (typeof list === 'string') return checks.reject(400, list);
    const { query, offset } = list;
    if (isEmptyAfter(cloud, query.marker)) {
      return textReply(200, imageListText({ images: [], hasMore: false }, parameters));
    }
    if (offset === 0) return textReply(200, imageListText(pageOf(cloud.images, { query }, caller), parameters));
    // The links continue by marker, after which the offset would skip images again.
    const linkParameters = new URLSearchParams(parameters);
    linkParameters.delete('offset');
    return textReply(
      200,
      imageListText(pageOf(cloud.images, { query, matches: skipping(offset) }, caller), linkParameters),
    );
  }),

  showImage: requestHandler((call, { cloud, caller }) => {
    const { image_id: imageId } = call.params;
    checks.rejectBody(call);
    checks.checkImageId(imageId);
    return textReply(200, imageText(cloud.images.show(caller, imageId)));
  }),

  updateImage: requestHandler(({ params: { image_id }, headers, body }, { cloud, caller }) => {
    const form = patchFormOf(headers['content-type']);
    if (form === undefined) return unsupportedPatchType('A patch has a media type of its own.');
    checks.checkImageId(image_id);
    checkWriter(caller);
    const steps = orMessage(() => parseImagePatch(parsePatchBody(body), form, PATCH_RULES));
    if (typeof steps === 'string') return checks.reject(400, steps);
    const changed = cloud.images.change(caller, image_id, (image, permit) => {
      const changes = applyPatch(steps, { image }, PATCH_RULES);
      permit(changes, 'reformat');
      return changes;
    });
    return textReply(200, imageText(changed));
  }),

  deleteImage: requestHandler((call, { cloud, caller }) => {
    const { image_id: imageId } = call.params;
    checks.rejectBody(call);
    checks.checkImageId(imageId);
    checkRemover(caller);
    cloud.images.remove(caller, imageId);
    return DELETED;
  }),
};

/** Whether the list after an unknown marker is empty: in worlds whose profile follows the guide. */
const isEmptyAfter = (cloud: Cloud, marker: string | undefined): boolean =>
  isMarkerGone(cloud.images, marker) && choiceOf(cloud, 'past-marker') === 'guide';
