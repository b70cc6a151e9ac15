import { wrapped } from '../schemas.ts';

/** `{availabilityZoneInfo}`. */
export const ZONES_REPLY = wrapped('availabilityZoneInfo', {
  type: 'array',
  items: {
    type: 'object',
    required: ['zoneName', 'zoneState', 'hosts'],
    properties: {
      zoneName: { type: 'string' },
      zoneState: { type: 'object', required: ['available'], properties: { available: { type: 'boolean' } } },
      hosts: { type: ['object', 'null'] },
    },
    additionalProperties: false,
  },
});
