import { isObject } from '../../../base/json.ts';
import { isUuid } from '../../../base/uuid.ts';
import type { Cloud } from '../../../cloud.ts';
import type { Handler, Handlers } from '../../../contract/contract.ts';
import type { NewImage } from '../../../domain/images/image-changes.ts';
import type { Context } from '../../dialect.ts';
import { GlanceRefusal, unsupportedMediaType } from '../../glance/errors.ts';
import { applyPatch, checkStep, type PatchOperation } from '../../glance/image-patch.ts';
import { pageOf } from '../../glance/list-query.ts';
import { tagOf } from '../../glance/sharing.ts';
import { JSON_TYPE, mediaType, parseBody, refuseBody, textReply } from '../../glance/wire.ts';
import { HALF_A_CHARACTER, hasLoneSurrogateIn } from '../../shared/json-body.ts';
import { memberHandlers } from '../members/handlers.ts';
import { UNSAID_VERSION } from '../os-versions/os-versions.ts';
import { unpublished } from '../problems.ts';
import { choiceOf } from '../profiles.ts';
import { oldImageHeaders, oldImageListText } from '../v1/present.ts';
import { nativeChange } from '../wire.ts';
import type { nativeOperations } from './contract.ts';
import { imageText } from './facts.ts';
import { PATCH_RULES, parseOldList } from './parse.ts';
import { checkUploadSize, checkValue, mismatch } from './rules.ts';

interface NativeContract {
  readonly name: 'ims';
  readonly title: string;
  readonly mount: string;
  readonly operations: typeof nativeOperations;
}

/** The longest tag that native calls put on an image, of the letters that they take. */
const TAG = /^[\w-]{1,255}$/;

/** A handler of a deprecated call, for worlds that have these. */
const old =
  <Param extends string>(handler: Handler<Context, Param>): Handler<Context, Param> =>
  (call, context) =>
    choiceOf(context.cloud, 'v1-calls') === 'offered' ? handler(call, context) : unpublished(context.requestId);

/** Handlers of the native calls in `contract-native.ts`. */
export const nativeHandlers: Handlers<NativeContract, Context> = {
  createImage: nativeChange((call, { cloud, caller }) => {
    const { id, ...body } = parseNewImage(parseBody(call), cloud);
    const image = cloud.images.create(caller, { ...body, ...(id !== undefined && { id }) });
    return {
      status: 201,
      headers: { ...JSON_TYPE, Location: `${call.base}/v2/images/${image.id}` },
      body: imageText(image),
    };
  }),

  uploadImage: nativeChange(async (call, { cloud, caller, requestId }) => {
    const type = mediaType(call);
    if (type !== 'application/octet-stream') throw unsupportedMediaType(type);
    const length = call.headers['content-length'];
    if (length === '0') throw new GlanceRefusal(400, 'The image file is empty.');
    const { image_id: imageId } = call.params;
    const announced = length === undefined ? {} : { announcedBytes: Number(length) };
    checkUploadSize(Number(length ?? 0), cloud.images.show(caller, imageId));
    // What was taken is looked at before the image can be used.
    await cloud.transfers.upload(caller, imageId, call.stream, { api: 'ims', requestId, ...announced });
    return { status: 204 };
  }),

  ...memberHandlers,

  addImageTag: nativeChange((call, { cloud, caller }) => {
    refuseBody(call);
    const { image_id: imageId, tag } = call.params;
    if (!TAG.test(tag)) throw new GlanceRefusal(400, 'A tag has up to 255 digits, letters, _ and -.');
    cloud.images.addTag(caller, imageId, tag);
    return { status: 204 };
  }),

  deleteImageTag: nativeChange((call, { cloud, caller }) => {
    refuseBody(call);
    const { image_id: imageId, tag } = call.params;
    cloud.images.removeTag(caller, imageId, tagOf(tag));
    return { status: 204 };
  }),

  listImagesDetailV11: old((call, { cloud, caller }) => {
    const { listDefault: usual, listMost: most } = cloud.limits;
    const query = parseOldList(call.query, caller, { usual, most });
    if (typeof query === 'string') return new GlanceRefusal(400, query).reply(call);
    return textReply(200, oldImageListText(pageOf(cloud.images, query, caller).images));
  }),

  headImageV1: old((call, { cloud, caller }) => {
    if (call.body !== undefined) {
      return new GlanceRefusal(400, 'A body is not expected with this request.').reply(call);
    }
    const image = cloud.images.show(caller, call.params.image_id);
    return { status: 200, headers: oldImageHeaders(image) };
  }),

  deleteImageV11: old(
    nativeChange((call, { cloud, caller }) => {
      refuseBody(call);
      cloud.images.remove(caller, call.params.image_id);
      return {
        status: choiceOf(cloud, 'delete-v1.1') === 'table' ? 204 : 200,
        headers: { 'Content-Type': 'text/html; charset=UTF-8' },
      };
    }),
  ),
};

/**
 * The image that the body of a create asks for, with what the service adds where nothing is said.
 * @throws GlanceRefusal 400; DomainError `read-only`, `reserved`, `not-allowed`.
 */
function parseNewImage(body: unknown, cloud: Cloud): NewImage {
  if (!isObject(body)) throw new GlanceRefusal(400, 'Unexpected body type. Expected list/dict.');
  if (hasLoneSurrogateIn(body)) throw new GlanceRefusal(400, HALF_A_CHARACTER);
  const { id, ...attributes } = body;
  if (id !== undefined && !isUuid(id)) throw mismatch(`${JSON.stringify(id)} is no UUID`);
  const steps: PatchOperation[] = [];
  for (const [name, value] of Object.entries(attributes)) {
    const step: PatchOperation = { op: 'add', name, value };
    checkStep(step, PATCH_RULES);
    checkValue(name, value, cloud);
    steps.push(step);
  }
  const { properties, ...image } = applyPatch({ properties: {} }, steps);
  return {
    visibility: 'private',
    containerFormat: 'bare',
    diskFormat: 'zvhd2',
    ...image,
    properties: { __os_version: UNSAID_VERSION, ...properties },
    ...(typeof id === 'string' && { id }),
  };
}
