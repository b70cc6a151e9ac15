import type { JsonSchema } from '../../../contract/schema.ts';
import { GLANCE_UUID_PATTERN } from '../../glance/schema-documents.ts';
import { IMAGE_DOCUMENT } from '../images/schemas.ts';
import { LISTED_TASK_PROPERTIES, TASK_PROPERTIES } from '../tasks/schemas.ts';

const listDocument = (name: string, links: readonly string[], item: object): object => ({
  name,
  properties: {
    [name]: { type: 'array', items: item },
    ...(links.includes('first') && {
      first: { type: 'string' },
      next: { type: 'string' },
    }),
    schema: { type: 'string' },
  },
  links: links.map((rel) => ({
    rel,
    href: `{${rel === 'describedby' ? 'schema' : rel}}`,
  })),
});

const MEMBER_DOCUMENT = {
  name: 'member',
  properties: {
    member_id: {
      type: 'string',
      description: 'An identifier for the image member (tenantId)',
    },
    image_id: {
      type: 'string',
      description: 'An identifier for the image',
      pattern: GLANCE_UUID_PATTERN,
    },
    created_at: {
      type: 'string',
      description: 'Date and time of image member creation',
    },
    updated_at: {
      type: 'string',
      description: 'Date and time of last modification of image member',
    },
    status: {
      type: 'string',
      description: 'The status of this image member',
      enum: ['pending', 'accepted', 'rejected'],
    },
    schema: { readOnly: true, type: 'string' },
  },
};

/** The schema documents that the service returns, by name. */
export const SCHEMA_DOCUMENTS = {
  image: IMAGE_DOCUMENT,
  images: listDocument('images', ['first', 'next', 'describedby'], IMAGE_DOCUMENT),
  member: MEMBER_DOCUMENT,
  members: listDocument('members', ['describedby'], MEMBER_DOCUMENT),
  task: { name: 'task', properties: TASK_PROPERTIES },
  tasks: listDocument('tasks', ['describedby'], {
    name: 'task',
    properties: LISTED_TASK_PROPERTIES,
  }),
} as const;
/** Name of a schema document. */
export type SchemaName = keyof typeof SCHEMA_DOCUMENTS;

/** Response body of an operation that returns a schema document. */
export const SCHEMA_RESPONSE: JsonSchema = {
  type: 'object',
  required: ['name', 'properties'],
  properties: { name: { type: 'string' }, properties: { type: 'object' } },
};
