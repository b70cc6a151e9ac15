import type { Operation } from '../../../contract/contract.ts';

const MEMBERS = 'Image service API v2 reference, "Sharing"';
const TAGS = 'Image service API v2 reference, "Image tags"';
const ACTIONS = 'Image service API v2 reference, "Image actions"';

const MEMBER_RESPONSE = {
  type: 'object',
  required: ['member_id', 'image_id', 'status', 'created_at', 'updated_at', 'schema'],
} as const;

/** Members, tags, actions and use. */
export const sharingOperations = {
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
    summary: 'Shows one member of an image.',
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
    summary: 'Accepts or rejects an image that was shared.',
    success: 200,
    statuses: [200, 400, 401, 403, 404],
    response: MEMBER_RESPONSE,
    source: MEMBERS,
  },
  deleteImageMember: {
    method: 'delete',
    path: '/v2/images/{image_id}/members/{member_id}',
    summary: 'Ends sharing an image with a project.',
    success: 204,
    statuses: [204, 400, 401, 403, 404],
    source: MEMBERS,
  },
  addImageTag: {
    method: 'put',
    path: '/v2/images/{image_id}/tags/{tag}',
    summary: 'Puts a tag on an image.',
    success: 204,
    statuses: [204, 400, 401, 403, 404, 413],
    source: TAGS,
  },
  deleteImageTag: {
    method: 'delete',
    path: '/v2/images/{image_id}/tags/{tag}',
    summary: 'Takes a tag off an image.',
    success: 204,
    statuses: [204, 400, 401, 403, 404],
    source: TAGS,
  },
  deactivateImage: {
    method: 'post',
    path: '/v2/images/{image_id}/actions/deactivate',
    summary: 'Takes the data of an image out of reach.',
    success: 204,
    statuses: [204, 400, 403, 404],
    alsoSeen: [401],
    source: ACTIONS,
  },
  reactivateImage: {
    method: 'post',
    path: '/v2/images/{image_id}/actions/reactivate',
    summary: 'Brings the data of an image back into reach.',
    success: 204,
    statuses: [204, 400, 403, 404],
    alsoSeen: [401],
    source: ACTIONS,
  },
  discoverUsage: {
    method: 'get',
    path: '/v2/info/usage',
    summary: 'Says what the project uses, and what it may use.',
    success: 200,
    statuses: [200],
    alsoSeen: [400, 401, 500],
    response: { type: 'object', required: ['usage'], properties: { usage: { type: 'object' } } },
    source: 'Image service API v2 reference, "Discovery"',
  },
} as const satisfies Readonly<Record<string, Operation>>;
