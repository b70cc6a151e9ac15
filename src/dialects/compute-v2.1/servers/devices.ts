/** Disks of new servers. This cloud has no block storage: it creates volumes for servers, and finds none. */
import type { Reply } from '../../../contract/contract.ts';
import { fault, presentServerError } from '../protocol/errors.ts';
import type { ReleasedCall } from '../protocol/releases.ts';

/** The members of a request that describe disks. */
export interface RequestedDevices {
  readonly imageRef?: string;
  readonly block_device_mapping?: readonly OlderDevice[];
  readonly block_device_mapping_v2?: readonly NewerDevice[];
}

interface OlderDevice {
  readonly device_name?: string;
  readonly volume_id?: string;
  readonly snapshot_id?: string;
}

interface NewerDevice {
  readonly source_type?: 'volume' | 'image' | 'snapshot' | 'blank';
  readonly destination_type?: 'local' | 'volume';
  readonly uuid?: string;
  readonly boot_index?: number | string | null;
  /** Gibibytes. */
  readonly volume_size?: number | string;
}

/** A new volume that a server starts from, with the image that it is made of, if any. */
export interface BootVolume {
  readonly kind: 'volume';
  readonly imageId: string | undefined;
  readonly gibibytes: number;
}

/** What a server starts from: the image of `imageRef`, or a new volume. */
export type BootSource = { readonly kind: 'image' } | BootVolume;

const invalid = (reason: string): Reply => fault(400, `Block Device Mapping is Invalid: ${reason}`);

/** Error of Nova when it looks for block storage in a cloud that has none. */
const noVolumes = (call: ReleasedCall): Reply =>
  presentServerError('keystoneauth1.exceptions.catalog.EndpointNotFound', call);

/** A request for a server, whose response has the form of its release. */
interface BootRequest extends ReleasedCall {
  readonly devices: RequestedDevices;
}

/**
 * What a server starts from, or the error for its disks.
 * @param isImage - whether an id is that of an image which the caller can see.
 */
export function bootSourceOf(request: BootRequest, isImage: (id: string) => boolean): BootSource | Reply {
  const { block_device_mapping: older = [], block_device_mapping_v2: newer = [], imageRef = '' } = request.devices;
  if (older.length > 0 && newer.length > 0) {
    return fault(400, 'Using different block_device_mapping syntaxes is not allowed in the same request.');
  }
  if (older.length > 0) return refuseOlder(older, imageRef !== '', request);
  const error = newer.map((device) => checkForm(device, imageRef !== '')).find((each) => each !== undefined);
  const root = newer.filter(({ boot_index: index }) => index !== undefined && index !== null && Number(index) === 0);
  if (error !== undefined) return error;
  const wrong = newer.map((device) => checkSource(device, isImage, request)).find((each) => each !== undefined);
  if (wrong !== undefined) return wrong;
  if (newer.length > 0 && root.length !== 1 && (imageRef === '' || root.length > 1)) {
    return invalid('Boot sequence for the instance and image/block device mapping combination is not valid.');
  }
  const sizeError = newer.map(checkSize).find((each) => each !== undefined);
  if (sizeError !== undefined) return sizeError;
  const [first] = root;
  if (first === undefined || (first.source_type === 'image' && first.destination_type === 'local')) {
    return { kind: 'image' };
  }
  const { source_type: type, uuid, volume_size: size = 0 } = first;
  return { kind: 'volume', imageId: type === 'image' ? uuid : undefined, gibibytes: Number(size) };
}

/** The older form names volumes and snapshots alone, which do not exist. */
function refuseOlder(devices: readonly OlderDevice[], hasImage: boolean, request: ReleasedCall): Reply {
  if (devices.some(({ volume_id, snapshot_id }) => volume_id === undefined && snapshot_id === undefined)) {
    return invalid('Unrecognized legacy format.');
  }
  const [{ device_name: name, volume_id: volume } = {}] = devices;
  return volume === undefined || name === undefined || hasImage
    ? noVolumes(request)
    : invalid(`failed to get volume ${volume}.`);
}

function checkForm({ source_type: source, destination_type: target, uuid }: NewerDevice, hasImage: boolean) {
  if (source !== 'blank' && uuid === undefined) return invalid('Missing device UUID.');
  return source === 'image' && target === 'local' && !hasImage
    ? invalid('Mapping image to local is not supported.')
    : undefined;
}

/** Messages for new volumes without a size. */
const SIZE_MISSING = {
  image: "Images with destination_type 'volume' need to have a non-zero size specified",
  blank: "Blank volumes (source: 'blank', dest: 'volume') need to have non-zero size",
} as const;

function checkSource(device: NewerDevice, isImage: (id: string) => boolean, request: ReleasedCall) {
  const { source_type: source, uuid = '' } = device;
  if (source === 'snapshot') return noVolumes(request);
  if (source === 'volume') return invalid(`failed to get volume ${uuid}.`);
  if (source === 'image' && !isImage(uuid)) return invalid(`failed to get image ${uuid}.`);
  return undefined;
}

function checkSize({ source_type: source, destination_type: target, volume_size: size }: NewerDevice) {
  const isNewVolume = target === 'volume' && (source === 'image' || source === 'blank');
  return isNewVolume && size === undefined ? fault(400, SIZE_MISSING[source]) : undefined;
}
