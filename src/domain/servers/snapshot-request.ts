import type { Caller } from '../caller.ts';
import type { Image, StagedData } from '../image.ts';
import { contentOfImage } from '../imports/image-copy.ts';
import type { ImageTransfer } from '../imports/transfer-request.ts';
import type { Effect } from '../tasks/task.ts';
import type { Server } from './server.ts';
import type { SnapshotConventions, SnapshotProperties } from './snapshot-conventions.ts';

/** An image to create from a server. */
export interface SnapshotRequest extends Omit<ImageTransfer, 'kind' | 'content' | 'sideEffects' | 'withData'> {
  /** Content of the image. Default: the content of the image that the server runs from. */
  readonly content?: StagedData;
  /** Name of the operation in the API's error messages. */
  readonly action: string;
  /** The image refers to snapshots of the volumes of the server, and has no data of its own. */
  readonly refersToVolumes?: true;
  /** Properties that those of the server's image replace. */
  readonly defaults?: SnapshotProperties;
  /** Shares the image of another project's server with that project. */
  readonly sharesWithOwner?: true;
  /** Creates the image even if the server is locked. */
  readonly ignoresLock?: true;
}

/** A server, its snapshot, and the image that the server runs from (`undefined` for a volume). */
export interface SnapshotSource {
  readonly server: Server;
  readonly base: Image | undefined;
  readonly request: SnapshotRequest;
  /** Content of a server whose image has no data. */
  readonly emptyDisk: () => StagedData;
}

/** The transfer that creates an image from a server. */
export function snapshotTransfer(
  conventions: SnapshotConventions,
  caller: Caller,
  source: SnapshotSource,
): ImageTransfer {
  const { taskStates } = conventions;
  const { server, base, request, emptyDisk } = source;
  if (request.refersToVolumes) {
    const image = { ...request.image, properties: { ...request.defaults, ...request.image.properties } };
    return {
      kind: 'snapshot',
      ...request,
      ...shared(conventions, caller, source, image),
      content: request.content ?? emptyDisk(),
    };
  }
  const state = (taskState: string | null): Effect => ({ kind: 'server', serverId: server.id, taskState });
  return {
    kind: 'snapshot',
    ...request,
    ...shared(conventions, caller, source, newImage(conventions, caller, source)),
    withData: {
      changes: {
        containerFormat: request.image.containerFormat ?? base?.containerFormat ?? 'bare',
        diskFormat: request.image.diskFormat ?? base?.diskFormat ?? 'qcow2',
      },
      properties: conventions.dataProperties(server),
    },
    // Nothing in this cloud changes the disk of a server, so its content still equals that of its image.
    content: request.content ?? (base === undefined ? undefined : contentOfImage(base)) ?? emptyDisk(),
    sideEffects: { begin: state(taskStates.pending), processing: state(taskStates.uploading), end: state(null) },
  };
}

function newImage(
  conventions: SnapshotConventions,
  caller: Caller,
  { server, base, request }: SnapshotSource,
): ImageTransfer['image'] {
  const inherited = Object.entries(base?.properties ?? {}).filter(([name]) => conventions.inherits(name));
  return {
    visibility: 'private',
    // Servers have the disk of their flavor, whatever their image requires; a flavor of disk 0 leaves it to the image.
    minDisk: server.flavor.diskGibibytes || (base?.minDisk ?? 0),
    minRam: base?.minRam ?? 0,
    ...request.image,
    properties: {
      ...request.defaults,
      ...Object.fromEntries(inherited),
      ...conventions.originProperties(server, caller),
      ...request.image.properties,
    },
  };
}

/**
 * Removes the property that names a project to share the image with, and adds that project as a member. For the server of
 * another project, it is always that project.
 */
function shared(
  { memberProperty }: SnapshotConventions,
  caller: Caller,
  { server, request }: SnapshotSource,
  image: ImageTransfer['image'],
): Pick<ImageTransfer, 'image' | 'memberId'> {
  if (!request.sharesWithOwner) return { image };
  const { [memberProperty]: named = '', ...properties } = image.properties ?? {};
  if (server.projectId !== caller.projectId) {
    return { image: { ...image, properties, visibility: 'shared' }, memberId: server.projectId };
  }
  return { image: { ...image, properties }, ...(named !== '' && { memberId: named }) };
}
