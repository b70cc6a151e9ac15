import {
  describedText,
  GLANCE_UUID_PATTERN,
  IMAGE_LINKS,
  imageListDocument,
  listDocument,
  memberDocument,
} from '../../glance/schema-documents.ts';
import { CONTAINER_FORMATS, DISK_FORMATS } from '../images/schemas.ts';

const readOnlyText = (description: string): object => describedText(`${description} (READ-ONLY)`);

const imageDocument = {
  name: 'image',
  properties: {
    id: describedText('UUID of the image', { pattern: GLANCE_UUID_PATTERN }),
    name: describedText('Name of the image, for people', { maxLength: 255 }),
    status: describedText('State of the image (READ-ONLY)', {
      enum: ['queued', 'saving', 'active', 'killed', 'deleted', 'pending_delete', 'deactivated'],
    }),
    visibility: describedText('Who can see the image', { enum: ['public', 'private', 'shared'] }),
    protected: { type: 'boolean', description: 'While true, the image cannot be deleted' },
    tags: { type: 'array', description: 'Words attached to the image', items: { type: 'string', maxLength: 255 } },
    checksum: describedText('MD5 of the data (READ-ONLY)', { maxLength: 32 }),
    size: { type: 'integer', description: 'Bytes of data (READ-ONLY)' },
    container_format: describedText('Format of the container', { enum: CONTAINER_FORMATS }),
    disk_format: describedText('Format of the disk', { enum: DISK_FORMATS }),
    min_disk: { type: 'integer', description: 'Gigabytes of disk that a server needs' },
    min_ram: { type: 'integer', description: 'Megabytes of memory that a server needs' },
    owner: describedText('Tenant that owns the image'),
    created_at: readOnlyText('When the image was registered'),
    updated_at: readOnlyText('When the image last changed'),
    architecture: describedText('Processor architecture of the operating system'),
    os_distro: describedText('Name of the distribution, lower case'),
    os_version: describedText("Version, as the distribution's maker says it"),
    instance_uuid: describedText('Server from which the image was made'),
    kernel_id: describedText('Image that holds the kernel, for AMI', { pattern: GLANCE_UUID_PATTERN }),
    ramdisk_id: describedText('Image that holds the RAM disk, for AMI', { pattern: GLANCE_UUID_PATTERN }),
    self: readOnlyText('Path of the image'),
    file: readOnlyText("Path of the image's data"),
    schema: readOnlyText('Path of this schema'),
  },
  additionalProperties: { type: 'string' },
  links: IMAGE_LINKS,
};

const taskProperties = {
  id: describedText('UUID of the task', { pattern: GLANCE_UUID_PATTERN }),
  type: describedText('What the task does', { enum: ['import', 'export'] }),
  status: describedText('How far the task is', { enum: ['pending', 'processing', 'success', 'failure'] }),
  owner: describedText('Tenant that asked for the task'),
  created_at: describedText('When the task was asked for'),
  updated_at: describedText('When the task last changed'),
  expires_at: describedText('When the task will be forgotten'),
  self: { type: 'string' },
  schema: { type: 'string' },
};

const taskDocument = {
  name: 'task',
  properties: {
    ...taskProperties,
    input: { type: 'object', description: 'What the task was given' },
    result: { type: 'object', description: 'What came of the task' },
    message: describedText('Why the task failed'),
  },
};

/** JSON texts of the schemas that the API returns. */
export const SCHEMA_TEXTS = {
  image: JSON.stringify(imageDocument),
  images: JSON.stringify(imageListDocument(imageDocument)),
  member: JSON.stringify(memberDocument('Tenant')),
  members: JSON.stringify(listDocument('members', memberDocument('Tenant'))),
  task: JSON.stringify(taskDocument),
  tasks: JSON.stringify(listDocument('tasks', { name: 'task', properties: taskProperties })),
} as const;
