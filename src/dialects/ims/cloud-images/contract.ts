import type { Operation } from '../../../contract/contract.ts';
import { IMAGE_REPLY, OS_VERSIONS_REPLY, QUOTA_REPLY } from '../images/schemas.ts';

const SOURCE = 'Image Management Service API reference';
const USUAL = [400, 401, 403, 404, 500, 503] as const;

/** Calls of the service itself that are done when they answer, tags apart. */
export const serviceOperations = {
  updateCloudImage: {
    method: 'patch',
    path: '/v2/cloudimages/{image_id}',
    summary: 'Changes an active image.',
    success: 200,
    statuses: [200, ...USUAL],
    response: IMAGE_REPLY,
    source: `${SOURCE}, "Updating an Image"`,
  },
  showQuota: {
    method: 'get',
    path: '/v1/cloudimages/quota',
    summary: 'Tells how many private images a project has and may have.',
    success: 200,
    statuses: [200, ...USUAL],
    response: QUOTA_REPLY,
    source: `${SOURCE}, "Querying the Image Quota"`,
  },
  listOsVersions: {
    method: 'get',
    path: '/v1/cloudimages/os_version',
    summary: 'Lists the operating systems that images can have.',
    success: 200,
    statuses: [200, ...USUAL],
    response: OS_VERSIONS_REPLY,
    source: `${SOURCE}, "Querying Supported Image OSs"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
