import type { Operation } from '../../../contract/contract.ts';

const REFERENCE = 'Image service API v2 reference';

/** Operations on the data of images. */
export const imageDataOperations = {
  downloadImageData: {
    method: 'get',
    path: '/v2/images/{image_id}/file',
    summary: "Downloads an image's data, completely or one range.",
    success: 200,
    statuses: [200, 204, 206, 400, 403, 404, 416],
    alsoSeen: [401],
    source: `${REFERENCE}, "Download binary image data"`,
  },
  uploadImageData: {
    method: 'put',
    path: '/v2/images/{image_id}/file',
    summary: "Uploads an image's data.",
    success: 204,
    statuses: [204, 400, 401, 403, 404, 409, 410, 413, 415, 503],
    alsoSeen: [500],
    body: 'stream',
    source: `${REFERENCE}, "Upload binary image data"`,
  },
  stageImageData: {
    since: 'queens',
    method: 'put',
    path: '/v2/images/{image_id}/stage',
    summary: "Stages an image's data for a later import.",
    success: 204,
    statuses: [204, 400, 401, 403, 404, 405, 409, 410, 413, 415, 503],
    alsoSeen: [500],
    body: 'stream',
    source: `${REFERENCE}, "Interoperable image import"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
