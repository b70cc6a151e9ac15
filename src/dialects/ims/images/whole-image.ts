import type { Image } from '../../../domain/image.ts';
import type { BackupKind } from '../../../domain/storage/volume.ts';
import type { Context } from '../../dialect.ts';

type HasProperties = Pick<Image, 'properties'>;

/** Properties of an image of a whole server (a full-ECS image). */
export const wholeImageProperties = (backupId: string, kind: BackupKind): Readonly<Record<string, string>> => ({
  __whole_image: 'true',
  __backup_id: backupId,
  __backup_type: kind,
  virtual_env_type: 'FusionCompute',
});

/** Whether an image contains a server with all its disks (a full-ECS image). */
export const isWholeImage = ({ properties }: HasProperties): boolean => properties['__whole_image'] === 'true';

/** Whether an image of a whole server can be shared: only one of a CBR backup can. */
export const isShareableWholeImage = ({ properties }: HasProperties): boolean => properties['__backup_type'] === 'CBR';

/** Removes the backup that an image was created from, if any. */
export function removeBackup({ cloud }: Context, { id, owner, properties }: Image): void {
  const backup = cloud.volumes.backup({ projectId: owner ?? '' }, properties['__backup_id'] ?? '');
  // Any client can write the property, so the backup has to name the image too.
  if (backup?.imageId === id) cloud.volumes.removeBackup(backup.id);
}
