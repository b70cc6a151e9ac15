import { NAME_PATTERN, wrapped } from '../schemas.ts';

/** Microversions that change the body of a request. */
const FIRST_WITH_DESCRIPTION = 19;
const FIRST_WITH_HOSTNAME = 90;

/** `{server}` in a request, for every microversion; each one rejects some of it. */
export const UPDATE_SERVER_REQUEST = {
  type: 'object',
  required: ['server'],
  properties: { server: { type: 'object' } },
} as const;

const DESCRIPTION = { type: ['string', 'null'], maxLength: 255, pattern: '^\\P{C}*$' } as const;
const HOSTNAME = {
  type: 'string',
  minLength: 2,
  maxLength: 63,
  pattern: '^[a-zA-Z0-9]+[a-zA-Z0-9-]*[a-zA-Z0-9]+$',
} as const;

/** The exact schema of `{server}` in a request. @param minor - microversion. */
export const updateSchema = (minor: number) =>
  wrapped('server', {
    type: 'object',
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 255, pattern: NAME_PATTERN },
      'OS-DCF:diskConfig': { type: 'string', enum: ['AUTO', 'MANUAL'] },
      accessIPv4: { type: 'string', format: 'ipv4' },
      accessIPv6: { type: 'string', format: 'ipv6' },
      ...(minor >= FIRST_WITH_DESCRIPTION && { description: DESCRIPTION }),
      ...(minor >= FIRST_WITH_HOSTNAME && { hostname: HOSTNAME }),
    },
    additionalProperties: false,
  });
