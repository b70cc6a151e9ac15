import type { JsonSchema } from '../../../contract/schema.ts';
import { GROUP_POLICIES } from '../../../domain/servers/server-groups.ts';
import { NAME, wrapped } from '../schemas.ts';

/** The first microversions with project and user, with soft policies, and with one policy and its rules. */
export const FIRST_WITH_OWNER = 13;
const FIRST_WITH_SOFT_POLICIES = 15;
export const FIRST_WITH_RULES = 64;

const text = { type: 'string' } as const;

const group = {
  type: 'object',
  required: ['id', 'name', 'members'],
  properties: {
    id: text,
    name: text,
    policies: { type: 'array', items: text },
    policy: text,
    rules: { type: 'object' },
    members: { type: 'array', items: text },
    metadata: { type: 'object' },
    project_id: text,
    user_id: text,
  },
  additionalProperties: false,
} as const;

/** `{server_group}`. */
export const GROUP_REPLY = wrapped('server_group', group);

/** `{server_groups}`. */
export const GROUPS_REPLY = wrapped('server_groups', { type: 'array', items: group });

const RULES = {
  type: 'object',
  properties: {
    max_server_per_host: { type: ['integer', 'string'], pattern: '^[0-9]*$', minimumAmount: 1, minLength: 1 },
  },
  additionalProperties: false,
} as const;

/** The exact schema of a request that creates a group. @param minor - microversion. */
export function newGroupSchema(minor: number): JsonSchema {
  const choices = minor < FIRST_WITH_SOFT_POLICIES ? GROUP_POLICIES.slice(0, 2) : GROUP_POLICIES;
  const policy = { type: 'string', enum: choices } as const;
  const policies = { type: 'array', items: policy, uniqueItems: true, minItems: 1, maxItems: 1 } as const;
  const isNew = minor >= FIRST_WITH_RULES;
  return wrapped('server_group', {
    type: 'object',
    required: ['name', isNew ? 'policy' : 'policies'],
    properties: { name: NAME, ...(isNew ? { policy, rules: RULES } : { policies }) },
    additionalProperties: false,
  });
}
