import type { Call, Contract, Handler, Handlers, Operation, Reply } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { nextAddress } from '../../nova/list-parameters.ts';
import { addressesOf } from '../protocol/addresses.ts';
import { fault } from '../protocol/errors.ts';
import { listParameters } from '../protocol/list-parameters.ts';
import { noContent, typeHeader } from '../protocol/media-types.ts';
import { withPreconditions } from '../protocol/preconditions.ts';
import { imageOperations } from './contract.ts';
import { parseListRequest } from './parse.ts';
import { views } from './present.ts';

interface ImagesContract extends Contract {
  readonly operations: typeof imageOperations;
}

const { listImages, listImagesDetail, showImage, deleteImage } = imageOperations;

const ok = (call: Call, body: string): Reply => ({ status: 200, headers: typeHeader(call), body });

const list = (operation: Operation, isDetail: boolean): Handler<Context> =>
  withPreconditions(operation, (call, { cloud, caller }) => {
    const parameters = listParameters(call);
    const request = parseListRequest(call, parameters, caller);
    if (typeof request === 'string') return fault(400, request);
    const { images } = cloud.images.list(request.query, caller);
    const at = addressesOf(call);
    const last = images.at(-1);
    // A full page has a link to the next one, even if nothing follows.
    const next =
      last !== undefined && images.length === request.fullPage
        ? nextAddress(`${at.self}/images${isDetail ? '/detail' : ''}`, parameters, last.id)
        : undefined;
    return ok(call, views.images({ images, isDetail, next }, at));
  });

/** Handlers of the image proxy. */
export const imageHandlers: Handlers<ImagesContract, Context> = {
  listImages: list(listImages, false),
  listImagesDetail: list(listImagesDetail, true),

  showImage: withPreconditions(showImage, (call, { cloud, caller }) =>
    ok(call, views.image(cloud.images.show(caller, call.params.image_id), addressesOf(call))),
  ),

  deleteImage: withPreconditions(deleteImage, (call, { cloud, caller }) => {
    cloud.images.remove(caller, call.params.image_id);
    return noContent(call);
  }),
};
