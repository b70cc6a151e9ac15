import type { Operation } from '../../../contract/contract.ts';
import { DELETE_STATUSES, SOURCE } from '../documented.ts';

/** Operations on image tags. */
export const tagOperations = {
  addImageTag: {
    method: 'put',
    path: '/v2/images/{image_id}/tags/{tag}',
    summary: 'Adds a tag to an image; an existing tag is kept.',
    success: 204,
    statuses: [204, 400, 401, 403, 405, 413, 415, 500, 503],
    // The table omits the unknown id.
    alsoSeen: [404],
    source: `${SOURCE}, "Add image tag"`,
  },
  deleteImageTag: {
    method: 'delete',
    path: '/v2/images/{image_id}/tags/{tag}',
    summary: 'Removes a tag from an image.',
    success: 204,
    statuses: DELETE_STATUSES,
    source: `${SOURCE}, "Delete image tag"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
