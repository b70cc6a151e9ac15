import type { Handler, Handlers, Reply } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import { isMarkerGone, pageOf } from '../glance/image-list/pages.ts';
import { nextAddress } from '../nova/list-parameters.ts';
import { refusing } from '../rackspace/request-rules.ts';
import type { contract } from './contract.ts';
import { parseListRequest } from './images/parse.ts';
import { addressesOf, DELETED, SAVING, views } from './images/present.ts';
import { metadataHandlers } from './metadata/handlers.ts';
import { choiceOf } from './profiles.ts';
import { serverHandlers } from './servers/handlers.ts';
import { checkRemover, rules } from './wire.ts';

const json = (body: string): Reply => ({ status: 200, headers: { 'Content-Type': 'application/json' }, body });

const list = (isDetail: boolean): Handler<Context> =>
  refusing((call, { cloud, caller }) => {
    rules.refuseBody(call);
    const request = parseListRequest(call.query, caller, cloud.clock.now());
    if (typeof request === 'string') return rules.refuse(400, request);
    const at = addressesOf(call, caller.projectId);
    const isPastEverything =
      choiceOf(cloud, 'past-marker') === 'guide' && isMarkerGone(cloud.images, request.query.marker);
    if (isPastEverything) return json(views.images({ images: [], isDetail }, at));
    const { images, hasMore } = pageOf(cloud.images, request, caller);
    const last = images.at(-1);
    // What follows is found by its marker, from which an offset would count anew.
    const kept = [...call.query].filter(([name]) => name !== 'offset');
    const next =
      hasMore && last !== undefined
        ? nextAddress(`${at.self}/images${isDetail ? '/detail' : ''}`, kept, last.id)
        : undefined;
    return json(views.images({ images, isDetail, next }, at));
  });

/** @param authenticate - the log-in of the identity service. */
export const handlersWith = (authenticate: Handler<Context>): Handlers<typeof contract, Context> => ({
  listImages: list(false),
  listImagesDetail: list(true),

  showImage: refusing((call, { cloud, caller }) => {
    const { image_id: imageId } = call.params;
    rules.refuseBody(call);
    rules.checkImageId(imageId);
    return json(views.image(cloud.images.show(caller, imageId), addressesOf(call, caller.projectId)));
  }),

  deleteImage: refusing((call, { cloud, caller }) => {
    const { image_id: imageId } = call.params;
    rules.refuseBody(call);
    rules.checkImageId(imageId);
    checkRemover(caller);
    cloud.images.remove(caller, imageId, { refuseWhile: SAVING });
    return DELETED;
  }),

  ...metadataHandlers,
  ...serverHandlers(authenticate),
});
