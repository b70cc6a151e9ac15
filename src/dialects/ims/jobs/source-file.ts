import { GIBIBYTE } from '../../../base/size.ts';
import type { StagedData } from '../../../domain/image.ts';
import type { Failure } from '../../../domain/progress.ts';
import { contentOf, type StoredObject } from '../../../domain/storage/object-store.ts';
import type { Context } from '../../dialect.ts';
import { isImsCode } from '../error-codes.ts';
import { ImsRefusal } from '../wire.ts';

/** Formats of files that can be taken in, and of those that can be taken in quickly. */
const DISKS = ['qcow2', 'vhd', 'vmdk', 'raw', 'vhdx', 'qed', 'vdi', 'qcow', 'zvhd', 'zvhd2'];
const QUICK = ['raw', 'zvhd2'];
const FORMATS = { disk: DISKS, quick: QUICK, iso: ['iso'], ova: ['ova'], system: [...DISKS, 'ova'] } as const;

/** Gigabytes of the largest file that is taken in. */
const MOST = 128;
const MAX_QUICK = 1024;

/** What a call takes of a file. */
export type FileUse = keyof typeof FORMATS;

/** TokenBucket and name of a file, as `bucket:object`. */
export interface FileAddress {
  readonly container: string;
  readonly name: string;
}

/**
 * A file's address.
 * @throws ImsRefusal IMG.0017 for what is none, IMG.0068 without a bucket, IMG.0175 for spaces.
 */
export function parseAddress(address: string | undefined, member: string): FileAddress {
  const at = address?.indexOf(':') ?? -1;
  if (address === undefined || at === -1) throw new ImsRefusal('IMG.0017', `${member} names a file as bucket:object.`);
  const container = address.slice(0, at);
  const name = address.slice(at + 1);
  if (container === '') throw new ImsRefusal('IMG.0068', `${member} names no bucket.`);
  if (/\s/.test(name)) throw new ImsRefusal('IMG.0175');
  return { container, name };
}

/** A file that an image can be made of. */
export interface ImageFile {
  readonly object: StoredObject;
  readonly content: StagedData;
  /** What keeps it from becoming one, as only taking it in shows. */
  readonly failure: Failure | undefined;
}

/**
 * The file of an address, where the call can take it.
 * @param minDisk - gigabytes of the disk that it goes to.
 * @throws ImsRefusal IMG.0017, IMG.0068, IMG.0069, IMG.0057, IMG.0059, IMG.0055.
 */
export function findFile(
  { cloud, caller }: Context,
  address: string | undefined,
  use: FileUse,
  minDisk: number,
): ImageFile {
  const { container, name } = parseAddress(address, 'image_url');
  if (!cloud.objects.hasContainer(caller.projectId, container)) {
    throw new ImsRefusal('IMG.0069', `There is no bucket ${container} within reach.`);
  }
  const object = cloud.objects.get(caller.projectId, container, name);
  if (object === undefined) throw new ImsRefusal('IMG.0057', `There is no file ${name} in the bucket ${container}.`);
  if (object.sizeBytes === 0) throw new ImsRefusal('IMG.0057', `The file ${name} is empty.`);
  const formats: readonly string[] = FORMATS[use];
  if (object.format === null || !formats.includes(object.format)) {
    throw new ImsRefusal('IMG.0057', `The file ${name} is none of ${formats.join(', ')}.`);
  }
  if (object.sizeBytes > (use === 'quick' ? MAX_QUICK : MOST) * GIBIBYTE) throw new ImsRefusal('IMG.0059');
  if (object.sizeBytes > minDisk * GIBIBYTE) {
    throw new ImsRefusal('IMG.0055', `A disk of ${minDisk} GB is too small for the file ${name}.`);
  }
  return { object, content: contentOf(object, cloud.hashing), failure: failureOf(object) };
}

function failureOf({ flaw }: StoredObject): Failure | undefined {
  if (flaw === undefined) return undefined;
  // Codes of other services mean nothing here.
  return { code: isImsCode(flaw) ? flaw : 'IMG.0057', message: null };
}
