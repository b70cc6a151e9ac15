import type { Json } from '../../../base/json.ts';
import type { NewImage } from '../../../domain/images/image-changes.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import type { Context } from '../../dialect.ts';
import { findOwnImage } from '../images/own-image.ts';
import { presentStatus } from '../images/present.ts';
import { ImsError, textIn } from '../wire.ts';
import { imageResult, jobRequest } from './job.ts';
import type { JobType, SubJobType } from './job-types.ts';
import { parseAttributes, parseMinDisk } from './parse.ts';
import {
  dataDiskProperties,
  machineProperties,
  osProperties,
  parseDataOsType,
  parseEnvironment,
} from './parse-machine.ts';
import { checkQuota } from './quota.ts';
import { fileProperties, findFile, type SourceFile } from './source-file.ts';

/** Range of the system disk of an image from a file, in gigabytes. */
export const SYSTEM_DISK = { min: 1, max: 1024 };
/** Range of the data disk of `createDataImage`, in gigabytes. */
export const DATA_DISK = { min: 40, max: 2048 };

/** What `startImport` starts. */
interface ImportRequest {
  readonly type: JobType;
  readonly part: SubJobType;
  readonly file: SourceFile;
  readonly image: NewImage;
}

/** Starts the job that creates one image from a file. */
export function startImport(context: Context, { type, part, file, image }: ImportRequest): Task {
  const { cloud, caller, requestId } = context;
  checkQuota(context, { images: 1 });
  return cloud.transfers.createImage(caller, {
    ...jobRequest(type, requestId, part),
    ...(file.failure !== undefined && { failure: file.failure }),
    image,
    content: file.content,
    result: imageResult(image.name),
    onFailure: 'kill',
  }).task;
}

/**
 * Starts the job that creates an image from a large file.
 * @throws ImsError
 */
export function quickImport(body: Json, context: Context): Task {
  const attributes = parseAttributes(body, context);
  const environment = parseEnvironment(body, ['ECS', 'BMS', 'DataImage']);
  const minDisk = parseMinDisk(body, SYSTEM_DISK);
  const isData = environment === 'DataImage';
  const machine = machineProperties(body);
  const system = isData
    ? dataDiskProperties(parseDataOsType(body))
    : { virtual_env_type: environment, ...osProperties(body) };
  const file = findFile(context, { address: textIn(body, 'image_url'), kind: 'quick', minDisk });
  const properties = { ...attributes.properties, ...fileProperties(file), ...machine, ...system };
  return startImport(context, {
    type: isData ? 'imsImportDataImageJob' : 'imsImportImageJob',
    part: 'imsImportBigFileImageJob',
    file,
    image: { ...attributes, minDisk, properties },
  });
}

/**
 * Starts the job that creates an image of a data disk from a file.
 * @throws ImsError
 */
export function createDataImage(body: Json, context: Context): Task {
  const attributes = parseAttributes(body, context);
  const minDisk = parseMinDisk(body, DATA_DISK);
  const osType = parseDataOsType(body);
  const file = findFile(context, { address: textIn(body, 'image_url'), kind: 'disk', minDisk });
  const properties = { ...attributes.properties, ...fileProperties(file), ...dataDiskProperties(osType) };
  return startImport(context, {
    type: 'imsImportDataImageJob',
    part: 'imsImportDataImageJob',
    file,
    image: { ...attributes, minDisk, properties },
  });
}

/**
 * Starts the job that fills an image without data from a file.
 * @throws ImsError; DomainError `image-not-found`, `image-not-owned`.
 */
export function registerImage(
  body: Json,
  context: Context,
  { image_id: imageId }: { readonly image_id: string },
): Task {
  const { cloud, caller, requestId } = context;
  const image = findOwnImage(context, imageId);
  if (image.status !== 'queued') {
    throw hasData(imageId, presentStatus(image));
  }
  const file = findFile(context, {
    address: textIn(body, 'image_url'),
    kind: image.diskFormat === 'iso' ? 'iso' : 'disk',
    minDisk: image.minDisk || SYSTEM_DISK.max,
  });
  checkQuota(context, { images: 0, uploading: 1 });
  return cloud.transfers.fillImage(caller, {
    image,
    content: file.content,
    ...jobRequest('imsNativeImportImageJob', requestId, 'imsGoofysUploadImageJob'),
    ...(file.failure !== undefined && { failure: file.failure }),
    result: { image_id: imageId },
  });
}

/** The error for an image that has data already. */
export const hasData = (imageId: string, status: string): ImsError =>
  new ImsError('IMG.0046', `Image ${imageId} is ${status}: it has been given data.`);
