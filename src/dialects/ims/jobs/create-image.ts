import { isUuid } from '../../../base/uuid.ts';
import type { NewImage } from '../../../domain/images/image-changes.ts';
import type { PartRequest } from '../../../domain/imports/transfers.ts';
import type { Server } from '../../../domain/servers/server.ts';
import type { Volume } from '../../../domain/storage/volume.ts';
import { contentOfDisk } from '../../../domain/storage/volumes.ts';
import type { JsonObject, Task } from '../../../domain/tasks/task.ts';
import type { Context } from '../../dialect.ts';
import { shownFact } from '../images/facts.ts';
import { osVersionOf, UNSAID_VERSION } from '../os-versions/os-versions.ts';
import { choiceOf } from '../profiles.ts';
import { type Body, ImsRefusal } from '../wire.ts';
import { dataDisk, fileOrigin, importFile, SYSTEM_DISK, systemOf } from './import-image.ts';
import { jobOf } from './job.ts';
import type { SubJobType } from './job-types.ts';
import {
  checkOsVersion,
  dataOsType,
  environmentOf,
  machineProperties,
  minDiskOf,
  objectsIn,
  parseAttributes,
  textIn,
} from './parse.ts';
import { checkRoom, resultOf } from './quota.ts';
import { findFile, type ImageFile } from './source-file.ts';

/** Kinds of servers that an image of a system disk can be for. */
const ENVIRONMENTS = ['ECS', 'BMS', 'FusionCompute', 'Ironic'];
/** Data disks of one file, beside the system disk. */
const MAX_FILES = 3;
/** Gigabytes of data disks of files, beside the system disk. */
const DATA_DISK = { least: 1, most: 2048 };

/**
 * Makes images of what the body names: a server, a file with its data disks, a volume, or several volumes.
 * @throws ImsRefusal
 */
export function createImages(body: Body, context: Context): Task {
  const sources = ['instance_id', 'image_url', 'volume_id'].filter((name) => textIn(body, name) !== undefined);
  const disks = objectsIn(body['data_images']);
  if (sources.length > 1) throw new ImsRefusal('IMG.0035', `Only one of ${sources.join(', ')} can be given.`);
  switch (sources[0]) {
    case 'instance_id':
      if (disks.length > 0) throw new ImsRefusal('IMG.0035', 'With data_images there can be no instance_id.');
      return ofServer(body, context);
    case 'image_url':
      return ofFile(body, disks, context);
    case 'volume_id':
      if (disks.length > 0) throw new ImsRefusal('IMG.0035', 'With data_images there can be no volume_id.');
      return ofVolume(body, context);
    default:
      if (disks.length === 0) {
        throw new ImsRefusal('IMG.0021', 'An image is made of instance_id, image_url, volume_id or data_images.');
      }
      return ofVolumes(disks, context);
  }
}

function ofServer(body: Body, context: Context): Task {
  const { cloud, caller, requestId } = context;
  const attributes = parseAttributes(body, context);
  const environment = environmentOf(body, ENVIRONMENTS);
  const machine = machineProperties(body);
  const server = findServer(context, textIn(body, 'instance_id'));
  const allowed = choiceOf(cloud, 'running-servers') === 'guide' ? ['SHUTOFF', 'ACTIVE'] : ['SHUTOFF'];
  if (!allowed.includes(server.status)) {
    throw new ImsRefusal('IMG.0008', `The server ${server.id} is ${server.status}.`);
  }
  checkRoom(context, 1);
  const base = server.imageId === null ? undefined : cloud.images.peek(server.imageId);
  const said = textIn(body, 'os_version');
  const properties = {
    ...attributes.properties,
    ...machine,
    virtual_env_type: environment,
    __os_version: said === undefined ? osOf(context, server) : checkOsVersion(said),
    __data_origin: `instance,${server.id}`,
    ...configuration(body),
    ...(base !== undefined && { __originalimagename: base.id }),
  };
  return cloud.servers.createImage(caller, server.id, {
    ...jobOf('imsCreateImageByInstance', requestId),
    image: { minDisk: server.flavor.diskGibibytes, ...attributes, properties },
    ...(base === undefined && { content: contentOfDisk(server.id, server.flavor.diskGibibytes) }),
    result: resultOf(attributes.name),
    onFailure: 'kill',
    action: 'createImage',
  }).task;
}

