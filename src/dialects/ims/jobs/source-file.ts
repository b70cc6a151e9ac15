import { GIBIBYTE } from '../../../base/size.ts';
import type { StagedData } from '../../../domain/image.ts';
import type { Failure } from '../../../domain/progress.ts';
import { contentOf, type StoredObject } from '../../../domain/storage/object-store.ts';
import type { Context } from '../../dialect.ts';
import { isImsCode } from '../error-codes.ts';
import { ImsError } from '../wire.ts';

const DISK_FORMATS = ['qcow2', 'vhd', 'vmdk', 'raw', 'vhdx', 'qed', 'vdi', 'qcow', 'zvhd', 'zvhd2'];

/** File formats by the kind of import. */
const FORMATS = {
  disk: DISK_FORMATS,
  quick: ['raw', 'zvhd2'],
  iso: ['iso'],
  ova: ['ova'],
  system: [...DISK_FORMATS, 'ova'],
} as const;

/** Maximum file size in gigabytes; the second one is that of a quick import. */
const MAX_GIGABYTES = 128;
const MAX_QUICK_GIGABYTES = 1024;

/** The kind of an import, which decides the file formats and sizes that it accepts. */
export type ImportKind = keyof typeof FORMATS;

/** The bucket and the name of a file. */
export interface FileAddress {
  readonly container: string;
  readonly name: string;
}

/**
 * Parses an address of the form `bucket:object`.
 * @param member - the member of the body that contains it.
 * @throws ImsError IMG.0017 for another form, IMG.0068 for a missing bucket, IMG.0175 for spaces in the name.
 */
export function parseAddress(address: string | undefined, member: string): FileAddress {
  const at = address?.indexOf(':') ?? -1;
  if (address === undefined || at === -1) throw new ImsError('IMG.0017', `${member} names a file as bucket:object.`);
  const container = address.slice(0, at);
  const name = address.slice(at + 1);
  if (container === '') throw new ImsError('IMG.0068', `${member} names no bucket.`);
  if (/\s/.test(name)) throw new ImsError('IMG.0175');
  return { container, name };
}

/**
 * Checks that the caller can use a bucket.
 * @throws ImsError IMG.0069 for a bucket that the caller's project does not have.
 */
export function checkBucket({ cloud, caller }: Context, bucket: string): void {
  if (!cloud.objects.hasContainer(caller.projectId, bucket)) {
    throw new ImsError('IMG.0069', `There is no bucket ${bucket} within reach.`);
  }
}

/** A file that an image is created from. */
export interface SourceFile {
  readonly object: StoredObject;
  readonly content: StagedData;
  /** The error that only reading the file reveals: it fails the job, not the request. */
  readonly failure: Failure | undefined;
}

/** A file as the request names it. */
export interface FileRequest {
  /** `bucket:object`. */
  readonly address: string | undefined;
  readonly kind: ImportKind;
  /** Size of the target disk in gigabytes. */
  readonly minDisk: number;
}

/**
 * Finds a file and checks that an import of that kind accepts it.
 * @throws ImsError IMG.0017, IMG.0068, IMG.0069, IMG.0175, IMG.0057, IMG.0059, IMG.0055.
 */
export function findFile(context: Context, { address, kind, minDisk }: FileRequest): SourceFile {
  const { cloud, caller } = context;
  const { container, name } = parseAddress(address, 'image_url');
  checkBucket(context, container);
  const object = cloud.objects.get(caller.projectId, container, name);
  if (object === undefined) throw missingFile({ container, name });
  if (object.sizeBytes === 0) throw new ImsError('IMG.0057', `The file ${name} is empty.`);
  const formats: readonly string[] = FORMATS[kind];
  if (object.format === null || !formats.includes(object.format)) throw wrongFormat(name, kind);
  const maxGigabytes = kind === 'quick' ? MAX_QUICK_GIGABYTES : MAX_GIGABYTES;
  if (object.sizeBytes > maxGigabytes * GIBIBYTE) throw new ImsError('IMG.0059');
  if (object.sizeBytes > minDisk * GIBIBYTE) {
    throw tooSmallDisk(minDisk, name);
  }
  return { object, content: contentOf(object, cloud.hashing), failure: failureOf(object) };
}

function failureOf({ flaw }: StoredObject): Failure | undefined {
  if (flaw === undefined) return undefined;
  // A fixture file can name a code of another service; it becomes a general error here.
  return { code: isImsCode(flaw) ? flaw : 'IMG.0057', message: null };
}

/** Properties of an image that is created from a file. */
export const fileProperties = ({ object }: SourceFile): Readonly<Record<string, string>> => ({
  __root_origin: 'file',
  __data_origin: `file,${object.container}:${object.name}`,
});

/** The error for a file in a format that the operation does not accept. */
export const wrongFormat = (name: string, kind: ImportKind): ImsError =>
  new ImsError('IMG.0057', `The file ${name} is none of ${FORMATS[kind].join(', ')}.`);

/** The error for a file that its bucket does not contain. */
export const missingFile = ({ container, name }: FileAddress): ImsError =>
  new ImsError('IMG.0057', `There is no file ${name} in the bucket ${container}.`);

/** The error for a file that is larger than the disk of its image. */
export const tooSmallDisk = (minDisk: number, name: string): ImsError =>
  new ImsError('IMG.0055', `A disk of ${minDisk} GB is too small for the file ${name}.`);
