import type { JsonSchema } from '../../../contract/schema.ts';
import { FLAG, wrapped } from '../schemas.ts';

/** The first microversions with `forced_down`, and with ids of services. */
export const FIRST_WITH_FORCED_DOWN = 11;
export const FIRST_WITH_IDS = 53;

/** A request that changes a service, for every microversion; each one rejects some of it. */
export const SERVICE_CHANGE: JsonSchema = { type: 'object' };

const label = { type: 'string', minLength: 1, maxLength: 255 } as const;

/** The name of a compute host. */
export const HOST_NAME = { ...label, pattern: '^[a-zA-Z0-9-._]*$' } as const;

/** The exact schema of a request that changes a service. @param minor - microversion. */
export function serviceSchema(minor: number): JsonSchema {
  const forcedDown = minor >= FIRST_WITH_FORCED_DOWN && { forced_down: FLAG };
  return minor < FIRST_WITH_IDS
    ? {
        type: 'object',
        required: ['host', 'binary'],
        properties: { host: HOST_NAME, binary: label, disabled_reason: label, ...forcedDown },
        additionalProperties: false,
      }
    : {
        type: 'object',
        properties: {
          status: { type: 'string', enum: ['enabled', 'disabled'] },
          disabled_reason: label,
          ...forcedDown,
        },
        additionalProperties: false,
      };
}

const text = { type: 'string' } as const;

const hypervisor = {
  type: 'object',
  required: ['id', 'hypervisor_hostname', 'state', 'status'],
  properties: { id: { type: ['integer', 'string'] }, hypervisor_hostname: text, state: text, status: text },
} as const;

/** `{hypervisor}`. */
export const HYPERVISOR_REPLY = wrapped('hypervisor', hypervisor);

/** `{hypervisor}` with its uptime. */
export const UPTIME_REPLY = wrapped('hypervisor', {
  ...hypervisor,
  required: [...hypervisor.required, 'uptime'],
  properties: { ...hypervisor.properties, uptime: text },
});

/** `{hypervisors}` that match a name. */
export const HYPERVISORS_REPLY = wrapped('hypervisors', { type: 'array', items: hypervisor });

/** `{service}`, as changed: by an action the host and the program, by its id all of it. */
export const SERVICE_REPLY = wrapped('service', {
  type: 'object',
  required: ['host', 'binary'],
  properties: {
    id: text,
    host: text,
    binary: text,
    status: text,
    state: text,
    disabled_reason: { type: ['string', 'null'] },
  },
});
