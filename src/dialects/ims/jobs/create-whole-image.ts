import type { Json } from '../../../base/json.ts';
import { isUuid } from '../../../base/uuid.ts';
import type { Cloud } from '../../../cloud.ts';
import type { Server } from '../../../domain/servers/server.ts';
import type { Backup, BackupKind } from '../../../domain/storage/volume.ts';
import { contentOfDisk } from '../../../domain/storage/volumes.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import type { Context } from '../../dialect.ts';
import { wholeImageProperties } from '../images/whole-image.ts';
import { DEFAULT_OS_VERSION } from '../os-versions/os-versions.ts';
import { ImsError, textIn } from '../wire.ts';
import { findIdleServer, osVersionOfServer } from './create-from-server.ts';
import { imageResult, jobRequest } from './job.ts';
import { type ImageAttributes, parseAttributes } from './parse.ts';
import { checkQuota } from './quota.ts';

/**
 * Starts the job that creates an image of all disks of a server, from a new or from an existing backup.
 * @throws ImsError
 */
export function createWholeImage(body: Json, context: Context): Task {
  const serverId = textIn(body, 'instance_id');
  const backupId = textIn(body, 'backup_id');
  if (serverId !== undefined && backupId !== undefined) {
    throw new ImsError('IMG.0035', 'Only one of instance_id, backup_id can be given.');
  }
  if (backupId !== undefined) return createFromBackup(body, backupId, context);
  if (textIn(body, 'whole_image_type') !== undefined) throw new ImsError('IMG.0019');
  return createFromServer(body, serverId, context);
}

function createFromServer(body: Json, serverId: string | undefined, context: Context): Task {
  const { cloud, caller, requestId } = context;
  const attributes = parseAttributes(body, context);
  const kind = parseVault(body) === undefined ? 'CSBS' : 'CBR';
  const server = findIdleServer(context, serverId);
  const { id, status, flavor } = server;
  if (status !== 'ACTIVE' && status !== 'SHUTOFF') {
    throw unsuitableServer(id, status);
  }
  checkQuota(context, { images: 1 });
  const backup = newBackup(context, { name: attributes.name, kind, server });
  const properties = backupProperties(attributes, backup, osVersionOfServer(context, server));
  return cloud.servers.createImage(caller, id, {
    ...jobRequest('imsCreateWholeImageByInstanceJob', requestId),
    image: { minDisk: flavor.diskGibibytes, ...attributes, properties },
    content: contentOfDisk(id, flavor.diskGibibytes),
    result: imageResult(attributes.name),
    onSuccess: (imageId) => [{ kind: 'put-backup', backup: { ...backup, imageId } }],
    onFailure: 'kill',
    action: 'createWholeImage',
  }).task;
}

/** @throws ImsError IMG.0184 for a text that cannot be the id of a vault. */
function parseVault(body: Json): string | undefined {
  const id = textIn(body, 'vault_id');
  if (id !== undefined && !isUuid(id)) throw new ImsError('IMG.0184', `There is no vault ${id}.`);
  return id;
}

/** The parts of a new backup that differ. */
interface BackupRequest {
  readonly name: string;
  readonly kind: BackupKind;
  readonly server: Server;
}

const newBackup = ({ cloud, caller }: Context, { name, kind, server }: BackupRequest): Omit<Backup, 'imageId'> => ({
  id: cloud.ids.next('backup', caller.projectId, server.name),
  name,
  projectId: caller.projectId,
  kind,
  status: 'available',
  sizeGibibytes: server.flavor.diskGibibytes,
  serverId: server.id,
});

const backupProperties = (
  { properties }: ImageAttributes,
  { id, kind }: Pick<Backup, 'id' | 'kind'>,
  osVersion: string,
): Readonly<Record<string, string>> => ({
  ...properties,
  ...wholeImageProperties(id, kind),
  __os_version: osVersion,
  __data_origin: `server_backup,${id}`,
});

function createFromBackup(body: Json, backupId: string, context: Context): Task {
  const { cloud, caller, requestId } = context;
  const attributes = parseAttributes(body, context);
  const backup = findBackup(body, backupId, context);
  checkQuota(context, { images: 1 });
  const server = backup.serverId === null ? undefined : cloud.servers.peek(backup.serverId);
  const osVersion = server === undefined ? DEFAULT_OS_VERSION : osVersionOfServer(context, server);
  const { image, task } = cloud.transfers.createImage(caller, {
    ...jobRequest('imsCreateWholeImageByBackupJob', requestId),
    image: {
      ...attributes,
      minDisk: backup.sizeGibibytes,
      properties: backupProperties(attributes, backup, osVersion),
    },
    content: contentOfDisk(backupId, backup.sizeGibibytes),
    result: imageResult(attributes.name),
    onFailure: 'kill',
  });
  cloud.volumes.putBackup({ ...backup, imageId: image.id });
  return task;
}

/** @throws ImsError IMG.0198, IMG.0127, IMG.0132, IMG.0134. */
function findBackup(body: Json, backupId: string, { cloud, caller }: Context): Backup {
  const kind = textIn(body, 'whole_image_type') ?? 'CSBS';
  if (kind !== 'CSBS' && kind !== 'CBR') throw new ImsError('IMG.0198', 'whole_image_type must be CBR or CSBS.');
  const backup = cloud.volumes.backup(caller, backupId);
  if (backup === undefined) throw new ImsError(kind === 'CBR' ? 'IMG.0198' : 'IMG.0127');
  if (backup.kind !== kind) throw new ImsError('IMG.0198');
  if (backup.status !== 'available') throw new ImsError('IMG.0132', `The backup ${backupId} is ${backup.status}.`);
  if (hasImage(cloud, backup)) throw new ImsError('IMG.0134');
  return backup;
}

/** Whether a backup has an image that was neither deleted nor killed: it serves one image at a time. */
function hasImage({ images }: Pick<Cloud, 'images'>, { imageId }: Backup): boolean {
  const image = imageId === null ? undefined : images.peek(imageId);
  return image !== undefined && image.status !== 'deleted' && image.status !== 'killed';
}

/** The error for a server that is not in a status in which it can be saved as a whole. */
export const unsuitableServer = (serverId: string, status: string): ImsError =>
  new ImsError('IMG.0126', `The server ${serverId} is ${status}.`);
