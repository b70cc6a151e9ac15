import type { OperationHandlers, Reply } from '../../../contract/contract.ts';
import type { ImageStatus } from '../../../domain/image.ts';
import type { Context } from '../../dialect.ts';
import { GlanceError, unsupportedMediaType } from '../../glance/errors.ts';
import { pageOf } from '../../glance/image-list/pages.ts';
import { pageSizeOf } from '../../glance/image-list/query.ts';
import { ACCEPT_PATCH, patchFormOf } from '../../glance/image-patch/json-patch.ts';
import { applyPatch, parseImagePatch, parsePatchBody } from '../../glance/image-patch/patch.ts';
import {
  JSON_TYPE,
  parseBody,
  rejectBody,
  rejectUndecodableQuery,
  requireMediaType,
  textReply,
  withErrorMapping,
} from '../../glance/wire.ts';
import { peekChoice } from '../profiles.ts';
import { ImsError, missingPermission, nativeChangeHandler } from '../wire.ts';
import { checkUploadSize, checkValue, emptyFile } from './checks.ts';
import type { imageOperations } from './contract.ts';
import { PATCH_RULES, parseDeleteBody, parseList, parseNewImage } from './parse.ts';
import { imageListText, imageText } from './present.ts';
import { removeBackup } from './whole-image.ts';

/** Glance sends the media type of an empty page with it. */
const DELETED: Reply = { status: 204, headers: { 'Content-Type': 'text/html; charset=UTF-8' } };

/** Statuses of an image whose data is on its way. */
const IN_CREATION: readonly ImageStatus[] = ['saving', 'uploading', 'importing'];

/** Handlers of the native operations on images. */
export const imageHandlers: OperationHandlers<typeof imageOperations, Context> = {
  listImages: withErrorMapping((call, { cloud, caller }) => {
    rejectUndecodableQuery(call.search);
    const list = parseList(call.query, caller, pageSizeOf(cloud.limits));
    if (typeof list === 'string') throw new GlanceError(400, list);
    return textReply(200, imageListText(pageOf(cloud.images, list, caller), call.query));
  }),

  showImage: withErrorMapping((call, { cloud, caller }) => {
    rejectBody(call);
    return textReply(200, imageText(cloud.images.show(caller, call.params.image_id)));
  }),

  updateImage: nativeChangeHandler((call, { cloud, caller }) => {
    const type = call.headers['content-type'];
    const form = patchFormOf(type);
    if (form === undefined) throw unsupportedMediaType(type ?? 'None', { 'Accept-Patch': ACCEPT_PATCH });
    const steps = parseImagePatch(parsePatchBody(call.body), form, PATCH_RULES);
    for (const { op, name, value } of steps) if (op !== 'remove') checkValue(name, value, cloud);
    const changed = cloud.images.change(caller, call.params.image_id, (image) =>
      applyPatch(steps, { image }, PATCH_RULES),
    );
    return textReply(200, imageText(changed));
  }),

  deleteImage: ({ params: { image_id: imageId }, body }, context) => {
    const { cloud, caller } = context;
    const options = parseDeleteBody(body);
    if (options instanceof ImsError) return options.reply();
    if (caller.isReader) return missingPermission(context);
    const busyStatuses = peekChoice(cloud, 'delete-refusals') === 'codes' ? IN_CREATION : [];
    const image = cloud.images.remove(caller, imageId, { busyStatuses });
    if (options.deletesBackup) removeBackup(context, image);
    return DELETED;
  },

  createImage: nativeChangeHandler((call, { cloud, caller }) => {
    const image = cloud.images.create(caller, parseNewImage(parseBody(call), cloud));
    return {
      status: 201,
      headers: { ...JSON_TYPE, Location: `${call.base}/v2/images/${image.id}` },
      body: imageText(image),
    };
  }),

  uploadImage: nativeChangeHandler(async (call, { cloud, caller, requestId }) => {
    requireMediaType(call, 'application/octet-stream');
    const length = call.headers['content-length'];
    if (length === '0') throw emptyFile();
    const { image_id: imageId } = call.params;
    const announced = length === undefined ? {} : { announcedBytes: Number(length) };
    checkUploadSize(Number(length ?? 0), cloud.images.show(caller, imageId));
    await cloud.transfers.upload(caller, { imageId, stream: call.stream, api: 'ims', requestId, ...announced });
    return { status: 204 };
  }),
};
