import { ITEMS } from '../metadata/schemas.ts';
import { FLAG, NAME_PATTERN, wrapped } from '../schemas.ts';
import { devicesSchema, OLDER_DEVICES } from './device-schemas.ts';

const text = { type: 'string' } as const;
const label = { type: 'string', minLength: 1, maxLength: 255 } as const;
const count = { type: ['integer', 'string'], pattern: '^[0-9]*$', minimumAmount: 1, minLength: 1 } as const;
/** Members of every microversion. */
const COMMON = {
  name: { ...label, pattern: NAME_PATTERN },
  flavorRef: { type: ['string', 'integer'], minLength: 1 },
  imageRef: {
    anyOf: [
      { type: 'string', format: 'uuid' },
      { type: 'string', maxLength: 0 },
    ],
  },
  metadata: ITEMS,
  adminPass: text,
  'OS-DCF:diskConfig': { type: 'string', enum: ['AUTO', 'MANUAL'] },
  accessIPv4: { type: 'string', format: 'ipv4' },
  accessIPv6: { type: 'string', format: 'ipv6' },
  availability_zone: label,
  block_device_mapping: OLDER_DEVICES,
  config_drive: FLAG,
  key_name: label,
  min_count: count,
  max_count: count,
  return_reservation_id: FLAG,
  security_groups: {
    type: 'array',
    items: { type: 'object', properties: { name: label }, additionalProperties: false },
  },
  user_data: { type: 'string', format: 'base64', maxLength: 65_535 },
} as const;

const PERSONALITY = {
  type: 'array',
  items: {
    type: 'object',
    properties: { path: text, contents: { type: 'string', format: 'base64' } },
    additionalProperties: false,
  },
} as const;

const UUID = { type: 'string', format: 'uuid' } as const;
const SERVERS = { anyOf: [UUID, { type: 'array', items: UUID, minItems: 1, uniqueItems: true }] } as const;

/** Wishes about the host of a server. Others than these are allowed. */
const HINTS = {
  type: 'object',
  properties: { group: UUID, different_host: SERVERS, same_host: SERVERS },
} as const;

const LIST_OF_NETWORKS = { type: 'array', items: { type: 'object' } } as const;

/** Microversions that change the body of a request. */
const FIRST_WITH_DESCRIPTION = 19;
const FIRST_WITH_NETWORKS = 37;
const FIRST_WITH_TAGS = 52;
const FIRST_WITHOUT_PERSONALITY = 57;
const FIRST_WITH_CERTIFICATES = 63;
const FIRST_WITH_HOST = 74;
const FIRST_WITH_HOSTNAME = 90;

/** `{server}` in a request, for every microversion; each one rejects some of it. */
export const CREATE_SERVER_REQUEST = {
  type: 'object',
  required: ['server'],
  properties: { server: { type: 'object' } },
} as const;

/** The exact schema of `{server}` in a request. @param minor - microversion. */
export function serverSchema(minor: number) {
  const needsNetworks = minor >= FIRST_WITH_NETWORKS;
  const server = {
    type: 'object',
    required: ['name', 'flavorRef', ...(needsNetworks ? ['networks'] : [])],
    properties: {
      ...COMMON,
      block_device_mapping_v2: devicesSchema(minor),
      networks: needsNetworks ? { anyOf: [LIST_OF_NETWORKS, { enum: ['none', 'auto'] }] } : LIST_OF_NETWORKS,
      ...(minor >= FIRST_WITH_DESCRIPTION && { description: { type: ['string', 'null'], maxLength: 255 } }),
      ...(minor >= FIRST_WITH_TAGS && { tags: { type: 'array', maxItems: 50, items: { ...label, maxLength: 60 } } }),
      ...(minor < FIRST_WITHOUT_PERSONALITY && { personality: PERSONALITY }),
      ...(minor >= FIRST_WITH_CERTIFICATES && {
        trusted_image_certificates: { type: ['array', 'null'], items: label },
      }),
      ...(minor >= FIRST_WITH_HOST && { host: label, hypervisor_hostname: label }),
      ...(minor >= FIRST_WITH_HOSTNAME && { hostname: { type: 'string', minLength: 2, maxLength: 63 } }),
    },
    additionalProperties: false,
  } as const;
  const body = wrapped('server', server);
  return {
    ...body,
    properties: { ...body.properties, 'os:scheduler_hints': HINTS, 'OS-SCH-HNT:scheduler_hints': HINTS },
  };
}
