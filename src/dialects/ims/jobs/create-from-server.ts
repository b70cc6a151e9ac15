import type { Json } from '../../../base/json.ts';
import { isUuid } from '../../../base/uuid.ts';
import type { Image } from '../../../domain/image.ts';
import type { Server } from '../../../domain/servers/server.ts';
import { contentOfDisk } from '../../../domain/storage/volumes.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import type { Context } from '../../dialect.ts';
import { derivedAttribute } from '../images/derived-attributes.ts';
import { DEFAULT_OS_VERSION } from '../os-versions/os-versions.ts';
import { choiceOf } from '../profiles.ts';
import { ImsError, textIn } from '../wire.ts';
import { imageResult, jobRequest } from './job.ts';
import { parseAttributes } from './parse.ts';
import { checkOsVersion, initProperties, machineProperties, parseEnvironment, SERVER_TYPES } from './parse-machine.ts';
import { checkQuota } from './quota.ts';

/**
 * Starts the job that creates an image from the system disk of a server.
 * @throws ImsError
 */
export function createFromServer(body: Json, context: Context): Task {
  const { cloud, caller, requestId } = context;
  const attributes = parseAttributes(body, context);
  const environment = parseEnvironment(body, SERVER_TYPES);
  const machine = machineProperties(body);
  const server = findIdleServer(context, textIn(body, 'instance_id'));
  checkStopped(context, server);
  checkQuota(context, { images: 1 });
  const base = imageOf(context, server);
  const osVersion = textIn(body, 'os_version');
  const properties = {
    ...attributes.properties,
    ...machine,
    virtual_env_type: environment,
    __os_version: osVersion === undefined ? osVersionOfServer(context, server) : checkOsVersion(osVersion),
    __data_origin: `instance,${server.id}`,
    ...initProperties(body),
    ...(base !== undefined && { __originalimagename: base.id }),
  };
  return cloud.servers.createImage(caller, server.id, {
    ...jobRequest('imsCreateImageByInstance', requestId),
    image: { minDisk: server.flavor.diskGibibytes, ...attributes, properties },
    ...(base === undefined && { content: contentOfDisk(server.id, server.flavor.diskGibibytes) }),
    result: imageResult(attributes.name),
    onFailure: 'kill',
    action: 'createImage',
  }).task;
}

/** @throws ImsError IMG.0008 for a server that is not stopped, or running in worlds whose profile allows that. */
function checkStopped({ cloud }: Context, { id, status }: Server): void {
  if (status === 'SHUTOFF' || (status === 'ACTIVE' && choiceOf(cloud, 'running-servers') === 'guide')) return;
  throw runningServer(id, status);
}

/** The image that a server was booted from. */
const imageOf = ({ cloud }: Context, { imageId }: Server): Image | undefined =>
  imageId === null ? undefined : cloud.images.peek(imageId);

/** The operating system of a server: that of its image. */
export function osVersionOfServer(context: Context, server: Server): string {
  const image = imageOf(context, server);
  return image === undefined ? DEFAULT_OS_VERSION : derivedAttribute(image, '__os_version');
}

/**
 * Finds a server of the caller's project that runs no task and is not locked.
 * @throws ImsError IMG.0012, IMG.0005, IMG.0010.
 */
export function findIdleServer({ cloud, caller }: Context, id: string | undefined): Server {
  if (!isUuid(id)) throw new ImsError('IMG.0012');
  const server = cloud.servers.peek(id);
  if (server?.projectId !== caller.projectId) throw unknownServer(id);
  if (server.taskState !== null || server.isLocked) throw busyServer(id, server.taskState);
  return server;
}

/** The error for a server that is not stopped. */
export const runningServer = (serverId: string, status: string): ImsError =>
  new ImsError('IMG.0008', `The server ${serverId} is ${status}.`);

/** The error for a server that the project does not have. */
export const unknownServer = (serverId: string): ImsError =>
  new ImsError('IMG.0005', `There is no server ${serverId}.`);

/** The error for a server that runs a task, or that is locked. */
export const busyServer = (serverId: string, task: string | null): ImsError =>
  new ImsError('IMG.0010', `The server ${serverId} is ${task ?? 'locked'}.`);
