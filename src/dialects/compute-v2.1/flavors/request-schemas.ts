import type { JsonSchema } from '../../../contract/schema.ts';
import { amount, DESCRIPTION_PATTERN, FLAG, METADATA_KEY, NAME, wrapped } from '../schemas.ts';

/** The first microversion with a description. */
export const FIRST_WITH_DESCRIPTION = 55;

const ID = {
  type: ['string', 'number', 'null'],
  minLength: 1,
  maxLength: 255,
  pattern: '^(?! )[a-zA-Z0-9. _-]+(?<! )$',
} as const;

/** The largest number of single precision. */
const MAX_FACTOR = 3.402_82e38;

const FACTOR = {
  type: ['number', 'string'],
  pattern: '^[0-9]+(\\.[0-9]+)?$',
  exclusiveMinimumAmount: 0,
  maximumAmount: MAX_FACTOR,
} as const;

const DESCRIPTION = { type: ['string', 'null'], maxLength: 65_535, pattern: DESCRIPTION_PATTERN } as const;

/** The exact schema of a request that creates a flavor. @param minor - microversion. */
export const newFlavorSchema = (minor: number): JsonSchema =>
  wrapped('flavor', {
    type: 'object',
    required: ['name', 'ram', 'vcpus', 'disk'],
    properties: {
      name: NAME,
      id: ID,
      ram: amount(1),
      vcpus: amount(1),
      disk: amount(0),
      'OS-FLV-EXT-DATA:ephemeral': amount(0),
      swap: amount(0),
      rxtx_factor: FACTOR,
      'os-flavor-access:is_public': FLAG,
      ...(minor >= FIRST_WITH_DESCRIPTION && { description: DESCRIPTION }),
    },
    additionalProperties: false,
  });

/** A request that changes the description of a flavor. */
export const FLAVOR_UPDATE: JsonSchema = wrapped('flavor', {
  type: 'object',
  required: ['description'],
  properties: { description: DESCRIPTION },
  additionalProperties: false,
});

/** A request for an action that allows or denies a project the use of a flavor. @param name - of the action. */
export const accessSchema = (name: 'addTenantAccess' | 'removeTenantAccess'): JsonSchema =>
  wrapped(name, {
    type: 'object',
    required: ['tenant'],
    properties: { tenant: { type: 'string', minLength: 1, maxLength: 255 } },
    additionalProperties: false,
  });

const SPECS = {
  type: 'object',
  patternProperties: { [METADATA_KEY]: { type: ['string', 'number'], maxLength: 255 } },
  additionalProperties: false,
} as const;

/** A request that adds extra specs to a flavor. */
export const EXTRA_SPECS_REQUEST: JsonSchema = wrapped('extra_specs', SPECS);

/** A request that sets one extra spec of a flavor. */
export const EXTRA_SPEC_REQUEST: JsonSchema = { ...SPECS, minProperties: 1, maxProperties: 1 };
