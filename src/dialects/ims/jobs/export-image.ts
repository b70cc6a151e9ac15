import { GIBIBYTE } from '../../../base/size.ts';
import type { Image } from '../../../domain/image.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import type { Context } from '../../dialect.ts';
import { shownFact, shownStatus } from '../images/facts.ts';
import { type Body, ImsRefusal } from '../wire.ts';
import { isWhole } from './create-whole-image.ts';
import { ownImage } from './import-image.ts';
import { jobOf } from './job.ts';
import { textIn } from './parse.ts';
import { parseAddress } from './source-file.ts';

const FORMATS = ['qcow2', 'vhd', 'zvhd', 'vmdk'];
const LONGEST_NAME = 1023;
/** Gigabytes of the largest image that is written out, and that is written out quickly. */
const MOST = 128;
const MAX_QUICK = 1024;
/** Systems whose public images are paid for: what was made of these stays. */
const PAID_FOR = ['Windows', 'SUSE', 'Red Hat', 'Ubuntu', 'Oracle Linux'];

/**
 * Writes an image into a file.
 * @throws ImsRefusal; DomainError `image-not-found`.
 */
export function exportImage(body: Body, context: Context, { image_id: imageId }: { readonly image_id: string }): Task {
  const { cloud, caller, requestId } = context;
  const isQuick = body['is_quick_export'] === true;
  const { container, name } = parseAddress(textIn(body, 'bucket_url'), 'bucket_url');
  if (name === '') throw new ImsRefusal('IMG.0073');
  if (name.length > LONGEST_NAME) throw new ImsRefusal('IMG.0074');
  if (/[\\:*?"<>|]/.test(name)) throw new ImsRefusal('IMG.0075');
  const format = formatOf(textIn(body, 'file_format'), isQuick);
  const image = exportable(context, imageId, isQuick);
  if (!cloud.objects.hasContainer(caller.projectId, container)) {
    throw new ImsRefusal('IMG.0069', `There is no bucket ${container} within reach.`);
  }
  if (cloud.objects.get(caller.projectId, container, name) !== undefined) throw new ImsRefusal('IMG.0070');
  const object = {
    owner: caller.projectId,
    container,
    name,
    sizeBytes: image.sizeBytes ?? 0,
    format,
    seed: Number.parseInt(imageId.slice(0, 8), 16),
  };
  const part = isQuick ? 'imsQuickExportImageJob' : 'imsGoofysExportImageJob';
  return cloud.transfers.exportImage(caller, image, object, {
    ...jobOf('imsNativeExportImageJob', requestId, part),
    result: { image_id: imageId },
  });
}

function formatOf(format: string | undefined, isQuick: boolean): string {
  if (isQuick) {
    if (format !== undefined)
      throw new ImsRefusal('IMG.0035', 'A quick export has the format zvhd2; none can be said.');
    return 'zvhd2';
  }
  if (format === undefined || !FORMATS.includes(format)) {
    throw new ImsRefusal('IMG.0072', `file_format must be one of ${FORMATS.join(', ')}.`);
  }
  return format;
}

function exportable(context: Context, imageId: string, isQuick: boolean): Image {
  const { cloud } = context;
  if (cloud.images.peek(imageId)?.visibility === 'public') throw new ImsRefusal('IMG.0077');
  const image = ownImage(context, imageId);
  if (isWhole(image)) throw new ImsRefusal('IMG.0128');
  if (image.diskFormat === 'iso') throw new ImsRefusal('IMG.0071', 'ISO images cannot be exported.');
  if (image.status !== 'active') throw new ImsRefusal('IMG.0046', `Image ${imageId} is ${shownStatus(image)}.`);
  const size = image.sizeBytes ?? 0;
  if (size >= MAX_QUICK * GIBIBYTE) throw new ImsRefusal('IMG.0071', 'Images of 1 TB and more cannot be exported.');
  if (!isQuick && size > MOST * GIBIBYTE) throw new ImsRefusal('IMG.0160');
  if (isPaidFor(context, image)) throw new ImsRefusal('IMG.0071', 'It is made of a public image that is paid for.');
  if (cloud.tasks.runningOn(imageId).some(({ kind }) => kind === 'export')) throw new ImsRefusal('IMG.0148');
  return image;
}

function isPaidFor({ cloud }: Context, { properties }: Image): boolean {
  const origin = properties['__originalimagename'] ?? properties['base_image_ref'];
  const base = origin === undefined ? undefined : cloud.images.peek(origin);
  return base?.visibility === 'public' && PAID_FOR.includes(shownFact(base, '__platform'));
}
