import type { Operation } from '../../../contract/contract.ts';
import { MEMBER_LIST_REPLY, MEMBER_REPLY } from '../../glance/schema-documents.ts';
import { ERRORS, SOURCE } from '../documented.ts';

/** Native operations on image members. */
export const memberOperations = {
  createImageMember: {
    method: 'post',
    path: '/v2/images/{image_id}/members',
    summary: 'Shares an image with a project.',
    success: 200,
    statuses: [200, ...ERRORS],
    alsoSeen: [409, 413],
    response: MEMBER_REPLY,
    source: `${SOURCE}, "Adding an Image Member (Native OpenStack API)"`,
  },
  listImageMembers: {
    method: 'get',
    path: '/v2/images/{image_id}/members',
    summary: 'Lists the projects that an image is shared with.',
    success: 200,
    statuses: [200, ...ERRORS],
    response: MEMBER_LIST_REPLY,
    source: `${SOURCE}, "Querying Image Members (Native OpenStack API)"`,
  },
  showImageMember: {
    method: 'get',
    path: '/v2/images/{image_id}/members/{member_id}',
    summary: 'Returns one member of an image.',
    success: 200,
    statuses: [200, ...ERRORS],
    response: MEMBER_REPLY,
    source: `${SOURCE}, "Querying Image Member Details (Native OpenStack API)"`,
  },
  updateImageMember: {
    method: 'put',
    path: '/v2/images/{image_id}/members/{member_id}',
    summary: 'Accepts or rejects a shared image.',
    success: 200,
    statuses: [200, ...ERRORS],
    response: MEMBER_REPLY,
    source: `${SOURCE}, "Updating the Image Sharing Status (Native OpenStack API)"`,
  },
  deleteImageMember: {
    method: 'delete',
    path: '/v2/images/{image_id}/members/{member_id}',
    summary: 'Stops sharing an image with a project.',
    success: 204,
    statuses: [204, ...ERRORS],
    source: `${SOURCE}, "Deleting an Image Member (Native OpenStack API)"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
