import type { Json } from '../../../base/json.ts';
import { isUuid } from '../../../base/uuid.ts';
import type { TransferPart } from '../../../domain/imports/transfer-request.ts';
import type { Volume } from '../../../domain/storage/volume.ts';
import { contentOfDisk } from '../../../domain/storage/volumes.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import type { Context } from '../../dialect.ts';
import { ImsError, textIn } from '../wire.ts';
import { imageResult, jobRequest } from './job.ts';
import { parseAttributes } from './parse.ts';
import {
  dataDiskProperties,
  initProperties,
  machineProperties,
  osProperties,
  parseDataOsType,
  parseEnvironment,
  SERVER_TYPES,
} from './parse-machine.ts';
import { startParts, uniqueNames } from './parts.ts';
import { checkQuota } from './quota.ts';

/**
 * Starts the job that creates an image of a system disk from a volume.
 * @throws ImsError
 */
export function createFromVolume(body: Json, context: Context): Task {
  const attributes = parseAttributes(body, context);
  const environment = parseEnvironment(body, SERVER_TYPES);
  const properties = {
    ...attributes.properties,
    ...machineProperties(body),
    ...osProperties(body),
    ...initProperties(body),
    virtual_env_type: environment,
  };
  const { id, sizeGibibytes } = findVolume(context, textIn(body, 'volume_id'));
  checkQuota(context, { images: 1 });
  return context.cloud.transfers.createImage(context.caller, {
    ...jobRequest('imsVolumeCreateImageJob', context.requestId, 'imsCopyVolumeToImageJob'),
    image: { ...attributes, minDisk: sizeGibibytes, properties: { ...properties, __data_origin: `volume,${id}` } },
    content: contentOfDisk(id, sizeGibibytes),
    result: imageResult(attributes.name),
    onFailure: 'kill',
  }).task;
}

/**
 * Starts the job that creates images of data disks from several volumes of one server.
 * @throws ImsError
 */
export function createFromVolumes(disks: readonly Json[], context: Context): Task {
  const checkUniqueName = uniqueNames(context);
  const servers = new Set<string | null>();
  const parts = disks.map((disk): TransferPart => {
    const attributes = parseAttributes(disk, context);
    checkUniqueName(attributes.name);
    const { id, sizeGibibytes, serverId } = findVolume(context, textIn(disk, 'volume_id'));
    servers.add(serverId);
    const properties = {
      ...attributes.properties,
      ...dataDiskProperties(parseDataOsType(disk)),
      __data_origin: `volume,${id}`,
    };
    return {
      type: 'imsCopyVolumeToImageJob',
      image: { ...attributes, minDisk: sizeGibibytes, properties },
      content: contentOfDisk(id, sizeGibibytes),
    };
  });
  if (servers.size > 1) throw new ImsError('IMG.0140');
  return startParts(context, 'imsVolumesToSysDataImagesJob', parts);
}

/**
 * Finds a volume of the caller's project that an image can be created from.
 * @throws ImsError IMG.0120, IMG.0022.
 */
function findVolume({ cloud, caller }: Context, id: string | undefined): Volume {
  const volume = isUuid(id) ? cloud.volumes.volume(caller, id) : undefined;
  if (volume === undefined) throw new ImsError('IMG.0120', `There is no volume ${id}.`);
  if (volume.status !== 'available' && volume.status !== 'in-use') {
    throw new ImsError('IMG.0022', `The volume ${id} is ${volume.status}.`);
  }
  return volume;
}
