import type { Contract } from '../../contract/contract.ts';
import { serviceOperations } from './cloud-images/contract.ts';
import { ERROR_CODES, IMS_CODES } from './error-codes.ts';
import { nativeOperations } from './images/contract.ts';
import {
  CLOUD_IMAGE_LIST_REPLY,
  IMAGE_LIST_REPLY,
  IMAGE_REPLY,
  SCHEMA_REPLY,
  VERSIONS_REPLY,
} from './images/schemas.ts';
import { jobOperations } from './jobs/contract.ts';
import { JOB_TYPES, SUB_JOB_TYPES } from './jobs/job-types.ts';
import { PROFILES } from './profiles.ts';
import { tagOperations } from './tags/contract.ts';

const SOURCE = 'Image Management Service API reference';
const READ = [200, 400, 401, 403, 404, 500, 503] as const;
const VERSION = [300, 400, 401, 403, 404, 500, 503] as const;

/** Image Management Service of Huawei Cloud and Open Telekom Cloud: native OpenStack calls and calls of its own. */
export const contract = {
  name: 'ims',
  title: 'Huawei Cloud / Open Telekom Cloud Image Management Service',
  mount: '/ims',
  profiles: PROFILES,
  codes: ERROR_CODES,
  tasks: {
    types: { ...JOB_TYPES, ...SUB_JOB_TYPES, upload: 'upload' },
    begunBy: [
      'uploadImage',
      'createCloudImage',
      'quickImport',
      'createDataImage',
      'createWholeImage',
      'registerImage',
      'exportImage',
      'copyImage',
      'copyImageCrossRegion',
      'addMembersBatch',
      'updateMembersBatch',
      'deleteMembersBatch',
    ],
    codes: Object.fromEntries(Object.entries(IMS_CODES).map(([code, { meaning }]) => [code, meaning])),
  },
  operations: {
    listVersions: {
      method: 'get',
      path: '/',
      summary: 'Lists the API versions.',
      auth: 'none',
      success: 300,
      statuses: VERSION,
      response: VERSIONS_REPLY,
      source: `${SOURCE}, "Querying API Versions (Native OpenStack API)"`,
    },
    showVersion: {
      method: 'get',
      path: '/{version}',
      summary: 'Describes one API version.',
      auth: 'none',
      success: 300,
      statuses: VERSION,
      // Of the other edition.
      alsoSeen: [200],
      response: VERSIONS_REPLY,
      source: `${SOURCE}, "Querying an API Version (Native OpenStack API)"`,
    },
    listImages: {
      method: 'get',
      path: '/v2/images',
      summary: 'Lists images, one page at a time.',
      success: 200,
      statuses: READ,
      response: IMAGE_LIST_REPLY,
      source: `${SOURCE}, "Querying Images (Native OpenStack API)"`,
    },
    showImage: {
      method: 'get',
      path: '/v2/images/{image_id}',
      summary: 'Returns one image.',
      success: 200,
      statuses: READ,
      response: IMAGE_REPLY,
      source: `${SOURCE}, "Querying Image Details (Native OpenStack API)"`,
    },
    updateImage: {
      method: 'patch',
      path: '/v2/images/{image_id}',
      summary: 'Changes name, description or custom attributes of an image.',
      success: 200,
      statuses: READ,
      // What Glance answers here and the document does not list.
      alsoSeen: [409, 413, 415],
      response: IMAGE_REPLY,
      source: `${SOURCE}, "Modifying an Image (Native OpenStack API)"`,
    },
    deleteImage: {
      method: 'delete',
      path: '/v2/images/{image_id}',
      summary: 'Removes a private image of the caller; the body may say what becomes of its backups.',
      success: 204,
      statuses: [204, 400, 401, 403, 404, 500, 503],
      // Data in use, as Glance answers it.
      alsoSeen: [409],
      triggers: { 403: 'client' },
      source: `${SOURCE}, "Deleting an Image (Native OpenStack API)"`,
    },
    listCloudImages: {
      method: 'get',
      path: '/v2/cloudimages',
      summary: "Lists images by the service's own filters.",
      success: 200,
      statuses: READ,
      response: CLOUD_IMAGE_LIST_REPLY,
      source: `${SOURCE}, "Querying Images"`,
    },
    ...nativeOperations,
    ...serviceOperations,
    ...jobOperations,
    ...tagOperations,
    showImagesSchema: {
      method: 'get',
      path: '/v2/schemas/images',
      summary: 'Returns the JSON schema of a list of images.',
      success: 200,
      statuses: READ,
      response: SCHEMA_REPLY,
      source: `${SOURCE}, "Querying an Image List Schema (Native OpenStack API)"`,
    },
    showImageSchema: {
      method: 'get',
      path: '/v2/schemas/image',
      summary: 'Returns the JSON schema of an image.',
      success: 200,
      statuses: READ,
      response: SCHEMA_REPLY,
      source: `${SOURCE}, "Querying an Image Schema (Native OpenStack API)"`,
    },
    showMembersSchema: {
      method: 'get',
      path: '/v2/schemas/members',
      summary: 'Returns the JSON schema of a list of image members.',
      success: 200,
      statuses: READ,
      response: SCHEMA_REPLY,
      source: `${SOURCE}, "Querying an Image Member List Schema (Native OpenStack API)"`,
    },
    showMemberSchema: {
      method: 'get',
      path: '/v2/schemas/member',
      summary: 'Returns the JSON schema of an image member.',
      success: 200,
      statuses: READ,
      response: SCHEMA_REPLY,
      source: `${SOURCE}, "Querying an Image Member Schema (Native OpenStack API)"`,
    },
  },
} as const satisfies Contract;
