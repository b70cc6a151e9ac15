import type { Contract } from '../../contract/contract.ts';
import { IMAGE_LIST_REPLY, IMAGE_REPLY, PATCH_REQUEST_NOTE } from './images/schemas.ts';
import { sharingOperations } from './members/contract.ts';
import { PROFILES } from './profiles.ts';
import { schemaOperations } from './schemas/contract.ts';
import { taskOperations } from './tasks/contract.ts';
import { TASK_CODES } from './tasks/failure-codes.ts';

const SOURCE = 'Rackspace Cloud Images API v2 developer guide';
const READ = [200, 400, 401, 403, 404, 405, 413, 500, 503] as const;

/** Cloud Images API v2, as the developer guide documents it. */
export const contract = {
  name: 'rackspace-images',
  title: 'Rackspace Cloud Images API v2',
  mount: '/rackspace/images',
  profiles: PROFILES,
  tasks: {
    types: { import: 'import', export: 'export' },
    begunBy: ['createImportTask', 'createExportTask'],
    codes: TASK_CODES,
  },
  operations: {
    listImages: {
      method: 'get',
      path: '/v2/images',
      summary: 'Lists standard images, own images, and shared images that were accepted.',
      success: 200,
      statuses: READ,
      response: IMAGE_LIST_REPLY,
      source: `${SOURCE}, "List images"; "Paginated collections"`,
    },
    showImage: {
      method: 'get',
      path: '/v2/images/{image_id}',
      summary: 'Returns one image.',
      success: 200,
      statuses: READ,
      response: IMAGE_REPLY,
      source: `${SOURCE}, "Get image details"`,
    },
    updateImage: {
      method: 'patch',
      path: '/v2/images/{image_id}',
      summary: `Changes an image that the caller owns. ${PATCH_REQUEST_NOTE}`,
      success: 200,
      statuses: [200, 400, 401, 403, 405, 413, 415, 500, 503],
      // The table forgets the unknown id.
      alsoSeen: [404],
      response: IMAGE_REPLY,
      source: `${SOURCE}, "Update image"; "HTTP PATCH method"`,
    },
    deleteImage: {
      method: 'delete',
      path: '/v2/images/{image_id}',
      summary: 'Removes an image of the caller.',
      success: 204,
      statuses: [204, 400, 401, 403, 404, 405, 413, 500, 503],
      // The document has no code for data in use; Glance, which stands behind, answers so.
      alsoSeen: [409],
      triggers: { 403: 'client' },
      source: `${SOURCE}, "Delete image"`,
    },
    ...sharingOperations,
    ...taskOperations,
    ...schemaOperations,
  },
} as const satisfies Contract;
