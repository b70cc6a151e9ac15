import type { OperationHandlers } from '../../../contract/contract.ts';
import type { Image } from '../../../domain/image.ts';
import type { Context } from '../../dialect.ts';
import { GlanceError } from '../../glance/errors.ts';
import { BARE_REPLY, emptyReply, rejectBody, requireMediaType, withErrorMapping } from '../../glance/wire.ts';
import { announcedBytes } from '../requests.ts';
import type { imageDataOperations } from './contract.ts';
import { requestedRange } from './range.ts';

/** Handlers of the operations on the data of images. */
export const imageDataHandlers: OperationHandlers<typeof imageDataOperations, Context> = {
  downloadImageData: withErrorMapping((call, { cloud, caller }) => {
    rejectBody(call);
    const { image, data } = cloud.images.download(caller, call.params.image_id);
    // While the size is unknown, any valid range is accepted.
    const sizeBytes = image.sizeBytes ?? (data === null ? Number.POSITIVE_INFINITY : 0);
    const range = requestedRange(call.headers, sizeBytes);
    if (data === null) return BARE_REPLY;
    if (range !== undefined && isElsewhere(image)) throw randomAccess(range);
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
    requireMediaType(call, 'application/octet-stream');
    const store = call.headers['x-image-meta-store'];
    if (store !== undefined && cloud.stores.every(({ id }) => id !== store)) {
      throw unknownStore(String(store));
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

  stageImageData: withErrorMapping(async (call, { cloud, caller }) => {
    requireMediaType(call, 'application/octet-stream');
    await cloud.imports.stage(caller, {
      imageId: call.params.image_id,
      stream: call.stream,
      announcedBytes: announcedBytes(call, cloud),
    });
    return emptyReply(204);
  }),
};

/** Whether the data is read from an address that a client gave, where ranges are not supported. */
const isElsewhere = ({ locations, stores }: Image): boolean => {
  const first = locations?.find(({ store }) => store === stores?.[0]);
  return first !== undefined && first.address !== null;
};

const randomAccess = ({ start, end }: { readonly start: number; readonly end: number }): GlanceError =>
  new GlanceError(
    400,
    `Getting images randomly from this store is not supported. Offset: ${start}, length: ${end - start + 1}`,
  );

/** The error for a store that does not exist. */
export const unknownStore = (store: string): GlanceError =>
  new GlanceError(400, `Store for identifier ${store} not found`);
