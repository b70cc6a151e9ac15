import type { Operation } from '../../../contract/contract.ts';
import { CREATE_IMAGE_REQUEST } from './schemas.ts';

const SOURCE = 'Compute API v2.1 reference';

/** Images of servers. */
export const snapshotOperations = {
  createServerImage: {
    method: 'post',
    path: '/v2.1/{tenant_id}/servers/{server_id}/action',
    summary: 'Starts creating an image of a server.',
    success: 202,
    statuses: [202, 400, 401, 403, 404, 405, 409, 415, 503],
    // 500: metadata with the name of an attribute of the image service.
    alsoSeen: [406, 413, 500],
    request: CREATE_IMAGE_REQUEST,
    discriminator: 'body: createImage',
    source: `${SOURCE}, "Create image (createImage action)"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
