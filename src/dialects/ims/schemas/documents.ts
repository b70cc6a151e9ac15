import {
  describedText,
  GLANCE_UUID_PATTERN,
  IMAGE_LINKS,
  imageListDocument,
  listDocument,
  memberDocument,
} from '../../glance/schema-documents.ts';
import { CONTAINER_FORMATS, DISK_FORMATS, STATUSES, VISIBILITIES } from '../images/schemas.ts';

const imageDocument = {
  name: 'image',
  properties: {
    id: describedText('UUID of the image', { pattern: GLANCE_UUID_PATTERN }),
    name: describedText('Name of the image, for people', { maxLength: 255 }),
    status: describedText('State of the image', { enum: STATUSES, readOnly: true }),
    visibility: describedText('Who can see the image', { enum: VISIBILITIES }),
    protected: { type: 'boolean', description: 'While true, the image cannot be deleted' },
    tags: { type: 'array', description: 'Words attached to the image', items: { type: 'string', maxLength: 255 } },
    owner: describedText('Project that owns the image', { maxLength: 255 }),
    container_format: describedText('Format of the container', { enum: CONTAINER_FORMATS }),
    disk_format: describedText('Format of the disk', { enum: DISK_FORMATS }),
    min_disk: { type: 'integer', description: 'Gigabytes of disk that a server needs' },
    min_ram: { type: 'integer', description: 'Megabytes of memory that a server needs' },
    size: { type: ['null', 'integer'], description: 'Bytes of data', readOnly: true },
    virtual_size: { type: ['null', 'integer'], description: 'Bytes of the disk inside', readOnly: true },
    checksum: describedText('MD5 of the data', { maxLength: 32, readOnly: true }),
    created_at: describedText('When the image was registered', { readOnly: true }),
    updated_at: describedText('When the image last changed', { readOnly: true }),
    self: describedText('Path of the image', { readOnly: true }),
    file: describedText("Path of the image's data", { readOnly: true }),
    schema: describedText('Path of this schema', { readOnly: true }),
    __imagetype: describedText('gold for a public image, else private or shared'),
    __isregistered: describedText('Whether the image can be used'),
    __image_source_type: describedText('Where the data lies'),
    __image_size: describedText('Bytes of data, as a text'),
    __os_type: describedText('Linux, Windows or Other'),
    __os_bit: describedText('32 or 64'),
    __os_version: describedText('Full name of the operating system'),
    __platform: describedText('Name of the operating system'),
    virtual_env_type: describedText('What kind of server the image is for'),
    __whole_image: { type: 'boolean', description: 'Whether the image is one of a whole server' },
  },
  additionalProperties: { type: 'string' },
  links: IMAGE_LINKS,
};

/** JSON texts of the schemas that the API returns. */
export const SCHEMA_TEXTS = {
  image: JSON.stringify(imageDocument),
  images: JSON.stringify(imageListDocument(imageDocument)),
  member: JSON.stringify(memberDocument('Project')),
  members: JSON.stringify(listDocument('members', memberDocument('Project'))),
} as const;
