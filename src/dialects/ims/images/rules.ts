import type { Cloud } from '../../../cloud.ts';
import type { Image } from '../../../domain/image.ts';
import { DomainError } from '../../../domain/problem.ts';
import { GlanceRefusal } from '../../glance/errors.ts';
import { choiceOf } from '../profiles.ts';

/** Gigabytes that an image may ask a server's disk to have. */
const DISK = { least: 1, most: 1024 };
/** Visibilities that no native call gives an image: it is shared by its members. */
const BY_MEMBERS: readonly unknown[] = ['shared', 'community'];
/** Bytes of the largest image that is uploaded. */
const MAX_UPLOADED = 128 * 1024 ** 3;

/** Longest name of an image in native calls. */
const longestName = (cloud: Pick<Cloud, 'profiles'>): number =>
  choiceOf(cloud, 'name-length') === 'calls' ? 255 : 128;

/** A value that is not what an attribute can be, in the words of Glance. */
export const mismatch = (what: string): GlanceRefusal =>
  new GlanceRefusal(400, `Provided object does not match schema 'image': ${what}`);

/**
 * Refuses what this service allows less than Glance.
 * @throws GlanceRefusal 400.
 */
export function checkValue(name: string, value: unknown, cloud: Pick<Cloud, 'profiles'>): void {
  switch (name) {
    case 'name':
      if (value === '') throw mismatch("'' is too short");
      if (typeof value === 'string' && [...value].length > longestName(cloud)) throw mismatch(`'${value}' is too long`);
      return;
    case 'visibility':
      // Making an image public is refused by right.
      if (BY_MEMBERS.includes(value)) throw mismatch(`'${value}' is not one of ['private']`);
      return;
    case 'min_disk':
      if (typeof value === 'number' && (value < DISK.least || value > DISK.most)) {
        throw mismatch(`${value} is not between ${DISK.least} and ${DISK.most}`);
      }
  }
}

/**
 * Refuses data that is announced to be larger than images are uploaded.
 * @throws DomainError `too-large`.
 */
export function checkUploadSize(sizeBytes: number, { status }: Image): void {
  if (status === 'queued' && sizeBytes > MAX_UPLOADED) {
    throw new DomainError({ kind: 'too-large', sizeBytes, maximum: MAX_UPLOADED });
  }
}
