import type { Operation } from '../../../contract/contract.ts';
import { MEMBER_LIST_REPLY, MEMBER_REPLY } from '../../glance/schema-documents.ts';
import { CHANGE_STATUSES, DELETE_STATUSES, READ_STATUSES, SOURCE } from '../documented.ts';

/** Operations on image members. */
export const memberOperations = {
  createImageMember: {
    method: 'post',
    path: '/v2/images/{image_id}/members',
    summary: 'Shares an own image with another tenant.',
    success: 200,
    statuses: CHANGE_STATUSES,
    // The prose documents 404 for a caller who is not the owner. Glance behind it rejects existing members with 409.
    alsoSeen: [404, 409],
    response: MEMBER_REPLY,
    source: `${SOURCE}, "Create image member"; "Sharing images"`,
  },
  listImageMembers: {
    method: 'get',
    path: '/v2/images/{image_id}/members',
    summary: 'Lists the tenants that an image is shared with; a member sees only itself.',
    success: 200,
    statuses: READ_STATUSES,
    response: MEMBER_LIST_REPLY,
    source: `${SOURCE}, "List image members"`,
  },
  showImageMember: {
    method: 'get',
    path: '/v2/images/{image_id}/members/{member_id}',
    summary: 'Returns one member of an image.',
    success: 200,
    statuses: READ_STATUSES,
    response: MEMBER_REPLY,
    source: `${SOURCE}, "Get image member details"`,
  },
  updateImageMember: {
    method: 'put',
    path: '/v2/images/{image_id}/members/{member_id}',
    summary: 'Accepts or rejects a shared image as its member.',
    success: 200,
    statuses: CHANGE_STATUSES,
    // The prose documents 404 for a third party.
    alsoSeen: [404],
    response: MEMBER_REPLY,
    source: `${SOURCE}, "Update image member"; "Sharing images"`,
  },
  deleteImageMember: {
    method: 'delete',
    path: '/v2/images/{image_id}/members/{member_id}',
    summary: 'Stops sharing an image with a tenant.',
    success: 204,
    statuses: DELETE_STATUSES,
    source: `${SOURCE}, "Delete image member"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
