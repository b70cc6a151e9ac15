import type { Operation } from '../../../contract/contract.ts';

const SOURCE = 'Image service API v2 reference, "Interoperable image import"';
const STORES = 'Image service API v2 reference, "Stores"';
const LOCATIONS = 'Image service API v2 reference, "Image locations"';

/** Operations that import images, remove them from stores, and add locations. */
export const importOperations = {
  importImage: {
    since: 'queens',
    method: 'post',
    path: '/v2/images/{image_id}/import',
    summary: 'Starts the import of an image by one of the import methods.',
    success: 202,
    statuses: [202, 400, 401, 403, 404, 405, 409, 410, 413, 415, 503],
    alsoSeen: [500],
    source: SOURCE,
  },
  showImageTasks: {
    since: 'zed',
    method: 'get',
    path: '/v2/images/{image_id}/tasks',
    summary: 'Lists the current and past tasks of an image.',
    success: 200,
    statuses: [200, 404],
    alsoSeen: [400, 401],
    response: { type: 'object', required: ['tasks'], properties: { tasks: { type: 'array' } } },
    source: 'Image service API v2 reference, "Show tasks associated with image"',
  },
  deleteImageFromStore: {
    since: 'zed',
    method: 'delete',
    path: '/v2/stores/{store_id}/{image_id}',
    summary: "Removes an image's data from one store.",
    success: 204,
    statuses: [204, 400, 401, 403, 404, 409],
    source: STORES,
  },
  addImageLocation: {
    since: '2025.1',
    method: 'post',
    path: '/v2/images/{image_id}/locations',
    summary: 'Sets the location of existing data for a queued image.',
    success: 200,
    statuses: [200, 400, 403, 404, 409],
    // The service returns 202 where the document says 200.
    alsoSeen: [202, 401],
    source: LOCATIONS,
  },
  listImageLocations: {
    since: '2025.1',
    method: 'get',
    path: '/v2/images/{image_id}/locations',
    summary: "Lists the locations of an image's data, for other services.",
    success: 200,
    statuses: [200, 403, 404],
    alsoSeen: [400, 401],
    response: { type: 'array', items: { type: 'object', required: ['url', 'metadata'] } },
    source: LOCATIONS,
  },
} as const satisfies Readonly<Record<string, Operation>>;
