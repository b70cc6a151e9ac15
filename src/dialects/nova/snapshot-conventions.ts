import type { SnapshotConventions } from '../../domain/servers/snapshot-conventions.ts';

/** Properties that images of a server do not inherit from its image. */
const NOT_INHERITED =
  /^(?:cache_in_nova|bittorrent|img_signature.*|img_sig.*|os_glance.*|stores|owner_specified.*|__.*)$/;

/** What Nova writes into servers and their images when it creates a snapshot. */
export const NOVA_SNAPSHOTS: Omit<SnapshotConventions, 'schedule'> = {
  inherits: (property) => !NOT_INHERITED.test(property),
  originProperties: (server, caller) => ({
    instance_uuid: server.id,
    user_id: caller.userId,
    image_type: 'snapshot',
    ...(server.imageId !== null && { base_image_ref: server.imageId }),
  }),
  dataProperties: ({ projectId }) => ({ image_location: 'snapshot', image_state: 'available', owner_id: projectId }),
  memberProperty: 'instance_owner',
  taskStates: { pending: 'image_snapshot_pending', uploading: 'image_uploading' },
};
