import type { Operation } from '../../../contract/contract.ts';
import { ALL_TAGS_REPLY, KEY_VALUE, RESOURCES_REPLY, TAG_QUERY, TAG_TEXTS_REPLY, TAGS_REPLY } from './schemas.ts';

const SOURCE = 'Image Management Service API reference';
const USUAL = [400, 401, 403, 404, 500, 503] as const;

/** Calls of the service itself for tags of key and value. */
export const tagOperations = {
  putTag: {
    method: 'put',
    path: '/v1/cloudimages/tags',
    summary: 'Puts a tag on an image, or changes its value.',
    success: 204,
    statuses: [204, ...USUAL],
    request: {
      type: 'object',
      required: ['image_id'],
      properties: { image_id: { type: 'string' }, tag: { type: 'string' }, image_tag: KEY_VALUE },
    },
    source: `${SOURCE}, "Adding or Modifying a Tag"`,
  },
  listTags: {
    method: 'get',
    path: '/v1/cloudimages/tags',
    summary: "Lists the tags of images that the list's filters find.",
    success: 200,
    statuses: [200, ...USUAL],
    response: TAG_TEXTS_REPLY,
    source: `${SOURCE}, "Querying Tags"`,
  },
  addKeyValueTag: {
    method: 'post',
    path: '/v2/{project_id}/images/{image_id}/tags',
    summary: 'Puts a tag on an image, or changes its value.',
    success: 204,
    statuses: [204, ...USUAL],
    request: { type: 'object', required: ['tag'], properties: { tag: KEY_VALUE } },
    source: `${SOURCE}, "Adding an Image Tag"`,
  },
  batchTags: {
    method: 'post',
    path: '/v2/{project_id}/images/{image_id}/tags/action',
    summary: 'Puts several tags on an image, or takes them off.',
    success: 204,
    statuses: [204, ...USUAL],
    request: {
      type: 'object',
      required: ['action', 'tags'],
      properties: {
        action: { enum: ['create', 'delete'] },
        tags: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            required: ['key'],
            properties: { key: { type: 'string', minLength: 1 }, value: { type: 'string' } },
          },
        },
      },
    },
    source: `${SOURCE}, "Adding or Deleting Image Tags in Batches"`,
  },
  deleteKeyValueTag: {
    method: 'delete',
    path: '/v2/{project_id}/images/{image_id}/tags/{key}',
    summary: 'Takes the tag of a key off an image.',
    success: 204,
    statuses: [204, ...USUAL],
    source: `${SOURCE}, "Deleting an Image Tag"`,
  },
  listKeyValueTags: {
    method: 'get',
    path: '/v2/{project_id}/images/{image_id}/tags',
    summary: 'Lists the tags of an image.',
    success: 200,
    statuses: [200, ...USUAL],
    response: TAGS_REPLY,
    source: `${SOURCE}, "Querying Tags of an Image"`,
  },
  listAllTags: {
    method: 'get',
    path: '/v2/{project_id}/images/tags',
    summary: "Lists the keys of all tags of a project's images, each with its values.",
    success: 200,
    statuses: [200, ...USUAL],
    response: ALL_TAGS_REPLY,
    source: `${SOURCE}, "Querying All Image Tags"`,
  },
  queryByTags: {
    method: 'post',
    path: '/v2/{project_id}/images/resource_instances/action',
    summary: "Finds or counts a project's images by their tags.",
    success: 200,
    statuses: [200, ...USUAL],
    request: TAG_QUERY,
    response: RESOURCES_REPLY,
    source: `${SOURCE}, "Querying Images by Tag"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
