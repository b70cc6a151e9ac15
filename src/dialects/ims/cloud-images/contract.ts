import type { Operation } from '../../../contract/contract.ts';
import { JSON_PATCH_SHAPE } from '../../glance/image-patch/patch-shape.ts';
import { ERRORS, SOURCE } from '../documented.ts';
import { IMAGE_REPLY } from '../images/schemas.ts';
import { CLOUD_IMAGE_LIST_REPLY, QUOTA_REPLY } from './schemas.ts';

/** IMS operations on images that complete before they reply. */
export const cloudImageOperations = {
  listCloudImages: {
    method: 'get',
    path: '/v2/cloudimages',
    summary: "Lists images with the service's own filters.",
    success: 200,
    statuses: [200, ...ERRORS],
    triggers: { 404: 'inject' },
    response: CLOUD_IMAGE_LIST_REPLY,
    source: `${SOURCE}, "Querying Images"`,
  },
  updateCloudImage: {
    method: 'patch',
    path: '/v2/cloudimages/{image_id}',
    summary: 'Updates an active image.',
    success: 200,
    statuses: [200, ...ERRORS],
    bodyShape: JSON_PATCH_SHAPE,
    response: IMAGE_REPLY,
    source: `${SOURCE}, "Updating an Image"`,
  },
  showQuota: {
    method: 'get',
    path: '/v1/cloudimages/quota',
    summary: 'Returns the quota of private images and its use.',
    success: 200,
    statuses: [200, ...ERRORS],
    triggers: { 404: 'inject' },
    response: QUOTA_REPLY,
    source: `${SOURCE}, "Querying the Image Quota"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