/** The operating system of a server: that of its image. */
export function osOf({ cloud }: Context, { imageId }: Server): string {
  const base = imageId === null ? undefined : cloud.images.peek(imageId);
  return base === undefined ? UNSAID_VERSION : shownFact(base, '__os_version');
}

/**
 * A server of the caller's project that is doing nothing else.
 * @throws ImsRefusal IMG.0012, IMG.0005, IMG.0010.
 */
export function findServer({ cloud, caller }: Context, id: string | undefined): Server {
  if (!isUuid(id)) throw new ImsRefusal('IMG.0012');
  const server = cloud.servers.peek(id);
  if (server?.projectId !== caller.projectId) throw new ImsRefusal('IMG.0005', `There is no server ${id}.`);
  if (server.taskState !== null || server.isLocked) {
    throw new ImsRefusal('IMG.0010', `The server ${id} is ${server.taskState ?? 'locked'}.`);
  }
  return server;
}

/** Whether the service sets the system up at its first start. */
const configuration = (body: Body): Readonly<Record<string, string>> => {
  const isConfigured = body['is_config'] ?? body['is_config_init'];
  return isConfigured === undefined ? {} : { __is_config_init: String(isConfigured) };
};

function ofFile(body: Body, disks: readonly Body[], context: Context): Task {
  const attributes = parseAttributes(body, context);
  const environment = environmentOf(body, [...ENVIRONMENTS, 'IsoImage']);
  const isIso = environment === 'IsoImage';
  const isQuick = body['is_quick_import'] === true;
  if (isIso && textIn(body, 'os_version') === undefined) throw new ImsRefusal('IMG.0166');
  const said = textIn(body, 'os_version') === undefined ? { __os_version: UNSAID_VERSION } : systemOf(body);
  const machine = machineProperties(body);
  const minDisk = minDiskOf(body, SYSTEM_DISK.least, SYSTEM_DISK.most);
  const use = isIso ? 'iso' : isQuick ? 'quick' : 'system';
  const file = findFile(context, textIn(body, 'image_url'), use, minDisk);
  const properties = {
    ...attributes.properties,
    ...fileOrigin(file),
    ...machine,
    ...said,
    ...configuration(body),
    virtual_env_type: environment,
  };
  const image = { ...attributes, ...(isIso && { diskFormat: 'iso' }), minDisk, properties };
  const part = isIso ? 'imsImportIsoFileImageJob' : isQuick ? 'imsImportBigFileImageJob' : ordinaryPart(body);
  const isOva = file.object.format === 'ova';
  if (disks.length === 0 && !isOva) return importFile(context, 'imsImportImageJob', part, file, image);
  const osType = osVersionOf(said['__os_version'] ?? '').type === 'Windows' ? 'Windows' : 'Linux';
  const parts = [
    partOf(isOva ? 'imsImportImageJob' : part, file, image),
    ...dataFiles(disks, file, osType, { ...context, taken: new Set([attributes.name]) }),
  ];
  checkRoom(context, parts.length);
  const type = isOva ? 'imsImportOvaImageJob' : 'imsImportImageJob';
  return context.cloud.transfers.makeImages(
    context.caller,
    { ...jobOf(type, context.requestId), result: resultIn(parts), onFailure: 'kill' },
    parts,
  );
}

const ordinaryPart = (body: Body): SubJobType =>
  body['is_config'] === true ? 'imsGoofysImportImageJob' : 'imsGoofysImportImageWithoutconfigJob';

const partOf = (type: string, { content, failure }: ImageFile, image: NewImage): PartRequest => ({
  type,
  image,
  content,
  ...(failure !== undefined && { failure }),
});

/** Names within one request are not taken twice, either. */
interface Naming extends Context {
  readonly taken: Set<string>;
}

