import { BOOLEAN, ID, ID_OR_NULL, NAME } from '../records/schema-parts.ts';

const USER_ID = { type: 'string', minLength: 1, maxLength: 64 } as const;

const ROLE = {
  type: 'object',
  properties: { id: ID, name: NAME },
  minProperties: 1,
  maxProperties: 1,
  additionalProperties: false,
} as const;

/** The body of a new trust. */
export const CREATE_TRUST = {
  type: 'object',
  properties: {
    trustor_user_id: USER_ID,
    trustee_user_id: USER_ID,
    impersonation: BOOLEAN,
    project_id: ID_OR_NULL,
    remaining_uses: { type: ['integer', 'null'], minimum: 1 },
    expires_at: { type: ['null', 'string'] },
    allow_redelegation: { type: ['boolean', 'null'] },
    redelegation_count: { type: ['integer', 'null'], minimum: 0 },
    roles: { type: 'array', items: ROLE },
  },
  required: ['trustor_user_id', 'trustee_user_id', 'impersonation'],
  additionalProperties: true,
} as const;
