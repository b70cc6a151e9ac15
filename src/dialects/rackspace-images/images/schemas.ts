import type { JsonSchema } from '../../../contract/schema.ts';

/** Appended to the summary of the patch. */
export const PATCH_REQUEST_NOTE = 'The body is a list of add, replace and remove operations.';

/** Disk formats that the published image schema names. */
export const DISK_FORMATS = ['ami', 'ari', 'aki', 'vhd', 'vmdk', 'raw', 'qcow2', 'vdi', 'iso'] as const;
/** Container formats that the published image schema names. */
export const CONTAINER_FORMATS = ['ami', 'ari', 'aki', 'bare', 'ovf'] as const;

const UUID_PATTERN = '^([0-9a-fA-F]){8}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){12}$';
const text = (description: string, more: object = {}): object => ({ type: 'string', description, ...more });
const readOnlyText = (description: string): object => text(`${description} (READ-ONLY)`);
const MEMBER_STATUS = ['pending', 'accepted', 'rejected'];

const imageDocument = {
  name: 'image',
  properties: {
    id: text('UUID of the image', { pattern: UUID_PATTERN }),
    name: text('Name of the image, for people', { maxLength: 255 }),
    status: text('State of the image (READ-ONLY)', {
      enum: ['queued', 'saving', 'active', 'killed', 'deleted', 'pending_delete', 'deactivated'],
    }),
    visibility: text('Who can see the image', { enum: ['public', 'private', 'shared'] }),
    protected: { type: 'boolean', description: 'While true, the image cannot be deleted' },
    tags: { type: 'array', description: 'Words attached to the image', items: { type: 'string', maxLength: 255 } },
    checksum: text('MD5 of the data (READ-ONLY)', { maxLength: 32 }),
    size: { type: 'integer', description: 'Bytes of data (READ-ONLY)' },
    container_format: text('Format of the container', { enum: CONTAINER_FORMATS }),
    disk_format: text('Format of the disk', { enum: DISK_FORMATS }),
    min_disk: { type: 'integer', description: 'Gigabytes of disk that a server needs' },
    min_ram: { type: 'integer', description: 'Megabytes of memory that a server needs' },
    owner: text('Tenant that owns the image'),
    created_at: readOnlyText('When the image was registered'),
    updated_at: readOnlyText('When the image last changed'),
    architecture: text('Processor architecture of the operating system'),
    os_distro: text('Name of the distribution, lower case'),
    os_version: text("Version, as the distribution's maker says it"),
    instance_uuid: text('Server from which the image was made'),
    kernel_id: text('Image that holds the kernel, for AMI', { pattern: UUID_PATTERN }),
    ramdisk_id: text('Image that holds the RAM disk, for AMI', { pattern: UUID_PATTERN }),
    self: readOnlyText('Path of the image'),
    file: readOnlyText("Path of the image's data"),
    schema: readOnlyText('Path of this schema'),
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
    member_id: text('Tenant with which the image is shared'),
    image_id: text('UUID of the image', { pattern: UUID_PATTERN }),
    status: text('What the member made of the offer', { enum: MEMBER_STATUS }),
    created_at: text('When the image was shared'),
    updated_at: text('When the membership last changed'),
    schema: { type: 'string' },
  },
};

const taskProperties = {
  id: text('UUID of the task', { pattern: UUID_PATTERN }),
  type: text('What the task does', { enum: ['import', 'export'] }),
  status: text('How far the task is', { enum: ['pending', 'processing', 'success', 'failure'] }),
  owner: text('Tenant that asked for the task'),
  created_at: text('When the task was asked for'),
  updated_at: text('When the task last changed'),
  expires_at: text('When the task will be forgotten'),
  self: { type: 'string' },
  schema: { type: 'string' },
};

const taskDocument = {
  name: 'task',
  properties: {
    ...taskProperties,
    input: { type: 'object', description: 'What the task was given' },
    result: { type: 'object', description: 'What came of the task' },
    message: text('Why the task failed'),
  },
};

const listOf = (name: string, item: object): object => ({
  name,
  properties: { [name]: { type: 'array', items: item }, schema: { type: 'string' } },
  links: [{ rel: 'describedby', href: '{schema}' }],
});

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

