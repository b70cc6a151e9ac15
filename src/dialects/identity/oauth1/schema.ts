import { ID, NAME } from '../records/schema-parts.ts';

/** The roles that a user delegates, each by id or by name. */
export const AUTHORIZED_ROLES = {
  type: 'array',
  items: {
    type: 'object',
    properties: { id: ID, name: NAME },
    minProperties: 1,
    maxProperties: 1,
    additionalProperties: false,
  },
} as const;
