import type { Operation } from '../../../contract/contract.ts';

const MEMBERS = 'Image service API v2 reference, "Sharing"';

const MEMBER_RESPONSE = {
  type: 'object',
  required: ['member_id', 'image_id', 'status', 'created_at', 'updated_at', 'schema'],
} as const;

/** Operations on image members. */
export const memberOperations = {
  createImageMember: {
    method: 'post',
    path: '/v2/images/{image_id}/members',
    summary: 'Shares an image with a project.',
    success: 200,
    statuses: [200, 400, 401, 403, 404, 409, 413],
    alsoSeen: [500],
    response: MEMBER_RESPONSE,
    source: MEMBERS,
  },
  showImageMember: {
    method: 'get',
    path: '/v2/images/{image_id}/members/{member_id}',
    summary: 'Returns one member of an image.',
    success: 200,
    statuses: [200, 400, 401, 404],
    response: MEMBER_RESPONSE,
    source: MEMBERS,
  },
  listImageMembers: {
    method: 'get',
    path: '/v2/images/{image_id}/members',
    summary: 'Lists the projects with which an image is shared.',
    success: 200,
    statuses: [200, 400, 401, 403, 404],
    response: {
      type: 'object',
      required: ['members', 'schema'],
      properties: { members: { type: 'array', items: MEMBER_RESPONSE } },
    },
    source: MEMBERS,
  },
  updateImageMember: {
    method: 'put',
    path: '/v2/images/{image_id}/members/{member_id}',
    summary: 'Accepts or rejects a shared image.',
    success: 200,
    statuses: [200, 400, 401, 403, 404],
    response: MEMBER_RESPONSE,
    source: MEMBERS,
  },
  deleteImageMember: {
    method: 'delete',
    path: '/v2/images/{image_id}/members/{member_id}',
    summary: 'Stops sharing an image with a project.',
    success: 204,
    statuses: [204, 400, 401, 403, 404],
    source: MEMBERS,
  },
} as const satisfies Readonly<Record<string, Operation>>;
