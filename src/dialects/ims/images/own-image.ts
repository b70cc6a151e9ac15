import { isUuid } from '../../../base/uuid.ts';
import type { Image } from '../../../domain/image.ts';
import type { Context } from '../../dialect.ts';
import { ImsError } from '../wire.ts';

/** Checks that a text is an image id. @throws ImsError IMG.0066 for a text that is not a UUID. */
export function checkImageId(imageId: string): void {
  if (!isUuid(imageId)) throw new ImsError('IMG.0066', `${imageId} is no id of an image.`);
}

/**
 * Finds an image that the caller's project owns.
 * @throws ImsError IMG.0066, IMG.0083, IMG.0047; DomainError `image-not-found`.
 */
export function findOwnImage({ cloud, caller }: Context, imageId: string): Image {
  checkImageId(imageId);
  const image = cloud.images.show(caller, imageId);
  if (image.owner !== caller.projectId) {
    throw image.visibility === 'public' ? new ImsError('IMG.0083') : new ImsError('IMG.0047');
  }
  return image;
}

/** The error for an image whose status does not allow an operation. */
export const notActive = (imageId: string, status: string): ImsError =>
  new ImsError('IMG.0046', `Image ${imageId} is ${status}.`);
