import { wrapped } from '../schemas.ts';

const text = { type: 'string' } as const;
const number = { type: 'integer', minimum: 0 } as const;
const texts = { type: 'object', additionalProperties: text } as const;

const BRIEF = {
  id: text,
  name: text,
  links: { type: 'array', items: { type: 'object', required: ['rel', 'href'] } },
  description: { type: ['string', 'null'] },
} as const;

const brief = {
  type: 'object',
  required: ['id', 'name', 'links'],
  properties: BRIEF,
  additionalProperties: false,
} as const;

const flavor = {
  type: 'object',
  required: ['id', 'name', 'links', 'ram', 'disk', 'vcpus', 'swap'],
  properties: {
    ...BRIEF,
    ram: number,
    disk: number,
    vcpus: number,
    swap: { type: ['integer', 'string'] },
    'OS-FLV-EXT-DATA:ephemeral': number,
    'OS-FLV-DISABLED:disabled': { type: 'boolean' },
    'os-flavor-access:is_public': { type: 'boolean' },
    rxtx_factor: { type: 'number' },
    extra_specs: texts,
  },
  additionalProperties: false,
} as const;

const listOf = (items: object) => ({
  type: 'object',
  required: ['flavors'],
  properties: { flavors: { type: 'array', items }, flavors_links: { type: 'array' } },
  additionalProperties: false,
});

/** `{flavors}` with id, name and links. */
export const FLAVORS_REPLY = listOf(brief);

/** `{flavors}` in full. */
export const FLAVORS_DETAIL_REPLY = listOf(flavor);

/** `{flavor}`. */
export const FLAVOR_REPLY = wrapped('flavor', flavor);

/** `{extra_specs}`. */
export const EXTRA_SPECS_REPLY = wrapped('extra_specs', texts);

/** One extra spec, by its name. */
export const EXTRA_SPEC_REPLY = texts;

/** Writes return extra specs as they were sent; numbers become texts when they are saved. */
const written = { type: 'object', additionalProperties: { type: ['string', 'number'] } } as const;

/** `{extra_specs}` of a write. */
export const WRITTEN_SPECS_REPLY = wrapped('extra_specs', written);

/** One extra spec of a write, by its name. */
export const WRITTEN_SPEC_REPLY = written;

/** `{flavor_access}`. */
export const FLAVOR_ACCESS_REPLY = wrapped('flavor_access', {
  type: 'array',
  items: { type: 'object', required: ['flavor_id', 'tenant_id'], properties: { flavor_id: text, tenant_id: text } },
});
