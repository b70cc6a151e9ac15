import type { Cloud } from '../../../cloud.ts';
import type { Call, OperationHandlers } from '../../../contract/contract.ts';
import type { Caller } from '../../../domain/caller.ts';
import { canSee } from '../../../domain/images/image-rules.ts';
import type { Context } from '../../dialect.ts';
import { unsupportedMediaType } from '../../glance/errors.ts';
import { ACCEPT_PATCH, patchForm } from '../../glance/image-patch/json-patch.ts';
import { parseImagePatch } from '../../glance/image-patch/patch.ts';
import {
  contentType,
  emptyReply,
  JSON_TYPE,
  mediaType,
  parseBody,
  rejectBody,
  rejectUndecodableQuery,
  textReply,
  withErrorMapping,
} from '../../glance/wire.ts';
import { pageLinks } from '../../shared/paging.ts';
import { IMPORT_METHODS } from '../import/methods.ts';
import { choiceOf, peekChoice, since } from '../profiles.ts';
import { CURRENT, imageFormOf } from '../releases.ts';
import { notAuthorized, requireJson } from '../requests.ts';
import { checkAttributes, checkOlderAttributes } from './check-attributes.ts';
import type { imageOperations } from './contract.ts';
import { parseListQuery } from './list-query.ts';
import { locationViewOf } from './location-view.ts';
import { parseNewImage } from './parse.ts';
import { patchRulesIn } from './patch-rules.ts';
import { imageText, pageText } from './present.ts';
import { updateImage } from './update.ts';

/** Handlers of the operations on images. */
export const imageHandlers: OperationHandlers<typeof imageOperations, Context> = {
  listImages: withErrorMapping((call, { cloud, caller }) => {
    rejectUndecodableQuery(call.search);
    const query = parseListQuery(call.query, caller, cloud.limits);
    const { images } = cloud.images.list(query, caller);
    // Every full page links to a next one, even if that is empty.
    const isFull = images.length > 0 && images.length === query.limit;
    return textReply(
      200,
      pageText(images, pageLinks('/v2/images', call.query, isFull ? images.at(-1)?.id : undefined), {
        isAdmin: caller.isAdmin,
        form: imageFormOf(cloud),
        locations: locationViewOf(cloud),
      }),
    );
  }),

  createImage: withErrorMapping((call, { cloud, caller }) => {
    requireJson(call, cloud);
    const form = imageFormOf(cloud);
    const body = call.json as Readonly<Record<string, unknown>>;
    if (form !== CURRENT) checkOlderAttributes(body, form);
    const { image: newImage, attempted } = parseNewImage(body);
    const image = cloud.images.create(caller, newImage, { attempted });
    return {
      status: 201,
      headers: createdHeaders(call, cloud, image.id),
      body: imageText(image, false, form, locationViewOf(cloud)),
    };
  }),

  showImage: withErrorMapping((call, { cloud, caller }) => {
    rejectBody(call);
    if (peekChoice(cloud, 'unseen') === 'forbidden') rejectInvisible(cloud, caller, call.params.image_id);
    const image = cloud.images.show(caller, call.params.image_id);
    return textReply(200, imageText(image, caller.isAdmin, imageFormOf(cloud), locationViewOf(cloud)));
  }),

  updateImage: withErrorMapping((call, context) => {
    const form = patchForm(mediaType(call));
    if (form === undefined) throw unsupportedMediaType(contentType(call), { 'Accept-Patch': ACCEPT_PATCH });
    const rules = patchRulesIn(imageFormOf(context.cloud));
    const steps = parseImagePatch(parseBody(call), form, rules);
    const text = updateImage({ imageId: call.params.image_id, steps, form }, context);
    return typeof text === 'string' ? textReply(200, text) : text.then((waited) => textReply(200, waited));
  }),

  deleteImage: withErrorMapping((call, { cloud, caller }) => {
    rejectBody(call);
    cloud.images.remove(caller, call.params.image_id);
    return emptyReply(204);
  }),

  addImageTag: withErrorMapping((call, { cloud, caller }) => {
    rejectBody(call);
    const tag = call.params.tag;
    checkAttributes({ tags: [tag] });
    cloud.images.addTag(caller, call.params.image_id, tag);
    return emptyReply(204);
  }),

  deleteImageTag: withErrorMapping((call, { cloud, caller }) => {
    rejectBody(call);
    cloud.images.removeTag(caller, call.params.image_id, call.params.tag);
    return emptyReply(204);
  }),

  deactivateImage: withErrorMapping((call, { cloud, caller }) => {
    rejectBody(call);
    cloud.images.deactivate(caller, call.params.image_id);
    return emptyReply(204);
  }),

  reactivateImage: withErrorMapping((call, { cloud, caller }) => {
    rejectBody(call);
    cloud.images.reactivate(caller, call.params.image_id);
    return emptyReply(204);
  }),
};

/**
 * Rejects requests for images that exist but that the caller cannot see.
 * @throws GlanceError 403
 */
function rejectInvisible(cloud: Cloud, caller: Caller, imageId: string): void {
  const image = cloud.images.peek(imageId);
  if (image === undefined || image.status === 'deleted' || canSee(caller, image)) return;
  if (choiceOf(cloud, 'unseen') === 'forbidden') throw notAuthorized('get_image');
}

/** The headers of the response to `createImage`. */
export function createdHeaders(call: Call, cloud: Cloud, imageId: string): Readonly<Record<string, string>> {
  const stores = imageFormOf(cloud).hasHidden ? cloud.stores : [];
  return {
    ...JSON_TYPE,
    Location: `${call.base}/v2/images/${imageId}`,
    ...(since(cloud, 'queens') && { 'Openstack-Image-Import-Methods': IMPORT_METHODS_HEADER }),
    ...(stores.length > 0 && { 'Openstack-Image-Store-Ids': stores.map((store) => store.id).join(',') }),
  };
}

/** Value of the header of `createImage` that lists the import methods. */
const IMPORT_METHODS_HEADER = Object.keys(IMPORT_METHODS).join(',');
