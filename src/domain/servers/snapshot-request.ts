import type { Caller } from '../caller.ts';
import type { Image, StagedData } from '../image.ts';
import { contentOfImage } from '../imports/image-copy.ts';
import type { ImageTransfer } from '../imports/transfer-request.ts';
import type { Effect } from '../tasks/task.ts';
import type { Server } from './server.ts';
import type { SnapshotConventions } from './snapshot-conventions.ts';

/** An image to create from a server. */
export interface SnapshotRequest extends Omit<ImageTransfer, 'kind' | 'content' | 'sideEffects' | 'withData'> {
  /** Content of the image. Default: the content of the image that the server runs from. */
  readonly content?: StagedData;
  /** Name of the operation in the API's error messages. */
  readonly action: string;
  /** The image refers to snapshots of the volumes of the server, and has no data of its own. */
  readonly refersToVolumes?: true;
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
    return { kind: 'snapshot', ...request, content: request.content ?? emptyDisk() };
  }
  const state = (taskState: string | null): Effect => ({ kind: 'server', serverId: server.id, taskState });
  return {
    kind: 'snapshot',
    ...request,
    image: newImage(conventions, caller, source),
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
    minDisk: base?.minDisk ?? server.flavor.diskGibibytes,
    minRam: base?.minRam ?? 0,
    ...request.image,
    properties: {
      ...Object.fromEntries(inherited),
      ...conventions.originProperties(server, caller),
      ...request.image.properties,
    },
  };
}
