import { isUuid } from '../../../base/uuid.ts';
import type { Cloud } from '../../../cloud.ts';
import type { Image } from '../../../domain/image.ts';
import type { Backup, BackupKind } from '../../../domain/storage/volume.ts';
import { contentOfDisk } from '../../../domain/storage/volumes.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import type { Context } from '../../dialect.ts';
import { UNSAID_VERSION } from '../os-versions/os-versions.ts';
import { type Body, ImsRefusal } from '../wire.ts';
import { findServer, osOf } from './create-image.ts';
import { jobOf } from './job.ts';
import { parseAttributes, textIn } from './parse.ts';
import { checkRoom, resultOf } from './quota.ts';

/** What an image of a whole server says. */
const wholeOf = (backupId: string, kind: BackupKind): Readonly<Record<string, string>> => ({
  __whole_image: 'true',
  __backup_id: backupId,
  // Only those of one kind can be shared.
  __backup_type: kind,
  virtual_env_type: 'FusionCompute',
});

/** Whether an image is one of a whole server. */
export const isWhole = ({ properties }: { readonly properties: Readonly<Record<string, string>> }): boolean =>
  properties['__whole_image'] === 'true';

/** Whether an image of a whole server can be shared. */
export const isSharable = ({ properties }: { readonly properties: Readonly<Record<string, string>> }): boolean =>
  properties['__backup_type'] === 'CBR';

/**
 * Makes an image of all disks of a server: of a backup that is made now, or of one that is there.
 * @throws ImsRefusal
 */
export function createWholeImage(body: Body, context: Context): Task {
  const serverId = textIn(body, 'instance_id');
  const backupId = textIn(body, 'backup_id');
  if (serverId !== undefined && backupId !== undefined) {
    throw new ImsRefusal('IMG.0035', 'Only one of instance_id, backup_id can be given.');
  }
  if (backupId !== undefined) return ofBackup(body, backupId, context);
  if (textIn(body, 'whole_image_type') !== undefined) throw new ImsRefusal('IMG.0019');
  return ofServer(body, serverId, context);
}

function ofServer(body: Body, serverId: string | undefined, context: Context): Task {
  const { cloud, caller, requestId } = context;
  const attributes = parseAttributes(body, context);
  const vaultId = textIn(body, 'vault_id');
  if (vaultId !== undefined && !isUuid(vaultId)) throw new ImsRefusal('IMG.0184', `There is no vault ${vaultId}.`);
  const server = findServer(context, serverId);
  const { id, name, status, flavor } = server;
  if (status !== 'ACTIVE' && status !== 'SHUTOFF') {
    throw new ImsRefusal('IMG.0126', `The server ${id} is ${status}.`);
  }
  checkRoom(context, 1);
  const kind: BackupKind = vaultId === undefined ? 'CSBS' : 'CBR';
  const backup: Omit<Backup, 'imageId'> = {
    id: cloud.ids.next('backup', caller.projectId, name),
    name: attributes.name,
    projectId: caller.projectId,
    kind,
    status: 'available',
    sizeGibibytes: flavor.diskGibibytes,
    serverId: id,
  };
  const properties = {
    ...attributes.properties,
    ...wholeOf(backup.id, kind),
    __os_version: osOf(context, server),
    __data_origin: `server_backup,${backup.id}`,
  };
  return cloud.servers.createImage(caller, id, {
    ...jobOf('imsCreateWholeImageByInstanceJob', requestId),
    image: { minDisk: flavor.diskGibibytes, ...attributes, properties },
    content: contentOfDisk(id, flavor.diskGibibytes),
    result: resultOf(attributes.name),
    onSuccess: (imageId) => [{ kind: 'put-backup', backup: { ...backup, imageId } }],
    onFailure: 'kill',
    action: 'createWholeImage',
  }).task;
}

function ofBackup(body: Body, backupId: string, context: Context): Task {
  const { cloud, caller, requestId } = context;
  const attributes = parseAttributes(body, context);
  const kind = textIn(body, 'whole_image_type') ?? 'CSBS';
  if (kind !== 'CSBS' && kind !== 'CBR') throw new ImsRefusal('IMG.0198', 'whole_image_type must be CBR or CSBS.');
  const backup = cloud.volumes.backup(caller, backupId);
  if (backup === undefined) throw new ImsRefusal(kind === 'CBR' ? 'IMG.0198' : 'IMG.0127');
  if (backup.kind !== kind) throw new ImsRefusal('IMG.0198');
  if (backup.status !== 'available') throw new ImsRefusal('IMG.0132', `The backup ${backupId} is ${backup.status}.`);
  if (isUsed(cloud, backup)) throw new ImsRefusal('IMG.0134');
  checkRoom(context, 1);
  const server = backup.serverId === null ? undefined : cloud.servers.peek(backup.serverId);
  const { image, task } = cloud.transfers.makeImage(caller, {
    ...jobOf('imsCreateWholeImageByBackupJob', requestId),
    image: {
      ...attributes,
      minDisk: backup.sizeGibibytes,
      properties: {
        ...attributes.properties,
        ...wholeOf(backupId, kind),
        __os_version: server === undefined ? UNSAID_VERSION : osOf(context, server),
        __data_origin: `server_backup,${backupId}`,
      },
    },
    content: contentOfDisk(backupId, backup.sizeGibibytes),
    result: resultOf(attributes.name),
    onFailure: 'kill',
  });
  cloud.volumes.putBackup({ ...backup, imageId: image.id });
  return task;
}

/** Whether there is an image of a backup: one that failed, or was removed, leaves the backup to others. */
function isUsed({ images }: Pick<Cloud, 'images'>, { imageId }: Backup): boolean {
  const image = imageId === null ? undefined : images.peek(imageId);
  return image !== undefined && image.status !== 'deleted' && image.status !== 'killed';
}

/** Removes the backup that an image was made of, where there is one. */
export function removeBackup({ cloud }: Context, { id, owner, properties }: Image): void {
  const backup = cloud.volumes.backup({ projectId: owner ?? '' }, properties['__backup_id'] ?? '');
  // The property can be written by anybody; the backup knows its image.
  if (backup?.imageId === id) cloud.volumes.removeBackup(backup.id);
}
