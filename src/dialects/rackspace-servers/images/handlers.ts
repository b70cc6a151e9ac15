import type { Cloud } from '../../../cloud.ts';
import type { Call, Handler, OperationHandlers } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { isMarkerGone, pageOf } from '../../glance/image-list/pages.ts';
import { textReply } from '../../glance/wire.ts';
import { nextAddress } from '../../nova/list-parameters.ts';
import { DELETED } from '../../rackspace/replies.ts';
import { requestHandler } from '../../rackspace/requests.ts';
import { choiceOf } from '../profiles.ts';
import { addressesOf, checkRemover, checks } from '../wire.ts';
import type { imageOperations } from './contract.ts';
import { parseListRequest } from './parse.ts';
import { views } from './present.ts';
import { IN_CREATION } from './statuses.ts';

const listHandler = (isDetail: boolean): Handler<Context> =>
  requestHandler((call, { cloud, caller }) => {
    checks.rejectBody(call);
    const request = parseListRequest(call.query, caller, cloud.clock.now());
    if (typeof request === 'string') return checks.reject(400, request);
    const addresses = addressesOf(call, caller.projectId);
    if (isEmptyAfter(cloud, request.query.marker))
      return textReply(200, views.images({ images: [], isDetail }, addresses));
    const { images, hasMore } = pageOf(cloud.images, request, caller);
    const lastId = hasMore ? images.at(-1)?.id : undefined;
    const path = `${addresses.self}/images${isDetail ? '/detail' : ''}`;
    return textReply(200, views.images({ images, isDetail, next: lastId && nextPage(call, path, lastId) }, addresses));
  });

/** Whether the list after an unknown marker is empty: in worlds whose profile follows the guide. */
const isEmptyAfter = (cloud: Cloud, marker: string | undefined): boolean =>
  isMarkerGone(cloud.images, marker) && choiceOf(cloud, 'past-marker') === 'guide';

/** The URL of the next page. It continues by marker, after which the offset would skip images again. */
const nextPage = (call: Call, path: string, lastId: string): string =>
  nextAddress(
    path,
    [...call.query].filter(([name]) => name !== 'offset'),
    lastId,
  );

/** Handlers of the operations on images. */
export const imageHandlers: OperationHandlers<typeof imageOperations, Context> = {
  listImages: listHandler(false),
  listImagesDetail: listHandler(true),

  showImage: requestHandler((call, { cloud, caller }) => {
    const { image_id: imageId } = call.params;
    checks.rejectBody(call);
    checks.checkImageId(imageId);
    return textReply(200, views.image(cloud.images.show(caller, imageId), addressesOf(call, caller.projectId)));
  }),

  deleteImage: requestHandler((call, { cloud, caller }) => {
    const { image_id: imageId } = call.params;
    checks.rejectBody(call);
    checks.checkImageId(imageId);
    checkRemover(caller);
    cloud.images.remove(caller, imageId, { busyStatuses: IN_CREATION });
    return DELETED;
  }),
};
