import { imageReplies } from '../nova/schemas.ts';

// Two properties, which older clouds keep their disks in, are shown as the JSON that their text holds.
const replies = imageReplies({});

/** The lists, brief and in full, and one image. */
export const LIST_REPLY = replies.list;
export const DETAIL_REPLY = replies.detail;
export const IMAGE_REPLY = replies.image;

const text = { type: 'string' } as const;
const version = (more: Readonly<Record<string, object>>) =>
  ({
    type: 'object',
    required: ['id', 'status', 'version', 'min_version', 'updated', 'links', ...Object.keys(more)],
    properties: {
      id: text,
      status: { enum: ['CURRENT', 'SUPPORTED', 'DEPRECATED'] },
      version: text,
      min_version: text,
      updated: text,
      links: { type: 'array', items: { type: 'object', required: ['rel', 'href'] } },
      ...more,
    },
    additionalProperties: false,
  }) as const;

/** `{versions}`, at the root. */
export const VERSIONS_REPLY = {
  type: 'object',
  required: ['versions'],
  properties: { versions: { type: 'array', items: version({}) } },
  additionalProperties: false,
} as const;

/** `{version}`. */
export const VERSION_REPLY = {
  type: 'object',
  required: ['version'],
  properties: { version: version({ 'media-types': { type: 'array', items: { type: 'object' } } }) },
  additionalProperties: false,
} as const;

/** Names that items of metadata can have. */
export const METADATA_KEY = '^[a-zA-Z0-9-_:. ]{1,255}$';

const items = {
  type: 'object',
  patternProperties: { [METADATA_KEY]: { type: 'string', maxLength: 255 } },
  additionalProperties: false,
} as const;

const holding = <Name extends string>(name: Name, value: object) =>
  ({ type: 'object', required: [name], properties: { [name]: value }, additionalProperties: false }) as const;

/** `{metadata}` and `{meta}`, as they are sent. */
export const METADATA_REQUEST = holding('metadata', items);
export const META_REQUEST = holding('meta', { ...items, minProperties: 1, maxProperties: 1 });

/** `{metadata}` and `{meta}`, as they are answered: two properties are shown as the JSON that their text holds. */
export const METADATA_REPLY = holding('metadata', { type: 'object' });
export const META_REPLY = holding('meta', { type: 'object', minProperties: 1, maxProperties: 1 });

/** Text that can be printed, without blanks around it; line ends at the very end go unnoticed. */
const NAME_PATTERN = '^(?!.*[\\u{10000}-\\u{10FFFF}])[^\\p{C}\\p{Z}](?:[^\\p{C}\\p{Zl}\\p{Zp}]*[^\\p{C}\\p{Z}])?\\n?$';

/** `{createImage}`. */
export const CREATE_IMAGE_REQUEST = holding('createImage', {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string', minLength: 1, maxLength: 255, pattern: NAME_PATTERN }, metadata: items },
  additionalProperties: false,
});

const count = { type: 'integer', minimum: -1 } as const;

/** `{limits}`. */
export const LIMITS_REPLY = holding('limits', {
  type: 'object',
  required: ['rate', 'absolute'],
  properties: {
    rate: { type: 'array', maxItems: 0 },
    absolute: { type: 'object', required: ['maxTotalInstances', 'maxTotalRAMSize'], additionalProperties: count },
  },
  additionalProperties: false,
});

/** `{servers}` and `{server}`, as far as images are concerned. */
const server = {
  type: 'object',
  required: ['id', 'name', 'links'],
  properties: { id: text, name: text, links: { type: 'array', items: { type: 'object', required: ['rel', 'href'] } } },
} as const;
export const SERVERS_REPLY = {
  type: 'object',
  required: ['servers'],
  properties: { servers: { type: 'array', items: server }, servers_links: { type: 'array' } },
  additionalProperties: false,
} as const;
export const SERVER_REPLY = holding('server', server);
