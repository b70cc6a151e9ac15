import { isUuid } from '../../../base/uuid.ts';
import type { NewImage } from '../../../domain/images/image-changes.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import type { Context } from '../../dialect.ts';
import { shownStatus } from '../images/facts.ts';
import { type Body, ImsRefusal } from '../wire.ts';
import { jobOf } from './job.ts';
import type { JobType, SubJobType } from './job-types.ts';
import {
  checkOsVersion,
  dataOsType,
  environmentOf,
  machineProperties,
  minDiskOf,
  parseAttributes,
  textIn,
} from './parse.ts';
import { checkRoom, resultOf } from './quota.ts';
import { type FileUse, findFile, type ImageFile } from './source-file.ts';

/** Gigabytes of system disks, and of data disks of files. */
export const SYSTEM_DISK = { least: 1, most: 1024 };
const DATA_DISK = { least: 40, most: 2048 };

/** What an image says of the file that it is made of. */
export const fileOrigin = ({ object }: ImageFile): Readonly<Record<string, string>> => ({
  __root_origin: 'file',
  __data_origin: `file,${object.container}:${object.name}`,
});

/** What the image of a data disk says. */
export const dataDisk = (osType: string): Readonly<Record<string, string>> => ({
  virtual_env_type: 'DataImage',
  __os_type: osType,
});

/** Begins the job that makes one image of a file. */
export function importFile(
  { cloud, caller, requestId }: Context,
  type: JobType,
  part: SubJobType | undefined,
  { content, failure }: ImageFile,
  image: NewImage,
): Task {
  checkRoom({ cloud, caller }, 1);
  return cloud.transfers.makeImage(caller, {
    ...jobOf(type, requestId, part),
    ...(failure !== undefined && { failure }),
    image,
    content,
    result: resultOf(image.name),
    onFailure: 'kill',
  }).task;
}

/**
 * Makes an image of a large file.
 * @throws ImsRefusal
 */
export function quickImport(body: Body, context: Context): Task {
  const attributes = parseAttributes(body, context);
  const environment = environmentOf(body, ['ECS', 'BMS', 'DataImage']);
  const minDisk = minDiskOf(body, SYSTEM_DISK.least, SYSTEM_DISK.most);
  const isData = environment === 'DataImage';
  const machine = machineProperties(body);
  const system = isData ? dataDisk(dataOsType(body)) : { virtual_env_type: environment, ...systemOf(body) };
  const file = findFile(context, textIn(body, 'image_url'), 'quick', minDisk);
  const properties = { ...attributes.properties, ...fileOrigin(file), ...machine, ...system };
  const type = isData ? 'imsImportDataImageJob' : 'imsImportImageJob';
  return importFile(context, type, 'imsImportBigFileImageJob', file, { ...attributes, minDisk, properties });
}

/** @throws ImsRefusal IMG.0056 where no operating system is named. */
export const systemOf = (body: Body): Readonly<Record<string, string>> => ({
  __os_version: checkOsVersion(textIn(body, 'os_version') ?? ''),
});

/**
 * Makes an image of a data disk of a file.
 * @throws ImsRefusal
 */
export function createDataImage(body: Body, context: Context): Task {
  const attributes = parseAttributes(body, context);
  const minDisk = minDiskOf(body, DATA_DISK.least, DATA_DISK.most);
  const osType = dataOsType(body);
  const file = findFile(context, textIn(body, 'image_url'), 'disk', minDisk);
  const properties = { ...attributes.properties, ...fileOrigin(file), ...dataDisk(osType) };
  const image = { ...attributes, minDisk, properties };
  return importFile(context, 'imsImportDataImageJob', 'imsImportDataImageJob', file, image);
}

/**
 * Gives an image without data what a file holds.
 * @throws ImsRefusal; DomainError `image-not-found`, `image-not-owned`.
 */
export function registerImage(
  body: Body,
  context: Context,
  { image_id: imageId }: { readonly image_id: string },
): Task {
  const { cloud, caller, requestId } = context;
  const image = ownImage(context, imageId);
  if (image.status !== 'queued') {
    throw new ImsRefusal('IMG.0046', `Image ${imageId} is ${shownStatus(image)}: it has been given data.`);
  }
  const use: FileUse = image.diskFormat === 'iso' ? 'iso' : 'disk';
  const file = findFile(context, textIn(body, 'image_url'), use, image.minDisk || SYSTEM_DISK.most);
  checkRoom(context, 0, 1);
  return cloud.transfers.fillImage(caller, image, file.content, {
    ...jobOf('imsNativeImportImageJob', requestId, 'imsGoofysUploadImageJob'),
    ...(file.failure !== undefined && { failure: file.failure }),
    result: { image_id: imageId },
  });
}

/**
 * An image that the caller's project owns.
 * @throws ImsRefusal IMG.0066, IMG.0083, IMG.0047; DomainError `image-not-found`.
 */
export function ownImage({ cloud, caller }: Context, imageId: string) {
  if (!isUuid(imageId)) throw new ImsRefusal('IMG.0066', `${imageId} is no id of an image.`);
  const image = cloud.images.show(caller, imageId);
  if (image.owner !== caller.projectId) {
    throw image.visibility === 'public' ? new ImsRefusal('IMG.0083') : new ImsRefusal('IMG.0047');
  }
  return image;
}
