import type { JsonSchema } from '../../../contract/schema.ts';

/** Disk formats that the document lists, and that of ISO images. */
export const DISK_FORMATS = ['zvhd2', 'vhd', 'zvhd', 'raw', 'qcow2', 'iso'] as const;
/** The one container format that the document lists. */
export const CONTAINER_FORMATS = ['bare'] as const;

const UUID_PATTERN = '^([0-9a-fA-F]){8}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){12}$';
const STATUSES = ['queued', 'saving', 'deleted', 'killed', 'active'] as const;
const VISIBILITIES = ['private', 'public', 'shared'] as const;
const MEMBER_STATUSES = ['pending', 'accepted', 'rejected'] as const;
const text = (description: string, more: object = {}): object => ({ type: 'string', description, ...more });

const imageDocument = {
  name: 'image',
  properties: {
    id: text('UUID of the image', { pattern: UUID_PATTERN }),
    name: text('Name of the image, for people', { maxLength: 255 }),
    status: text('State of the image', { enum: STATUSES, readOnly: true }),
    visibility: text('Who can see the image', { enum: VISIBILITIES }),
    protected: { type: 'boolean', description: 'While true, the image cannot be deleted' },
    tags: { type: 'array', description: 'Words attached to the image', items: { type: 'string', maxLength: 255 } },
    owner: text('Project that owns the image', { maxLength: 255 }),
    container_format: text('Format of the container', { enum: CONTAINER_FORMATS }),
    disk_format: text('Format of the disk', { enum: DISK_FORMATS }),
    min_disk: { type: 'integer', description: 'Gigabytes of disk that a server needs' },
    min_ram: { type: 'integer', description: 'Megabytes of memory that a server needs' },
    size: { type: ['null', 'integer'], description: 'Bytes of data', readOnly: true },
    virtual_size: { type: ['null', 'integer'], description: 'Bytes of the disk inside', readOnly: true },
    checksum: text('MD5 of the data', { maxLength: 32, readOnly: true }),
    created_at: text('When the image was registered', { readOnly: true }),
    updated_at: text('When the image last changed', { readOnly: true }),
    self: text('Path of the image', { readOnly: true }),
    file: text("Path of the image's data", { readOnly: true }),
    schema: text('Path of this schema', { readOnly: true }),
    __imagetype: text('gold for a public image, else private or shared'),
    __isregistered: text('Whether the image can be used'),
    __image_source_type: text('Where the data lies'),
    __image_size: text('Bytes of data, as a text'),
    __os_type: text('Linux, Windows or Other'),
    __os_bit: text('32 or 64'),
    __os_version: text('Full name of the operating system'),
    __platform: text('Name of the operating system'),
    virtual_env_type: text('What kind of server the image is for'),
    __whole_image: { type: 'boolean', description: 'Whether the image is one of a whole server' },
  },
  additionalProperties: { type: 'string' },
  links: [
    { rel: 'self', href: '{self}' },
    { rel: 'enclosure', href: '{file}' },
    { rel: 'describedby', href: '{schema}' },
  ],
};

const memberDocument = {
  name: 'member',
  properties: {
    member_id: text('Project with which the image is shared'),
    image_id: text('UUID of the image', { pattern: UUID_PATTERN }),
    status: text('What the member made of the offer', { enum: MEMBER_STATUSES }),
    created_at: text('When the image was shared'),
    updated_at: text('When the membership last changed'),
    schema: { type: 'string' },
  },
};

const imagesDocument = {
  name: 'images',
  properties: {
    images: { type: 'array', items: imageDocument },
    first: { type: 'string' },
    next: { type: 'string' },
    schema: { type: 'string' },
  },
  links: [
    { rel: 'first', href: '{first}' },
    { rel: 'next', href: '{next}' },
    { rel: 'describedby', href: '{schema}' },
  ],
};

const membersDocument = {
  name: 'members',
  properties: { members: { type: 'array', items: memberDocument }, schema: { type: 'string' } },
  links: [{ rel: 'describedby', href: '{schema}' }],
};

/** The JSON schemas that the API hands out, as text. */
export const SCHEMA_TEXTS = {
  image: JSON.stringify(imageDocument),
  images: JSON.stringify(imagesDocument),
  member: JSON.stringify(memberDocument),
  members: JSON.stringify(membersDocument),
} as const;

const REQUIRED_TEXTS = [
  'name',
  'owner',
  'container_format',
  'disk_format',
  'self',
  'file',
  '__imagetype',
  '__isregistered',
  '__image_source_type',
  '__image_size',
  '__os_type',
  '__os_bit',
  '__os_version',
  '__platform',
  'virtual_env_type',
];

const imageProperties = {
  ...Object.fromEntries(REQUIRED_TEXTS.map((name) => [name, { type: 'string' }])),
  id: { type: 'string', pattern: UUID_PATTERN },
  status: { enum: STATUSES },
  visibility: { enum: VISIBILITIES },
  protected: { type: 'boolean' },
  tags: { type: 'array', items: { type: 'string' } },
  min_disk: { type: 'integer', minimum: 0 },
  min_ram: { type: 'integer', minimum: 0 },
  size: { type: 'integer', minimum: 0 },
  created_at: { type: 'string', format: 'date-time' },
  updated_at: { type: 'string', format: 'date-time' },
  schema: { const: '/v2/schemas/image' },
};

