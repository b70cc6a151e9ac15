import type { Handler, Handlers, Reply } from '../../contract/contract.ts';
import type { ImageStatus } from '../../domain/image.ts';
import type { Context } from '../dialect.ts';
import { nextAddress } from '../shared/compute-family.ts';
import { pageOf } from '../shared/image-list.ts';
import type { contract } from './contract.ts';
import { parseListRequest } from './parse.ts';
import { addressesOf, views } from './present.ts';
import { fault } from './problems.ts';

const json = (body: string): Reply => ({ status: 200, headers: { 'Content-Type': 'application/json' }, body });

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const badId = (imageId: string): Reply => fault(400, `'${imageId}' is no image id: a UUID is expected.`);

/** What this API calls SAVING, and the other ways in which data can be on its way: nothing is deleted then. */
const SAVING: readonly ImageStatus[] = ['queued', 'saving', 'uploading', 'importing'];

const list =
  (isDetail: boolean): Handler<Context> =>
  (call, { cloud, caller }) => {
    const request = parseListRequest(call.query, caller, cloud.clock.now());
    if (typeof request === 'string') return fault(400, request);
    const { images, hasMore } = pageOf(cloud.images, request.query, caller, request.keep);
    const at = addressesOf(call, caller.projectId);
    const last = images.at(-1);
    const next =
      hasMore && last !== undefined
        ? nextAddress(`${at.self}/images${isDetail ? '/detail' : ''}`, call.query, last.id)
        : undefined;
    return json(views.images(images, at, isDetail, next));
  };

export const handlers: Handlers<typeof contract, Context> = {
  listImages: list(false),
  listImagesDetail: list(true),

  showImage: (call, { cloud, caller }) => {
    const { image_id: imageId } = call.params;
    if (!UUID.test(imageId)) return badId(imageId);
    return json(views.image(cloud.images.show(caller, imageId), addressesOf(call, caller.projectId)));
  },

  deleteImage: ({ params: { image_id: imageId } }, { cloud, caller }) => {
    if (!UUID.test(imageId)) return badId(imageId);
    cloud.images.remove(caller, imageId, { refuseWhile: SAVING });
    return { status: 204, headers: { 'Content-Type': 'text/html; charset=UTF-8' } };
  },
};
