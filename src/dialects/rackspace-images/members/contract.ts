import type { Operation } from '../../../contract/contract.ts';
import { MEMBER_LIST_REPLY, MEMBER_REPLY } from '../images/schemas.ts';

const SOURCE = 'Rackspace Cloud Images API v2 developer guide';
const READ = [200, 400, 401, 403, 404, 405, 413, 500, 503] as const;
const REMOVE = [204, 400, 401, 403, 404, 405, 413, 500, 503] as const;

/** Image members and tags. */
export const sharingOperations = {
  createImageMember: {
    method: 'post',
    path: '/v2/images/{image_id}/members',
    summary: 'Shares an image of the caller with another tenant.',
    success: 200,
    statuses: [200, 400, 401, 403, 405, 413, 415, 500, 503],
    // The prose gives 404 to who is not the owner; Glance, which stands behind, refuses a member that is there already.
    alsoSeen: [404, 409],
    response: MEMBER_REPLY,
    source: `${SOURCE}, "Create image member"; "Sharing images"`,
  },
  listImageMembers: {
    method: 'get',
    path: '/v2/images/{image_id}/members',
    summary: 'Lists the tenants with which an image is shared; a member sees itself alone.',
    success: 200,
    statuses: READ,
    response: MEMBER_LIST_REPLY,
    source: `${SOURCE}, "List image members"`,
  },
  showImageMember: {
    method: 'get',
    path: '/v2/images/{image_id}/members/{member_id}',
    summary: 'Returns one member of an image.',
    success: 200,
    statuses: READ,
    response: MEMBER_REPLY,
    source: `${SOURCE}, "Get image member details"`,
  },
  updateImageMember: {
    method: 'put',
    path: '/v2/images/{image_id}/members/{member_id}',
    summary: 'Lets a member accept or reject what is offered to it.',
    success: 200,
    statuses: [200, 400, 401, 403, 405, 413, 415, 500, 503],
    // The prose gives 404 to a third party.
    alsoSeen: [404],
    response: MEMBER_REPLY,
    source: `${SOURCE}, "Update image member"; "Sharing images"`,
  },
  deleteImageMember: {
    method: 'delete',
    path: '/v2/images/{image_id}/members/{member_id}',
    summary: 'Shares an image with a tenant no longer.',
    success: 204,
    statuses: REMOVE,
    source: `${SOURCE}, "Delete image member"`,
  },
  addImageTag: {
    method: 'put',
    path: '/v2/images/{image_id}/tags/{tag}',
    summary: 'Puts a tag on an image; one that is there stays.',
    success: 204,
    statuses: [204, 400, 401, 403, 405, 413, 415, 500, 503],
    // The table forgets the unknown id.
    alsoSeen: [404],
    source: `${SOURCE}, "Add image tag"`,
  },
  deleteImageTag: {
    method: 'delete',
    path: '/v2/images/{image_id}/tags/{tag}',
    summary: 'Takes a tag off an image.',
    success: 204,
    statuses: REMOVE,
    source: `${SOURCE}, "Delete image tag"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
