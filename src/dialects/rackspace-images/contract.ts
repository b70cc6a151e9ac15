import type { Contract } from '../../contract/contract.ts';
import { IMAGE_LIST_REPLY, IMAGE_REPLY, PATCH_REQUEST_NOTE, SCHEMA_REPLY } from './schemas.ts';

const SOURCE = 'Rackspace Cloud Images API v2 developer guide';
const READ = [200, 400, 401, 403, 404, 405, 413, 500, 503] as const;

/** Cloud Images API v2: images and schemas, as the developer guide documents them. */
export const contract = {
  name: 'rackspace-images',
  title: 'Rackspace Cloud Images API v2',
  mount: '/rackspace/images',
  operations: {
    listImages: {
      method: 'get',
      path: '/v2/images',
      summary: 'Lists standard images, own images, and shared images that were accepted.',
      success: 200,
      statuses: READ,
      response: IMAGE_LIST_REPLY,
      // The guide names both and gives no case: every caller may list, and the list is always there.
      triggers: { 403: 'inject', 404: 'inject' },
      source: `${SOURCE}, "List images"; "Paginated collections"`,
    },
    showImage: {
      method: 'get',
      path: '/v2/images/{image_id}',
      summary: 'Returns one image.',
      success: 200,
      statuses: READ,
      response: IMAGE_REPLY,
      triggers: { 403: 'inject' },
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
    showImagesSchema: {
      method: 'get',
      path: '/v2/schemas/images',
      summary: 'Returns the JSON schema of a list of images.',
      success: 200,
      statuses: READ,
      response: SCHEMA_REPLY,
      triggers: { 400: 'inject', 403: 'inject', 404: 'inject' },
      source: `${SOURCE}, "Get images schema"`,
    },
    showImageSchema: {
      method: 'get',
      path: '/v2/schemas/image',
      summary: 'Returns the JSON schema of an image.',
      success: 200,
      statuses: READ,
      response: SCHEMA_REPLY,
      triggers: { 400: 'inject', 403: 'inject', 404: 'inject' },
      source: `${SOURCE}, "Get image schema"`,
    },
    showMembersSchema: {
      method: 'get',
      path: '/v2/schemas/members',
      summary: 'Returns the JSON schema of a list of image members.',
      success: 200,
      statuses: [200],
      alsoSeen: [401, 405, 413],
      response: SCHEMA_REPLY,
      source: `${SOURCE}, "Get image members schema"`,
    },
    showMemberSchema: {
      method: 'get',
      path: '/v2/schemas/member',
      summary: 'Returns the JSON schema of an image member.',
      success: 200,
      statuses: [200],
      alsoSeen: [401, 405, 413],
      response: SCHEMA_REPLY,
      source: `${SOURCE}, "Get image member schema"`,
    },
    showTasksSchema: {
      method: 'get',
      path: '/v2/schemas/tasks',
      summary: 'Returns the JSON schema of a list of tasks.',
      success: 200,
      statuses: [200, 400, 401, 403, 405, 413, 500, 503],
      response: SCHEMA_REPLY,
      triggers: { 400: 'inject', 403: 'inject' },
      source: `${SOURCE}, "Get tasks schema"`,
    },
    showTaskSchema: {
      method: 'get',
      path: '/v2/schemas/task',
      summary: 'Returns the JSON schema of a task.',
      success: 200,
      statuses: [200, 400, 401, 403, 405, 413, 500, 503],
      response: SCHEMA_REPLY,
      triggers: { 400: 'inject', 403: 'inject' },
      source: `${SOURCE}, "Get task schema"`,
    },
  },
} as const satisfies Contract;
