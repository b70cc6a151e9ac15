import type { OperationHandlers } from '../../../contract/contract.ts';
import type { Image } from '../../../domain/image.ts';
import type { Context } from '../../dialect.ts';
import { GlanceError } from '../../glance/errors.ts';
import { BARE_REPLY, emptyReply, rejectBody, withErrorMapping } from '../../glance/wire.ts';
import { announcedSize, requireData } from '../requests.ts';
import type { imageDataOperations } from './contract.ts';
import { inspectionIn, rejectedContent } from './inspection.ts';
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
    requireData(call, cloud);
    const store = call.headers['x-image-meta-store'];
    if (store !== undefined && cloud.stores.every(({ id }) => id !== store)) {
      throw unknownStore(String(store));
    }
    const { announcedBytes, isUncapped } = announcedSize(call, cloud);
    const upload = cloud.transfers.upload(caller, {
      imageId: call.params.image_id,
      stream: call.stream,
      api: 'image-v2',
      requestId,
      ...(announcedBytes !== undefined && { announcedBytes }),
      ...(isUncapped === true && { isUncapped }),
      ...(store !== undefined && { store: String(store) }),
      inspection: inspectionIn(cloud),
    });
    await upload.catch((error) => {
      throw rejectedContent(error, cloud) ?? error;
    });
    return emptyReply(204);
  }),

  stageImageData: withErrorMapping(async (call, { cloud, caller }) => {
    requireData(call, cloud);
    const { announcedBytes } = announcedSize(call, cloud);
    await cloud.imports.stage(caller, {
      imageId: call.params.image_id,
      stream: call.stream,
      announcedBytes,
      inspection: inspectionIn(cloud),
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
