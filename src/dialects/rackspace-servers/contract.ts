import type { Contract } from '../../contract/contract.ts';
import { DETAIL_REPLY, IMAGE_REPLY, LIST_REPLY } from './images/schemas.ts';
import { metadataOperations } from './metadata/contract.ts';
import { PROFILES } from './profiles.ts';
import { serverOperations } from './servers/contract.ts';

const SOURCE = 'Rackspace Cloud Servers API v2 developer guide';

/** The image part of Cloud Servers v2, as the developer guide documents it. */
export const contract = {
  name: 'rackspace-servers',
  title: 'Rackspace Cloud Servers API v2, images',
  mount: '/rackspace/servers',
  profiles: PROFILES,
  tasks: { types: { createImage: 'snapshot', 'scheduled-image': 'snapshot' }, begunBy: ['createServerImage'] },
  operations: {
    listImages: {
      method: 'get',
      path: '/v2/{tenant_id}/images',
      summary: 'Lists id, name and links of the images that the account may see.',
      success: 200,
      statuses: [200, 203, 400, 401, 403, 405, 409, 413, 500, 503],
      response: LIST_REPLY,
      source: `${SOURCE}, "Retrieve list of images"; "Paginated collections"`,
    },
    listImagesDetail: {
      method: 'get',
      path: '/v2/{tenant_id}/images/detail',
      summary: 'Lists the images in full.',
      success: 200,
      statuses: [200, 400, 401, 403, 405, 409, 413, 500, 503],
      response: DETAIL_REPLY,
      source: `${SOURCE}, "Retrieve list of images with details"`,
    },
    showImage: {
      method: 'get',
      path: '/v2/{tenant_id}/images/{image_id}',
      summary: 'Returns one image in full.',
      success: 200,
      statuses: [200, 203, 400, 401, 403, 405, 409, 413, 500, 503],
      // The table forgets the unknown id; the section on faults has it.
      alsoSeen: [404],
      response: IMAGE_REPLY,
      source: `${SOURCE}, "Retrieve image details"; "Faults"`,
    },
    deleteImage: {
      method: 'delete',
      path: '/v2/{tenant_id}/images/{image_id}',
      summary: 'Removes an image at once.',
      success: 204,
      statuses: [204, 400, 401, 403, 405, 409, 413, 500, 503],
      alsoSeen: [404],
      triggers: { 403: 'client' },
      source: `${SOURCE}, "Delete image"; "Faults"`,
    },
    ...metadataOperations,
    ...serverOperations,
  },
} as const satisfies Contract;
