import { wrapped } from '../schemas.ts';

const number = { type: 'number' } as const;
const text = { type: 'string' } as const;
const links = { type: 'array' } as const;

const usage = {
  type: 'object',
  properties: {
    tenant_id: text,
    start: text,
    stop: text,
    total_hours: number,
    total_memory_mb_usage: number,
    total_vcpus_usage: number,
    total_local_gb_usage: number,
    server_usages: { type: 'array', items: { type: 'object', required: ['instance_id', 'hours', 'state'] } },
  },
  additionalProperties: false,
} as const;

const paged = (name: string, value: object) => ({
  ...wrapped(name, value),
  properties: { [name]: value, [`${name}_links`]: links },
});

/** `{tenant_usages}`. */
export const USAGES_REPLY = paged('tenant_usages', { type: 'array', items: usage });

/** `{tenant_usage}`, which is empty for a project without servers. */
export const USAGE_REPLY = paged('tenant_usage', usage);
