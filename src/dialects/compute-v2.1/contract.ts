import type { Contract } from '../../contract/contract.ts';
import { metadataOperations } from './metadata/contract.ts';
import { PROFILES } from './profiles.ts';
import { DETAIL_REPLY, IMAGE_REPLY, LIST_REPLY, VERSION_REPLY, VERSIONS_REPLY } from './schemas.ts';
import { serverOperations } from './servers/contract.ts';

const SOURCE = 'Compute API v2.1 reference';

/** The image part of the Compute API v2.1: versions, the proxy in front of the image service, images made of servers. */
export const contract = {
  name: 'compute-v2.1',
  title: 'OpenStack Compute API v2.1, images',
  mount: '/compute',
  profiles: PROFILES,
  tasks: { types: { createImage: 'snapshot' }, begunBy: ['createServerImage'] },
  operations: {
    listVersions: {
      method: 'get',
      path: '/',
      summary: 'Lists the major versions with their microversion range.',
      success: 200,
      statuses: [200, 300],
      // Every call is refused for the type of a body, be there one or not.
      alsoSeen: [415],
      auth: 'none',
      response: VERSIONS_REPLY,
      source: `${SOURCE}, "API versions"`,
    },
    showVersion: {
      method: 'get',
      path: '/v2.1/',
      summary: 'Describes version 2.1.',
      success: 200,
      statuses: [200],
      alsoSeen: [400, 406, 415],
      auth: 'none',
      response: VERSION_REPLY,
      source: `${SOURCE}, "API versions"`,
    },
    listImages: {
      method: 'get',
      path: '/v2.1/{tenant_id}/images',
      summary: 'Lists id, name and links of images; up to microversion 2.35.',
      success: 200,
      statuses: [200, 203, 400, 401, 403, 405, 503],
      // 500 is what the running service makes of text that is no UTF-8.
      alsoSeen: [404, 406, 415, 500],
      response: LIST_REPLY,
      source: `${SOURCE}, "List images"`,
    },
    listImagesDetail: {
      method: 'get',
      path: '/v2.1/{tenant_id}/images/detail',
      summary: 'Lists images in full; up to microversion 2.35.',
      success: 200,
      statuses: [200, 203, 400, 401, 403, 405, 503],
      // 500 is what the running service makes of text that is no UTF-8.
      alsoSeen: [404, 406, 415, 500],
      response: DETAIL_REPLY,
      source: `${SOURCE}, "List images with details"`,
    },
    showImage: {
      method: 'get',
      path: '/v2.1/{tenant_id}/images/{image_id}',
      summary: 'Returns one image; up to microversion 2.35.',
      success: 200,
      statuses: [200, 203, 400, 401, 403, 404, 405, 503],
      alsoSeen: [406, 415, 500],
      response: IMAGE_REPLY,
      source: `${SOURCE}, "Show image details"`,
    },
    deleteImage: {
      method: 'delete',
      path: '/v2.1/{tenant_id}/images/{image_id}',
      summary: 'Removes an image; up to microversion 2.35.',
      success: 204,
      statuses: [204, 400, 401, 403, 404, 405, 503],
      // 500 is what the running service makes of an image that is in use.
      alsoSeen: [406, 415, 500],
      triggers: { 403: 'client' },
      source: `${SOURCE}, "Delete image"`,
    },
    ...metadataOperations,
    ...serverOperations,
  },
} as const satisfies Contract;
