import type { Context } from '../../dialect.ts';
import { ImsError } from '../wire.ts';

/** Images that a job adds to the usage of a project. */
interface AddedImages {
  readonly images: number;
  /** Images whose data is on its way; defaults to `images`. */
  readonly uploading?: number;
}

/**
 * Checks that the quotas of the project allow more images.
 * @throws ImsError IMG.0015 for the number of images, IMG.0060 for those whose data is on its way.
 */
export function checkQuota({ cloud, caller }: Pick<Context, 'cloud' | 'caller'>, added: AddedImages): void {
  const { imageCountTotal, imageCountUploading } = cloud.limits;
  const { images, uploading } = cloud.images.usage(caller.projectId);
  if (imageCountTotal !== null && images + added.images > imageCountTotal) throw new ImsError('IMG.0015');
  const started = added.uploading ?? added.images;
  if (imageCountUploading != null && uploading + started > imageCountUploading) throw new ImsError('IMG.0060');
}