/** The JSON schemas that the API hands out, as text. */
export const SCHEMA_TEXTS = {
  image: JSON.stringify(imageDocument),
  images: JSON.stringify(imagesDocument),
  member: JSON.stringify(memberDocument),
  members: JSON.stringify(listOf('members', memberDocument)),
  task: JSON.stringify(taskDocument),
  tasks: JSON.stringify(listOf('tasks', { name: 'task', properties: taskProperties })),
} as const;

/** Body of `showImage` and `updateImage`. Attributes that were never set are left out. */
export const IMAGE_REPLY: JsonSchema = {
  type: 'object',
  required: ['id', 'status', 'visibility', 'protected', 'tags', 'created_at', 'file', 'self'],
  properties: {
    id: { type: 'string', pattern: UUID_PATTERN },
    name: { type: 'string' },
    status: { enum: ['queued', 'saving', 'active', 'killed', 'deleted', 'pending_delete', 'deactivated'] },
    visibility: { enum: ['public', 'private', 'shared'] },
    protected: { type: 'boolean' },
    tags: { type: 'array', items: { type: 'string' } },
    created_at: { type: 'string', format: 'date-time' },
    updated_at: { type: 'string', format: 'date-time' },
    size: { type: 'integer', minimum: 0 },
    checksum: { type: 'string' },
    owner: { type: 'string' },
    min_ram: { type: 'integer', minimum: 0 },
    min_disk: { type: 'integer', minimum: 0 },
    container_format: { type: 'string' },
    disk_format: { type: 'string' },
    self: { type: 'string' },
    file: { type: 'string' },
    schema: { const: '/v2/schemas/image' },
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

/** Body of the schema operations. */
export const SCHEMA_REPLY: JsonSchema = {
  type: 'object',
  required: ['name', 'properties'],
  properties: { name: { type: 'string' }, properties: { type: 'object' } },
};

/** Body of the calls that answer one member. */
export const MEMBER_REPLY: JsonSchema = {
  type: 'object',
  required: ['created_at', 'image_id', 'member_id', 'schema', 'status', 'updated_at'],
  properties: {
    created_at: { type: 'string', format: 'date-time' },
    updated_at: { type: 'string', format: 'date-time' },
    image_id: { type: 'string', pattern: UUID_PATTERN },
    member_id: { type: 'string' },
    status: { enum: MEMBER_STATUS },
    schema: { const: '/v2/schemas/member' },
  },
  additionalProperties: false,
};

/** Body of `listImageMembers`. */
export const MEMBER_LIST_REPLY: JsonSchema = {
  type: 'object',
  required: ['members', 'schema'],
  properties: { members: { type: 'array', items: MEMBER_REPLY }, schema: { const: '/v2/schemas/members' } },
  additionalProperties: false,
};

const TASK_MEMBERS = {
  id: { type: 'string', pattern: UUID_PATTERN },
  type: { enum: ['import', 'export'] },
  status: { enum: ['pending', 'processing', 'success', 'failure'] },
  owner: { type: 'string' },
  created_at: { type: 'string', format: 'date-time' },
  updated_at: { type: 'string', format: 'date-time' },
  expires_at: { type: 'string', format: 'date-time' },
  self: { type: 'string' },
  schema: { const: '/v2/schemas/task' },
} as const;
const TASK_REQUIRED = ['id', 'type', 'status', 'owner', 'created_at', 'updated_at', 'self', 'schema'];

/** Body of the calls that answer one task. */
export const TASK_REPLY: JsonSchema = {
  type: 'object',
  required: [...TASK_REQUIRED, 'input', 'message'],
  properties: { ...TASK_MEMBERS, input: { type: 'object' }, result: { type: 'object' }, message: { type: 'string' } },
  additionalProperties: false,
};

/** Body of `listTasks`. */
export const TASK_LIST_REPLY: JsonSchema = {
  type: 'object',
  required: ['tasks', 'first', 'schema'],
  properties: {
    tasks: {
      type: 'array',
      items: { type: 'object', required: TASK_REQUIRED, properties: TASK_MEMBERS, additionalProperties: false },
    },
    first: { type: 'string' },
    next: { type: 'string' },
    schema: { const: '/v2/schemas/tasks' },
  },
  additionalProperties: false,
};
