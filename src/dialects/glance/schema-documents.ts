import type { JsonSchema } from '../../contract/schema.ts';

/** Pattern of an image id in the schema documents of Glance. */
export const GLANCE_UUID_PATTERN =
  '^([0-9a-fA-F]){8}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){12}$';

/** Values of a member's status. */
export const MEMBER_STATUS_VALUES = ['pending', 'accepted', 'rejected'] as const;

/** A text in a schema document, with its description. */
export const describedText = (description: string, more: object = {}): object => ({
  type: 'string',
  description,
  ...more,
});

/** Links of the schema document of an image. */
export const IMAGE_LINKS = [
  { rel: 'self', href: '{self}' },
  { rel: 'enclosure', href: '{file}' },
  { rel: 'describedby', href: '{schema}' },
];

/** The schema document of a list of images. */
export const imageListDocument = (image: object): object => ({
  name: 'images',
  properties: {
    images: { type: 'array', items: image },
    first: { type: 'string' },
    next: { type: 'string' },
    schema: { type: 'string' },
  },
  links: [
    { rel: 'first', href: '{first}' },
    { rel: 'next', href: '{next}' },
    { rel: 'describedby', href: '{schema}' },
  ],
});

/**
 * The schema document of an image member.
 * @param tenant - the API's term for a tenant, capitalized.
 */
export const memberDocument = (tenant: 'Project' | 'Tenant'): object => ({
  name: 'member',
  properties: {
    member_id: describedText(`${tenant} with which the image is shared`),
    image_id: describedText('UUID of the image', { pattern: GLANCE_UUID_PATTERN }),
    status: describedText('What the member made of the offer', { enum: MEMBER_STATUS_VALUES }),
    created_at: describedText('When the image was shared'),
    updated_at: describedText('When the membership last changed'),
    schema: { type: 'string' },
  },
});

/** The schema document of a list without pages. */
export const listDocument = (name: string, item: object): object => ({
  name,
  properties: { [name]: { type: 'array', items: item }, schema: { type: 'string' } },
  links: [{ rel: 'describedby', href: '{schema}' }],
});

/** Response body of an operation that returns a schema document. */
export const SCHEMA_REPLY: JsonSchema = {
  type: 'object',
  required: ['name', 'properties'],
  properties: { name: { type: 'string' }, properties: { type: 'object' } },
};

/** Response body of `listImages`: one page. */
export const imageListReply = (image: JsonSchema): JsonSchema => ({
  type: 'object',
  required: ['images', 'first', 'schema'],
  properties: {
    images: { type: 'array', items: image },
    first: { type: 'string' },
    next: { type: 'string' },
    schema: { const: '/v2/schemas/images' },
  },
  additionalProperties: false,
});

/** Response body of the operations on one member. */
export const MEMBER_REPLY: JsonSchema = {
  type: 'object',
  required: ['created_at', 'image_id', 'member_id', 'schema', 'status', 'updated_at'],
  properties: {
    created_at: { type: 'string', format: 'date-time' },
    updated_at: { type: 'string', format: 'date-time' },
    image_id: { type: 'string', pattern: GLANCE_UUID_PATTERN },
    member_id: { type: 'string' },
    status: { enum: MEMBER_STATUS_VALUES },
    schema: { const: '/v2/schemas/member' },
  },
  additionalProperties: false,
};

/** Response body of `listImageMembers`. */
export const MEMBER_LIST_REPLY: JsonSchema = {
  type: 'object',
  required: ['members', 'schema'],
  properties: { members: { type: 'array', items: MEMBER_REPLY }, schema: { const: '/v2/schemas/members' } },
  additionalProperties: false,
};
