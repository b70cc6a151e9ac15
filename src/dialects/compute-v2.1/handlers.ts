import type { Cloud } from '../../cloud.ts';
import {
  type Call,
  type Handler,
  type Handlers,
  jsonReply,
  type Operation,
  type Reply,
} from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import { nextAddress } from '../nova/image-views.ts';
import { contract } from './contract.ts';
import { doneWithout, isTaken, typeOf } from './media-types.ts';
import { metadataHandlers } from './metadata/handlers.ts';
import { listParameters, parseListRequest } from './parse.ts';
import { refuseCall, refuseType, withPreconditions } from './preconditions.ts';
import { addressesOf, presentVersion, presentVersions, views } from './present.ts';
import { fault } from './problems.ts';
import { choiceOf } from './profiles.ts';
import { serverHandlers } from './servers/handlers.ts';

const text = (call: Call, body: string): Reply => ({ status: 200, headers: typeOf(call), body });

const { listImages, listImagesDetail, showImage, deleteImage } = contract.operations;

const list = (operation: Operation, isDetail: boolean): Handler<Context> =>
  withPreconditions(operation, (call, context) => {
    const parameters = listParameters(call);
    const request = parseListRequest(parameters, context.caller);
    if (typeof request === 'string') return fault(400, request);
    const { images } = context.cloud.images.list(request.query, context.caller);
    const at = addressesOf(call);
    const last = images.at(-1);
    // A full page has a next one, whether or not anything follows.
    const next =
      last !== undefined && images.length === request.fullPage
        ? nextAddress(`${at.self}/images${isDetail ? '/detail' : ''}`, parameters, last.id)
        : undefined;
    return text(call, views.images(images, at, isDetail, next));
  });

/** The list of versions, under the status that the world chose. */
export const presentRoot = (call: Call, cloud: Pick<Cloud, 'profiles'>): Reply =>
  isTaken(call)
    ? jsonReply(choiceOf(cloud, 'version-list') === 'service' ? 200 : 300, presentVersions(call), typeOf(call))
    : refuseType();

/** What each operation does. */
export const handlers: Handlers<typeof contract, Context> = {
  listVersions: (call, { cloud }) => presentRoot(call, cloud),
  showVersion: (call) => refuseCall(call) ?? jsonReply(200, presentVersion(call), typeOf(call)),
  listImages: list(listImages, false),
  listImagesDetail: list(listImagesDetail, true),
  showImage: withPreconditions(showImage, (call, { cloud, caller }) =>
    text(call, views.image(cloud.images.show(caller, call.params.image_id), addressesOf(call))),
  ),
  deleteImage: withPreconditions(deleteImage, (call, { cloud, caller }) => {
    cloud.images.remove(caller, call.params.image_id);
    return doneWithout(call);
  }),
  ...metadataHandlers,
  ...serverHandlers,
};
