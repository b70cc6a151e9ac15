import type { Json } from '../../../base/json.ts';
import { GIBIBYTE } from '../../../base/size.ts';
import type { Image } from '../../../domain/image.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import type { Context } from '../../dialect.ts';
import { derivedAttribute } from '../images/derived-attributes.ts';
import { findOwnImage, notActive } from '../images/own-image.ts';
import { presentStatus } from '../images/present.ts';
import { isWholeImage } from '../images/whole-image.ts';
import { ImsError, textIn } from '../wire.ts';
import { jobRequest } from './job.ts';
import { checkBucket, parseAddress } from './source-file.ts';

const FORMATS = ['qcow2', 'vhd', 'zvhd', 'vmdk'];
const MAX_NAME_LENGTH = 1023;
/** Maximum size of an exported image in gigabytes; the second one is that of a quick export. */
const MAX_GIGABYTES = 128;
const MAX_QUICK_GIGABYTES = 1024;
/** Platforms whose public images are charged for: an image that was created from one cannot be exported. */
const CHARGED_PLATFORMS = ['Windows', 'SUSE', 'Red Hat', 'Ubuntu', 'Oracle Linux'];

/**
 * Starts the job that writes an image to a file.
 * @throws ImsError; DomainError `image-not-found`.
 */
export function exportImage(body: Json, context: Context, { image_id: imageId }: { readonly image_id: string }): Task {
  const { cloud, caller, requestId } = context;
  const isQuick = body['is_quick_export'] === true;
  const { container, name } = parseAddress(textIn(body, 'bucket_url'), 'bucket_url');
  checkFileName(name);
  const format = parseFormat(textIn(body, 'file_format'), isQuick);
  const image = findExportable(context, imageId, isQuick);
  checkBucket(context, container);
  if (cloud.objects.get(caller.projectId, container, name) !== undefined) throw new ImsError('IMG.0070');
  const object = {
    owner: caller.projectId,
    container,
    name,
    sizeBytes: image.sizeBytes ?? 0,
    format,
    seed: Number.parseInt(imageId.slice(0, 8), 16),
  };
  const part = isQuick ? 'imsQuickExportImageJob' : 'imsGoofysExportImageJob';
  return cloud.transfers.exportImage(caller, {
    image,
    object,
    ...jobRequest('imsNativeExportImageJob', requestId, part),
    result: { image_id: imageId },
  });
}

/** Checks the name of the file to export to. @throws ImsError IMG.0073, IMG.0074, IMG.0075. */
function checkFileName(name: string): void {
  if (name === '') throw new ImsError('IMG.0073');
  if (name.length > MAX_NAME_LENGTH) throw new ImsError('IMG.0074');
  if (/[\\:*?"<>|]/.test(name)) throw new ImsError('IMG.0075');
}

/** Parses the format of an exported file. @throws ImsError IMG.0035, IMG.0072. */
function parseFormat(format: string | undefined, isQuick: boolean): string {
  if (isQuick) {
    if (format === undefined) return 'zvhd2';
    throw new ImsError('IMG.0035', 'A quick export has the format zvhd2; none can be said.');
  }
  if (format === undefined || !FORMATS.includes(format)) {
    throw new ImsError('IMG.0072', `file_format must be one of ${FORMATS.join(', ')}.`);
  }
  return format;
}

/** Finds an image that the caller can export. @throws ImsError; DomainError `image-not-found`. */
function findExportable(context: Context, imageId: string, isQuick: boolean): Image {
  const { cloud } = context;
  if (cloud.images.peek(imageId)?.visibility === 'public') throw new ImsError('IMG.0077');
  const image = findOwnImage(context, imageId);
  if (isWholeImage(image)) throw new ImsError('IMG.0128');
  if (image.diskFormat === 'iso') throw new ImsError('IMG.0071', 'ISO images cannot be exported.');
  if (image.status !== 'active') throw notActive(imageId, presentStatus(image));
  const size = image.sizeBytes ?? 0;
  if (size >= MAX_QUICK_GIGABYTES * GIBIBYTE) {
    throw new ImsError('IMG.0071', 'Images of 1 TB and more cannot be exported.');
  }
  if (!isQuick && size > MAX_GIGABYTES * GIBIBYTE) throw new ImsError('IMG.0160');
  if (isCharged(context, image)) throw new ImsError('IMG.0071', 'It is made of a public image that is paid for.');
  if (cloud.tasks.runningOn(imageId).some(({ kind }) => kind === 'export')) throw new ImsError('IMG.0148');
  return image;
}

function isCharged({ cloud }: Context, { properties }: Image): boolean {
  const baseId = properties['__originalimagename'] ?? properties['base_image_ref'];
  const base = baseId === undefined ? undefined : cloud.images.peek(baseId);
  return base?.visibility === 'public' && CHARGED_PLATFORMS.includes(derivedAttribute(base, '__platform'));
}
