import type { Image } from '../../../domain/image.ts';
import { DomainError } from '../../../domain/problem.ts';
import { GlanceError } from '../../glance/errors.ts';
import type { ProfiledCloud } from '../../shared/profile-choice.ts';
import { choiceOf } from '../profiles.ts';

/** Range of `min_disk` in gigabytes. */
const MIN_DISK = { min: 1, max: 1024 };
/** Visibilities that a client cannot set: an image is shared by its members. */
const SET_BY_MEMBERS: readonly unknown[] = ['shared', 'community'];
/** Maximum size of uploaded data in bytes. */
export const MAX_UPLOAD_BYTES = 128 * 1024 ** 3;

/** Whether a name is too long: over 255 characters, or over 128 in worlds whose profile says so. */
const isTooLong = (name: string, cloud: ProfiledCloud): boolean => {
  const { length } = [...name];
  return length > 255 || (length > 128 && choiceOf(cloud, 'name-length') === 'attributes');
};

/** The error for an invalid value of an attribute, with the message of Glance. */
export const schemaMismatch = (detail: string): GlanceError =>
  new GlanceError(400, `Provided object does not match schema 'image': ${detail}`);

/**
 * Rejects values that Glance accepts and this service does not.
 * @throws GlanceError 400.
 */
export function checkValue(name: string, value: unknown, cloud: ProfiledCloud): void {
  switch (name) {
    case 'name':
      if (value === '') throw schemaMismatch("'' is too short");
      if (typeof value === 'string' && isTooLong(value, cloud)) throw schemaMismatch(`'${value}' is too long`);
      return;
    case 'visibility':
      // `public` is left to the domain, which rejects it with 403.
      if (SET_BY_MEMBERS.includes(value)) throw schemaMismatch(`'${value}' is not one of ['private']`);
      return;
    case 'min_disk':
      if (typeof value === 'number' && (value < MIN_DISK.min || value > MIN_DISK.max)) {
        throw schemaMismatch(`${value} is not between ${MIN_DISK.min} and ${MIN_DISK.max}`);
      }
  }
}

/**
 * Rejects an upload whose announced size is over the limit.
 * @throws DomainError `too-large`.
 */
export function checkUploadSize(sizeBytes: number, { status }: Image): void {
  if (status === 'queued' && sizeBytes > MAX_UPLOAD_BYTES) {
    throw new DomainError({ kind: 'too-large', sizeBytes, maximum: MAX_UPLOAD_BYTES });
  }
}

/** The error for an upload without data. */
export const emptyFile = (): GlanceError => new GlanceError(400, 'The image file is empty.');
