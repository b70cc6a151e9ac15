import type { JsonObject } from '../../../domain/tasks/task.ts';
import type { Context } from '../../dialect.ts';
import { ImsRefusal } from '../wire.ts';

/**
 * Whether a project may have so many images more, and so many on their way.
 * @throws ImsRefusal IMG.0015, IMG.0060.
 */
export function checkRoom({ cloud, caller }: Pick<Context, 'cloud' | 'caller'>, more: number, busy = more): void {
  const { imageCountTotal, imageCountUploading } = cloud.limits;
  const { images, uploading } = cloud.images.usage(caller.projectId);
  if (imageCountTotal !== null && images + more > imageCountTotal) throw new ImsRefusal('IMG.0015');
  if (imageCountUploading != null && uploading + busy > imageCountUploading) throw new ImsRefusal('IMG.0060');
}

/** What a job tells of its image. */
export const resultOf =
  (name: string | null | undefined) =>
  (imageId: string): JsonObject => ({ image_name: name ?? '', image_id: imageId });
