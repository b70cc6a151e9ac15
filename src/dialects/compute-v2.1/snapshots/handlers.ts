import type { Cloud } from '../../../cloud.ts';
import { type Call, type Contract, type Handlers, jsonReply, type Reply } from '../../../contract/contract.ts';
import type { NewImage } from '../../../domain/images/image-changes.ts';
import type { Server } from '../../../domain/servers/server.ts';
import type { Context } from '../../dialect.ts';
import { metadataQuota } from '../metadata/quota.ts';
import { addressesOf } from '../protocol/addresses.ts';
import { OVER_METADATA } from '../protocol/errors.ts';
import { typeHeader } from '../protocol/media-types.ts';
import { minorOf } from '../protocol/microversion.ts';
import { withPreconditions } from '../protocol/preconditions.ts';
import { requireProject } from '../servers/require-project.ts';
import { denyUnscheduled } from '../servers/unscheduled.ts';
import { snapshotOperations } from './contract.ts';
import { newImageOf } from './new-image.ts';
import { volumeImageOf } from './volume-image.ts';

interface SnapshotsContract extends Contract {
  readonly operations: typeof snapshotOperations;
}

/** The body of `createImage`, which its schema has checked. */
interface CreateImage {
  readonly name: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The first microversion that does not count the metadata of images. */
const FIRST_UNCOUNTED = 39;
/** The first microversion that returns the id of the image in the body. */
const FIRST_WITH_BODY = 45;

/** Unlike other actions, `createImage` ignores the lock of a server. */
const IGNORING_LOCK = { ignoresLock: true } as const;

const HTML = { 'Content-Type': 'text/html; charset=UTF-8' } as const;

/** Handlers of images of servers. */
export const snapshotHandlers: Handlers<SnapshotsContract, Context> = {
  createServerImage: withPreconditions(snapshotOperations.createServerImage, (call, context) => {
    const { cloud, caller, requestId } = context;
    const { server_id: serverId } = call.params;
    const { name, metadata = {} } = (call.json as { readonly createImage: CreateImage }).createImage;
    requireProject(caller.projectId);
    // Nova's order of errors: 404 for the server, 403 for the metadata, 409 for the server's state, errors of Glance.
    const denied = denyUnscheduled(context, serverId, 'servers:create_image');
    if (denied !== undefined) return denied;
    const server = cloud.servers.show(caller, serverId);
    const isCounted = minorOf(call) < FIRST_UNCOUNTED;
    if (isCounted && Object.keys(metadata).length > metadataQuota(cloud)) return OVER_METADATA;
    cloud.servers.checkSnapshot(caller, serverId, { action: 'createImage', ...IGNORING_LOCK });
    const { image } = cloud.servers.createImage(caller, serverId, {
      api: 'compute-v2.1',
      type: 'createImage',
      action: 'createImage',
      ...IGNORING_LOCK,
      ...imageOf(cloud, server, { ...newImageOf(metadata), name }),
      defaults: creatorProperties(server),
      sharesWithOwner: true,
      requestId,
      onFailure: 'remove',
    });
    return accepted(call, image.id);
  }),
};

/** Properties that tell who created the server. */
const creatorProperties = ({ createdBy }: Server): Readonly<Record<string, string>> =>
  createdBy === undefined ? {} : { owner_user_name: createdBy.userName, owner_project_name: createdBy.projectName };

/** What is created: the image of a server from a volume has no data. */
const imageOf = (cloud: Cloud, server: Server, image: NewImage) =>
  server.imageId === null
    ? {
        image: volumeImageOf(cloud, server, image),
        content: { ...cloud.blobs.keep(Buffer.alloc(0)), virtualSizeBytes: null },
        refersToVolumes: true as const,
      }
    : { image };

/** The reply to `createServerImage`. */
export const accepted = (call: Call, imageId: string): Reply =>
  minorOf(call) < FIRST_WITH_BODY
    ? { status: 202, headers: { ...HTML, Location: `${addressesOf(call).images}/images/${imageId}` } }
    : jsonReply(202, { image_id: imageId }, typeHeader(call));
