import type { Readable } from 'node:stream';
import type { Caller } from '../caller.ts';
import type { Received } from '../data/image-data.ts';
import { defaultStoreOf } from '../data/store.ts';
import type { Image } from '../image.ts';
import { DomainError } from '../problem.ts';
import { measureDisk } from './disk-format.ts';
import { canChange, findVisible } from './image-rules.ts';
import type { ImagesDependencies } from './images-dependencies.ts';
import { type ContentFault, contentFault, type Inspection } from './inspect-content.ts';
import { checkQuotas } from './quotas.ts';
import { checkAnnounced, checkStorage, receiveData, uploadProblem } from './receive-data.ts';

/** The data of one image, as a client uploads it. */
export interface ImageUpload {
  readonly imageId: string;
  readonly stream: Readable;
  /** Size that the client announced. */
  readonly announcedBytes?: number;
  /** Whether only what arrives is compared with the maximum size, not the announced size. */
  readonly isUncapped?: boolean;
  /** How the content is compared with the disk format. Default: not at all. */
  readonly inspection?: Inspection | undefined;
  /** Id of the store that takes the data. Default: the default store. */
  readonly store?: string;
  /** Saves the image once all of its data has arrived. Default: saves it as active. */
  readonly save?: (active: Image) => void;
}

/** Receives the data of an image. See `Images.upload`. */
export async function uploadImage(
  dependencies: ImagesDependencies,
  caller: Caller,
  upload: ImageUpload,
): Promise<Image> {
  const { store } = dependencies;
  const { imageId, announcedBytes, save = (active) => store.put(active) } = upload;
  // The quotas are those of the caller, and are checked before the image.
  checkQuotas(dependencies, caller, 'MiB', 'uploads');
  const image = findUploadable(dependencies, caller, imageId);
  if (upload.isUncapped === true) checkStorage(dependencies, caller, announcedBytes ?? 0);
  else checkAnnounced(dependencies, caller, announcedBytes);
  store.put({ ...image, status: 'saving', isReceiving: true });
  const received = await receive(dependencies, image, upload);
  const virtualSizeBytes = await check(dependencies, caller, {
    image,
    received,
    announcedBytes,
    inspection: upload.inspection,
    store: upload.store,
  });
  const current = store.get(imageId);
  if (current?.status !== 'saving') throw new DomainError({ kind: 'image-gone', imageId });
  const active: Image = {
    ...image,
    ...contentOf(received),
    status: 'active',
    virtualSizeBytes,
    members: current.members,
    updatedAt: dependencies.clock.now(),
    stores: [upload.store ?? defaultStoreOf(dependencies.stores()) ?? []].flat(),
  };
  save(active);
  return active;
}

/** The attributes of an image that describe its data. */
const contentOf = ({ data, sizeBytes, md5, hash }: Received) => ({
  data,
  sizeBytes,
  checksum: md5,
  hashAlgorithm: hash.algorithm,
  hashValue: hash.value,
});

function findUploadable({ store }: ImagesDependencies, caller: Caller, imageId: string): Image {
  const image = findVisible(store, caller, { imageId, purpose: 'show' });
  if (!canChange(caller, image)) throw new DomainError({ kind: 'not-allowed', action: 'upload', subject: imageId });
  if (image.status !== 'queued') {
    throw new DomainError({ kind: 'wrong-status', imageId, from: image.status, to: 'saving' });
  }
  const missing = (['diskFormat', 'containerFormat'] as const).filter((format) => image[format] === null);
  if (missing.length > 0) throw new DomainError({ kind: 'formats-missing', imageId, missing });
  return image;
}

const isSaving = ({ store }: ImagesDependencies, imageId: string): boolean => store.get(imageId)?.status === 'saving';

/** Receives the stream; an image whose data does not arrive is queued again. */
async function receive(
  dependencies: ImagesDependencies,
  image: Image,
  { stream, announcedBytes }: ImageUpload,
): Promise<Received> {
  try {
    return await receiveData(dependencies, stream, announcedBytes);
  } catch (error) {
    if (isSaving(dependencies, image.id)) dependencies.store.put(image);
    throw uploadProblem(error);
  }
}

/** What the service leaves of rejected content: digests, and the store that had it. */
const withTraces = (dependencies: ImagesDependencies, { image, received, store }: Arrived): Image => ({
  ...image,
  checksum: received.md5,
  hashAlgorithm: received.hash.algorithm,
  hashValue: received.hash.value,
  stores: [store ?? defaultStoreOf(dependencies.stores()) ?? []].flat(),
});

/** The problem of content that is not what the disk format says. */
export const contentRejected = ({ diskFormat }: Image, fault: ContentFault): DomainError =>
  new DomainError({
    kind: 'invalid-value',
    attribute: 'content',
    value: { diskFormat, ...fault },
    reason: fault.reason,
  });

/** What was received, for which image. */
interface Arrived {
  readonly image: Image;
  readonly received: Received;
  readonly announcedBytes: number | undefined;
  readonly inspection: Inspection | undefined;
  readonly store: string | undefined;
}

/** Checks data that has arrived. Returns the size of the disk in it. */
async function check(dependencies: ImagesDependencies, caller: Caller, arrived: Arrived): Promise<number | null> {
  const { image, received, announcedBytes } = arrived;
  try {
    // Without an announced size, the quota is checked only now; the image then stays in saving, as in the real service.
    if (announcedBytes === undefined && isSaving(dependencies, image.id)) {
      checkStorage(dependencies, caller, received.sizeBytes);
    }
    await inspect(dependencies, arrived);
    return await measure(dependencies, image, received);
  } catch (error) {
    if (isSaving(dependencies, image.id)) dependencies.store.put({ ...image, status: 'saving' });
    throw error;
  }
}

/** Compares the content with the disk format; an image whose content is rejected is queued again. */
async function inspect(dependencies: ImagesDependencies, arrived: Arrived): Promise<void> {
  const { image, received, inspection } = arrived;
  const fault = inspection && (await contentFault(dependencies.blobs, image, received, inspection));
  if (fault === undefined) return;
  if (isSaving(dependencies, image.id)) dependencies.store.put(withTraces(dependencies, arrived));
  throw contentRejected(image, fault);
}

async function measure(dependencies: ImagesDependencies, image: Image, received: Received): Promise<number | null> {
  const size = await measureDisk(dependencies.blobs, image, received);
  if (typeof size !== 'string') return size;
  // The service notices a size that its database cannot store so late that the image stays in saving.
  if (size !== 'out-of-range' && isSaving(dependencies, image.id)) dependencies.store.put(image);
  throw new DomainError({ kind: 'invalid-value', attribute: 'data', value: image.diskFormat, reason: size });
}