function nameOnce(name: string, { cloud, taken }: Naming): void {
  if (taken.has(name) && choiceOf(cloud, 'image-names') === 'codes') {
    throw new ImsRefusal('IMG.0009', `The name ${name} is given twice.`);
  }
  taken.add(name);
}

/** The data disks that come with the file of a system disk. */
function dataFiles(disks: readonly Body[], system: ImageFile, osType: string, naming: Naming): readonly PartRequest[] {
  if (disks.length > MAX_FILES) throw new ImsRefusal('IMG.0001', `A file has at most ${MAX_FILES} data disks.`);
  const addresses = new Set([`${system.object.container}:${system.object.name}`]);
  return disks.map((disk) => {
    const address = textIn(disk, 'image_url') ?? '';
    if (addresses.has(address)) throw new ImsRefusal('IMG.0123');
    addresses.add(address);
    const attributes = parseAttributes(disk, naming);
    nameOnce(attributes.name, naming);
    const minDisk = minDiskOf(disk, DATA_DISK.least, DATA_DISK.most);
    const isQuick = disk['is_quick_import'] === true;
    const file = findFile(naming, address, isQuick ? 'quick' : 'disk', minDisk);
    const properties = { ...attributes.properties, ...fileOrigin(file), ...dataDisk(osType) };
    const type = isQuick ? 'imsImportBigFileImageJob' : 'imsImportDataImageJob';
    return partOf(type, file, { ...attributes, minDisk, properties });
  });
}

/** A volume of the caller's project, of which an image can be made. */
function findVolume({ cloud, caller }: Context, id: string | undefined): Volume {
  const volume = isUuid(id) ? cloud.volumes.volume(caller, id) : undefined;
  if (volume === undefined) throw new ImsRefusal('IMG.0120', `There is no volume ${id}.`);
  if (volume.status !== 'available' && volume.status !== 'in-use') {
    throw new ImsRefusal('IMG.0022', `The volume ${id} is ${volume.status}.`);
  }
  return volume;
}

function ofVolume(body: Body, context: Context): Task {
  const attributes = parseAttributes(body, context);
  const environment = environmentOf(body, ENVIRONMENTS);
  const properties = {
    ...attributes.properties,
    ...machineProperties(body),
    ...systemOf(body),
    ...configuration(body),
    virtual_env_type: environment,
  };
  const { id, sizeGibibytes } = findVolume(context, textIn(body, 'volume_id'));
  checkRoom(context, 1);
  return context.cloud.transfers.makeImage(context.caller, {
    ...jobOf('imsVolumeCreateImageJob', context.requestId, 'imsCopyVolumeToImageJob'),
    image: { ...attributes, minDisk: sizeGibibytes, properties: { ...properties, __data_origin: `volume,${id}` } },
    content: contentOfDisk(id, sizeGibibytes),
    result: resultOf(attributes.name),
    onFailure: 'kill',
  }).task;
}

function ofVolumes(disks: readonly Body[], context: Context): Task {
  const naming: Naming = { ...context, taken: new Set() };
  const servers = new Set<string | null>();
  const parts = disks.map((disk): PartRequest => {
    const attributes = parseAttributes(disk, naming);
    nameOnce(attributes.name, naming);
    const { id, sizeGibibytes, serverId } = findVolume(context, textIn(disk, 'volume_id'));
    servers.add(serverId);
    const properties = { ...attributes.properties, ...dataDisk(dataOsType(disk)), __data_origin: `volume,${id}` };
    return {
      type: 'imsCopyVolumeToImageJob',
      image: { ...attributes, minDisk: sizeGibibytes, properties },
      content: contentOfDisk(id, sizeGibibytes),
    };
  });
  if (servers.size > 1) throw new ImsRefusal('IMG.0140');
  checkRoom(context, parts.length);
  return context.cloud.transfers.makeImages(
    context.caller,
    {
      ...jobOf('imsVolumesToSysDataImagesJob', context.requestId),
      result: resultIn(parts),
      onFailure: 'kill',
    },
    parts,
  );
}

/** What each part tells of its image. */
const resultIn =
  (parts: readonly PartRequest[]) =>
  (imageId: string, index: number): JsonObject =>
    resultOf(parts[index]?.image.name)(imageId);
