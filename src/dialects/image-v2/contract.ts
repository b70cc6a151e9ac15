import type { Contract } from '../../contract/contract.ts';
import { cacheOperations } from './cache/contract.ts';
import { importOperations } from './import/contract.ts';
import { sharingOperations } from './members/contract.ts';
import { metadefOperations } from './metadefs/contract.ts';
import { PROFILES } from './profiles.ts';
import { IMAGE_REQUEST, IMAGE_RESPONSE, IMAGES_RESPONSE, SCHEMA_RESPONSE, VERSIONS_RESPONSE } from './schemas.ts';
import { taskOperations } from './tasks/contract.ts';

const REFERENCE = 'Image service API v2 reference';
const VERSIONS = 'Image service API reference, "API versions"';

const schemaOperation = (name: string) =>
  ({
    method: 'get',
    summary: `Answers the JSON schema of ${name}.`,
    success: 200,
    statuses: [200, 400, 401],
    response: SCHEMA_RESPONSE,
    source: `${REFERENCE}, "Image schemas"`,
  }) as const;

const taskSchemaOperation = (name: string) =>
  ({
    method: 'get',
    summary: `Answers the JSON schema of ${name}.`,
    success: 200,
    statuses: [200, 401],
    // A body, which the other schemas refuse, makes the service stumble here, unless it cannot be read.
    alsoSeen: [400, 500],
    response: SCHEMA_RESPONSE,
    source: `${REFERENCE}, "Task schemas"`,
  }) as const;

/** OpenStack Image API v2: versions, images, image data, schemas. */
export const contract = {
  name: 'image-v2',
  title: 'OpenStack Image API v2',
  mount: '/image',
  profiles: PROFILES,
  tasks: {
    types: { upload: 'upload', stage: 'stage', api_image_import: 'import', import: 'import', cache: 'cache' },
    begunBy: ['uploadImageData', 'stageImageData', 'importImage', 'createTask', 'queueCacheImage'],
    intoStores: { type: 'api_image_import', begunBy: 'importImage' },
  },
  operations: {
    listVersions: {
      method: 'get',
      path: '/',
      summary: 'Lists the versions on offer and where they are; so does every path of no version.',
      success: 300,
      statuses: [300],
      auth: 'none',
      response: VERSIONS_RESPONSE,
      source: `${VERSIONS}, "List API versions"`,
    },
    listVersionsExplicit: {
      method: 'get',
      path: '/versions',
      summary: 'Lists the versions on offer, asked for by name.',
      success: 200,
      statuses: [200],
      auth: 'none',
      response: VERSIONS_RESPONSE,
      source: `${VERSIONS}, "List API versions"`,
    },
    listImages: {
      method: 'get',
      path: '/v2/images',
      summary: 'Lists the images that the caller may see, one page at a time.',
      success: 200,
      statuses: [200, 400, 401, 403],
      alsoSeen: [500],
      response: IMAGES_RESPONSE,
      source: `${REFERENCE}, "List images"`,
    },
    createImage: {
      method: 'post',
      path: '/v2/images',
      summary: 'Registers an image, still without data.',
      success: 201,
      statuses: [201, 400, 401, 403, 409, 413, 415],
      alsoSeen: [500],
      request: IMAGE_REQUEST,
      response: IMAGE_RESPONSE,
      source: `${REFERENCE}, "Create image"`,
    },
    showImage: {
      method: 'get',
      path: '/v2/images/{image_id}',
      summary: 'Shows one image.',
      success: 200,
      statuses: [200, 400, 401, 403, 404],
      response: IMAGE_RESPONSE,
      source: `${REFERENCE}, "Show image"`,
    },
    updateImage: {
      method: 'patch',
      path: '/v2/images/{image_id}',
      summary: 'Changes an image by a list of steps, all of them or none.',
      success: 200,
      statuses: [200, 400, 401, 403, 404, 409, 413, 415],
      alsoSeen: [500],
      response: IMAGE_RESPONSE,
      source: `${REFERENCE}, "Update image"`,
    },
    deleteImage: {
      method: 'delete',
      path: '/v2/images/{image_id}',
      summary: 'Removes an image and its data.',
      success: 204,
      statuses: [204, 403, 404],
      alsoSeen: [400, 401, 409],
      triggers: { 403: 'client' },
      source: `${REFERENCE}, "Delete image"`,
    },
    downloadImageData: {
      method: 'get',
      path: '/v2/images/{image_id}/file',
      summary: "Answers an image's data, all of it or one range.",
      success: 200,
      statuses: [200, 204, 206, 400, 403, 404, 416],
      alsoSeen: [401],
      source: `${REFERENCE}, "Download binary image data"`,
    },
    uploadImageData: {
      method: 'put',
      path: '/v2/images/{image_id}/file',
      summary: "Stores an image's data.",
      success: 204,
      statuses: [204, 400, 401, 403, 404, 409, 410, 413, 415, 503],
      alsoSeen: [500],
      body: 'stream',
      source: `${REFERENCE}, "Upload binary image data"`,
    },
    ...sharingOperations,
    ...importOperations,
    ...taskOperations,
    ...cacheOperations,
    ...metadefOperations,
    showImageSchema: {
      ...schemaOperation('an image'),
      path: '/v2/schemas/image',
    },
    showImagesSchema: {
      ...schemaOperation('a list of images'),
      path: '/v2/schemas/images',
    },
    showMemberSchema: {
      ...schemaOperation('an image member'),
      path: '/v2/schemas/member',
    },
    showMembersSchema: {
      ...schemaOperation('a list of image members'),
      path: '/v2/schemas/members',
    },
    showTaskSchema: {
      ...taskSchemaOperation('a task'),
      path: '/v2/schemas/task',
    },
    showTasksSchema: {
      ...taskSchemaOperation('a list of tasks'),
      path: '/v2/schemas/tasks',
    },
  },
} as const satisfies Contract;
