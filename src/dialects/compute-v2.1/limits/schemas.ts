import { wrapped } from '../schemas.ts';

const count = { type: 'integer', minimum: -1 } as const;

/** `{limits}`. */
export const LIMITS_REPLY = wrapped('limits', {
  type: 'object',
  required: ['rate', 'absolute'],
  properties: {
    rate: { type: 'array', maxItems: 0 },
    absolute: { type: 'object', required: ['maxTotalInstances', 'maxTotalRAMSize'], additionalProperties: count },
  },
  additionalProperties: false,
});
