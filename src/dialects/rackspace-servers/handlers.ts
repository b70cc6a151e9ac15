import type { Handler, Handlers, Reply } from '../../contract/contract.ts';
import type { ImageStatus } from '../../domain/image.ts';
import type { Context } from '../dialect.ts';
import { imagesText, imageText, type ListRules, nextAddress, parseImagesQuery } from '../shared/compute-family.ts';
import type { contract } from './contract.ts';
import { addressesOf, fault } from './problems.ts';

const json = (body: string): Reply => ({ status: 200, headers: { 'Content-Type': 'application/json' }, body });

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const badId = (imageId: string): Reply => fault(400, `'${imageId}' is no image id: a UUID is expected.`);

/** What this API calls SAVING: nothing may be deleted in that state. */
const SAVING: readonly ImageStatus[] = ['queued', 'saving', 'uploading', 'importing'];

const STATUSES: Readonly<Record<string, readonly ImageStatus[]>> = {
  ACTIVE: ['active'],
  SAVING: ['queued', 'saving'],
  DELETED: ['pending_delete'],
  ERROR: ['killed'],
  UNKNOWN: ['uploading', 'importing', 'deactivated'],
};

const RULES: ListRules = {
  limitMost: 1000,
  statuses: (value) => STATUSES[value.toUpperCase()] ?? [value],
  type: (value) => value.toLowerCase(),
  words: {
    limitNumber: 'The limit must be a whole number.',
    limitNegative: 'The limit must not be less than 0.',
    time: 'changes-since must be a time of the form 2026-11-21T12:00:00Z.',
  },
};

const list =
  (isDetail: boolean): Handler<Context> =>
  (call, context) => {
    const query = parseImagesQuery(call.query, context.caller, RULES);
    if (typeof query === 'string') return fault(400, query);
    const { images, hasMore } = context.cloud.images.list(query, context.caller);
    const at = addressesOf(call, context.caller.projectId);
    const last = images.at(-1);
    const next =
      hasMore && last !== undefined
        ? nextAddress(`${at.self}/images${isDetail ? '/detail' : ''}`, call.query, last.id)
        : undefined;
    return json(imagesText(images, at, isDetail, next));
  };

export const handlers: Handlers<typeof contract, Context> = {
  listImages: list(false),
  listImagesDetail: list(true),

  showImage: (call, { cloud, caller }) => {
    const { image_id: imageId } = call.params;
    if (!UUID.test(imageId)) return badId(imageId);
    return json(imageText(cloud.images.show(caller, imageId), addressesOf(call, caller.projectId)));
  },

  deleteImage: ({ params: { image_id: imageId } }, { cloud, caller }) => {
    if (!UUID.test(imageId)) return badId(imageId);
    cloud.images.remove(caller, imageId, { refuseWhile: SAVING });
    return { status: 204, headers: { 'Content-Type': 'text/html; charset=UTF-8' } };
  },
};