/** Body of `showImage` and `updateImage`. */
export const IMAGE_REPLY: JsonSchema = {
  type: 'object',
  required: Object.keys(imageProperties),
  properties: {
    ...imageProperties,
    virtual_size: { type: ['integer', 'null'] },
    checksum: { type: 'string' },
    // Clients of other APIs can write into it what is neither true nor false.
    __whole_image: { type: ['boolean', 'string'] },
  },
  additionalProperties: { type: 'string' },
};

/** Body of `listImages`. */
export const IMAGE_LIST_REPLY: JsonSchema = {
  type: 'object',
  required: ['images', 'first', 'schema'],
  properties: {
    images: { type: 'array', items: IMAGE_REPLY },
    first: { type: 'string' },
    next: { type: 'string' },
    schema: { const: '/v2/schemas/images' },
  },
  additionalProperties: false,
};

/** Body of `listCloudImages`. */
export const CLOUD_IMAGE_LIST_REPLY: JsonSchema = {
  type: 'object',
  required: ['images'],
  properties: { images: { type: 'array', items: IMAGE_REPLY } },
  additionalProperties: false,
};

/** Body of the version operations. */
export const VERSIONS_REPLY: JsonSchema = {
  type: 'object',
  required: ['versions'],
  properties: {
    versions: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'status', 'links'],
        properties: {
          id: { type: 'string' },
          status: { enum: ['CURRENT', 'SUPPORTED', 'DEPRECATED'] },
          links: {
            type: 'array',
            items: {
              type: 'object',
              required: ['href', 'rel'],
              properties: { href: { type: 'string' }, rel: { type: 'string' } },
            },
          },
        },
      },
    },
  },
};

/** Body of the schema operations. */
export const SCHEMA_REPLY: JsonSchema = {
  type: 'object',
  required: ['name', 'properties'],
  properties: { name: { type: 'string' }, properties: { type: 'object' } },
};

const MEMBER = {
  type: 'object',
  required: ['status', 'created_at', 'updated_at', 'image_id', 'member_id', 'schema'],
  properties: {
    status: { enum: MEMBER_STATUSES },
    created_at: { type: 'string', format: 'date-time' },
    updated_at: { type: 'string', format: 'date-time' },
    image_id: { type: 'string', pattern: UUID_PATTERN },
    member_id: { type: 'string' },
    schema: { const: '/v2/schemas/member' },
  },
  additionalProperties: false,
};

/** Body of the operations on one member. */
export const MEMBER_REPLY: JsonSchema = MEMBER;

/** Body of `listImageMembers`. */
export const MEMBER_LIST_REPLY: JsonSchema = {
  type: 'object',
  required: ['members', 'schema'],
  properties: { members: { type: 'array', items: MEMBER }, schema: { const: '/v2/schemas/members' } },
  additionalProperties: false,
};

const OLD_TIME = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}$' };
const TEXT_OR_NULL = { type: ['string', 'null'] };
const COUNT = { type: 'integer', minimum: 0 };

const OLD_IMAGE_PROPERTIES = {
  id: { type: 'string', pattern: UUID_PATTERN },
  name: { type: 'string' },
  status: { enum: STATUSES },
  container_format: TEXT_OR_NULL,
  disk_format: TEXT_OR_NULL,
  size: COUNT,
  virtual_size: { type: ['integer', 'null'] },
  checksum: TEXT_OR_NULL,
  min_disk: COUNT,
  min_ram: COUNT,
  owner: TEXT_OR_NULL,
  is_public: { type: 'boolean' },
  protected: { type: 'boolean' },
  deleted: { type: 'boolean' },
  created_at: OLD_TIME,
  updated_at: OLD_TIME,
  deleted_at: { anyOf: [OLD_TIME, { type: 'null' }] },
  properties: { type: 'object', additionalProperties: { type: 'string' } },
};

/** Body of `listImagesDetailV11`. */
export const OLD_IMAGE_LIST_REPLY: JsonSchema = {
  type: 'object',
  required: ['images'],
  properties: {
    images: {
      type: 'array',
      items: {
        type: 'object',
        required: Object.keys(OLD_IMAGE_PROPERTIES),
        properties: OLD_IMAGE_PROPERTIES,
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
};

/** Body of `showQuota`. */
export const QUOTA_REPLY: JsonSchema = {
  type: 'object',
  required: ['quotas'],
  properties: {
    quotas: {
      type: 'object',
      required: ['resources'],
      properties: {
        resources: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            required: ['type', 'used', 'quota', 'min', 'max'],
            properties: {
              type: { const: 'image' },
              used: COUNT,
              quota: COUNT,
              min: COUNT,
              max: COUNT,
            },
          },
        },
      },
    },
  },
};

/** Body of `listOsVersions`. */
export const OS_VERSIONS_REPLY: JsonSchema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['platform', 'version_list'],
    properties: {
      platform: { type: 'string' },
      version_list: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['platform', 'os_version_key', 'os_version', 'os_bit', 'os_type'],
          properties: {
            platform: { type: 'string' },
            os_version_key: { type: 'string' },
            os_version: { type: 'string' },
            os_bit: { enum: [32, 64] },
            os_type: { enum: ['Linux', 'Windows', 'Other'] },
          },
        },
      },
    },
  },
};
