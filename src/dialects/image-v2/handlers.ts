import type { Cloud } from '../../cloud.ts';
import type { Handler, Handlers } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import { canSee } from '../../domain/images/image-rules.ts';
import type { Context } from '../dialect.ts';
import { GlanceRefusal, unsupportedMediaType } from '../glance/errors.ts';
import { ACCEPT_PATCH, patchForm } from '../glance/image-patch/json-patch.ts';
import { applyPatch, parseImagePatch } from '../glance/image-patch/patch.ts';
import { pageLinks } from '../shared/paging.ts';
import { cacheHandlers } from './cache/handlers.ts';
import type { contract } from './contract.ts';
import { announcedBytes, importHandlers, notAuthorized, requireJson } from './import/handlers.ts';
import { IMPORT_METHODS } from './import/methods.ts';
import { parseListQuery } from './list-query.ts';
import { sharingHandlers } from './members/handlers.ts';
import { metadefHandlers } from './metadefs/handlers.ts';
import { parseNewImage } from './parse.ts';
import { PATCH_RULES } from './patch.ts';
import { imageText, pageText, schemaText, versionsText } from './present.ts';
import { choiceOf } from './profiles.ts';
import { requestedRange } from './range.ts';
import type { SchemaName } from './schemas.ts';
import { taskHandlers } from './tasks/handlers.ts';
import {
  BARE_REPLY,
  emptyReply,
  failOnBody,
  JSON_TYPE,
  mediaType,
  parseBody,
  refuseBody,
  refuseUnreadable,
  textReply,
  withErrorMapping,
} from './wire.ts';

const showSchema = (name: SchemaName): Handler<Context> =>
  withErrorMapping((call) => {
    refuseBody(call);
    return textReply(200, schemaText(name));
  });

const showTaskSchema = (name: SchemaName): Handler<Context> =>
  withErrorMapping((call) => {
    // Where the other schemas refuse a body, these two make the service stumble.
    failOnBody(call);
    return textReply(200, schemaText(name));
  });

/** Handlers of the operations in `contract.ts`. */
export const handlers: Handlers<typeof contract, Context> = {
  listVersions: (call) => textReply(300, versionsText(call.base)),

  listVersionsExplicit: (call) => textReply(200, versionsText(call.base)),

  listImages: withErrorMapping((call, { cloud, caller }) => {
    refuseUnreadable(call.search);
    const query = parseListQuery(call.query, caller, cloud.limits);
    const { images } = cloud.images.list(query, caller);
    // A full page has a next one, whether or not anything follows.
    const isFull = images.length > 0 && images.length === query.limit;
    return textReply(
      200,
      pageText(images, pageLinks('/v2/images', call.query, isFull ? images.at(-1)?.id : undefined), caller.isAdmin),
    );
  }),

  createImage: withErrorMapping((call, { cloud, caller }) => {
    requireJson(call, cloud);
    const { image: wish, attempted } = parseNewImage(call.json as Readonly<Record<string, unknown>>);
    const image = cloud.images.create(caller, wish, { attempted });
    return {
      status: 201,
      headers: {
        ...JSON_TYPE,
        Location: `${call.base}/v2/images/${image.id}`,
        'Openstack-Image-Import-Methods': METHODS_OF_IMPORT,
        ...(cloud.stores.length > 0 && {
          'Openstack-Image-Store-Ids': cloud.stores.map((store) => store.id).join(','),
        }),
      },
      body: imageText(image),
    };
  }),

  showImage: withErrorMapping((call, { cloud, caller }) => {
    refuseBody(call);
    if (choiceOf(cloud, 'unseen') === 'forbidden') refuseUnseen(cloud, caller, call.params.image_id);
    return textReply(200, imageText(cloud.images.show(caller, call.params.image_id), caller.isAdmin));
  }),

  updateImage: withErrorMapping((call, { cloud, caller }) => {
    const type = mediaType(call);
    const form = patchForm(type);
    if (form === undefined) throw unsupportedMediaType(type, { 'Accept-Patch': ACCEPT_PATCH });
    const steps = parseImagePatch(parseBody(call), form, PATCH_RULES);
    const image = cloud.images.change(caller, call.params.image_id, (current, permit) =>
      applyPatch(steps, { image: current, form, showsStores: current.data !== null, permit }, PATCH_RULES),
    );
    return textReply(200, imageText(image, caller.isAdmin));
  }),

  deleteImage: withErrorMapping((call, { cloud, caller }) => {
    refuseBody(call);
    cloud.images.remove(caller, call.params.image_id);
    return emptyReply(204);
  }),

  downloadImageData: withErrorMapping((call, { cloud, caller }) => {
    refuseBody(call);
    const { image, data } = cloud.images.download(caller, call.params.image_id);
    // Where nothing tells how much there will be, any range would do, as long as it is one.
    const sizeBytes = image.sizeBytes ?? (data === null ? Number.POSITIVE_INFINITY : 0);
    const range = requestedRange(call.headers, sizeBytes);
    if (data === null) return BARE_REPLY;
    const headers = {
      'Content-Type': 'application/octet-stream',
      ...(image.checksum !== null && { 'Content-Md5': image.checksum }),
      'Content-Length': String(range === undefined ? sizeBytes : range.end - range.start + 1),
    };
    if (range === undefined) {
      return { status: 200, headers, body: sizeBytes === 0 ? '' : cloud.blobs.open(data) };
    }
    return {
      status: 206,
      headers: { ...headers, 'Content-Range': `bytes ${range.start}-${range.end}/${sizeBytes}` },
      body: range.end < range.start ? '' : cloud.blobs.open(data, range.start, range.end),
    };
  }),

  uploadImageData: withErrorMapping(async (call, { cloud, caller, requestId }) => {
    const type = mediaType(call);
    if (type !== 'application/octet-stream') throw unsupportedMediaType(type);
    const store = call.headers['x-image-meta-store'];
    if (store !== undefined && cloud.stores.every(({ id }) => id !== store)) {
      throw new GlanceRefusal(400, `Store for identifier ${store} not found`);
    }
    const announced = announcedBytes(call, cloud);
    await cloud.transfers.upload(caller, {
      imageId: call.params.image_id,
      stream: call.stream,
      api: 'image-v2',
      requestId,
      ...(announced !== undefined && { announcedBytes: announced }),
      ...(store !== undefined && { store: String(store) }),
    });
    return emptyReply(204);
  }),

  ...sharingHandlers,
  ...importHandlers,
  ...taskHandlers,
  ...cacheHandlers,
  ...metadefHandlers,

  showImageSchema: showSchema('image'),
  showImagesSchema: showSchema('images'),
  showMemberSchema: showSchema('member'),
  showMembersSchema: showSchema('members'),
  showTaskSchema: showTaskSchema('task'),
  showTasksSchema: showTaskSchema('tasks'),
};

/** @throws GlanceRefusal 403 for an image that is there and that the caller may not see. */
function refuseUnseen({ images }: Cloud, caller: Caller, imageId: string): void {
  const image = images.peek(imageId);
  if (image !== undefined && image.status !== 'deleted' && !canSee(caller, image)) throw notAuthorized('get_image');
}

/** Ways of import that the service offers, for the header of a create. */
const METHODS_OF_IMPORT = Object.keys(IMPORT_METHODS).join(',');
