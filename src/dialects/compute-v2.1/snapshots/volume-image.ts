import type { Cloud } from '../../../cloud.ts';
import type { NewImage } from '../../../domain/images/image-changes.ts';
import type { Server } from '../../../domain/servers/server.ts';
import { DEFAULT_VOLUME_GIBIBYTES } from '../../../domain/storage/volume.ts';
import { pythonJson } from '../../glance/python-json.ts';

/** Name of a device by its position: `/dev/vda`, `/dev/vdb` and so on. */
const deviceName = (index: number): string => `/dev/vd${String.fromCharCode('a'.charCodeAt(0) + index)}`;

/**
 * The image of a server that runs from a volume: it has no data, and names snapshots of the volumes.
 * @param requested - what the request sets.
 */
export function volumeImageOf(cloud: Cloud, server: Server, requested: NewImage): NewImage {
  const devices = volumeSizes(cloud, server).map((size, index) => deviceOf(cloud, index, size));
  return {
    visibility: 'private',
    minDisk: server.flavor.diskGibibytes,
    containerFormat: 'bare',
    diskFormat: 'qcow2',
    ...requested,
    properties: {
      base_image_ref: '',
      ...requested.properties,
      root_device_name: deviceName(0),
      block_device_mapping: pythonJson(devices),
      bdm_v2: 'True',
    },
  };
}

/** Sizes of the volumes of a server, that of the root volume first. */
function volumeSizes(cloud: Cloud, { id, flavor }: Server): readonly number[] {
  const attached = cloud.volumes.attachedTo(id);
  const root = attached.find(({ isRoot }) => isRoot);
  const rootGibibytes = root?.sizeGibibytes ?? (flavor.diskGibibytes || DEFAULT_VOLUME_GIBIBYTES);
  return [rootGibibytes, ...attached.filter((volume) => volume !== root).map(({ sizeGibibytes }) => sizeGibibytes)];
}

/** One entry of `block_device_mapping`. @param index - position; the server starts from the first. */
const deviceOf = ({ ids }: Cloud, index: number, gibibytes: number) => ({
  device_name: deviceName(index),
  source_type: 'snapshot',
  destination_type: 'volume',
  snapshot_id: ids.next('volume-snapshot'),
  volume_size: gibibytes,
  boot_index: index === 0 ? 0 : null,
  delete_on_termination: false,
  device_type: index === 0 ? 'disk' : null,
  disk_bus: index === 0 ? 'virtio' : null,
  guest_format: null,
  image_id: null,
  volume_id: null,
  volume_type: null,
  no_device: null,
  tag: null,
  encrypted: null,
  encryption_secret_uuid: null,
  encryption_format: null,
  encryption_options: null,
});
