import { NAME_PATTERN, wrapped } from '../schemas.ts';

const text = { type: 'string' } as const;
/** The name of a key pair, apart from its characters. */
export const KEYPAIR_NAME = { type: 'string', minLength: 1, maxLength: 255, pattern: NAME_PATTERN } as const;

const keypair = {
  type: 'object',
  required: ['name', 'fingerprint', 'public_key'],
  properties: {
    name: text,
    fingerprint: text,
    public_key: text,
    type: { enum: ['ssh', 'x509'] },
    user_id: text,
    private_key: text,
    id: { type: 'integer' },
    created_at: text,
    updated_at: { type: 'null' },
    deleted: { type: 'boolean' },
    deleted_at: { type: 'null' },
  },
  additionalProperties: false,
} as const;

/** `{keypair}` in a response. */
export const KEYPAIR_REPLY = wrapped('keypair', keypair);

/** `{keypairs}`. */
export const KEYPAIRS_REPLY = {
  type: 'object',
  required: ['keypairs'],
  properties: { keypairs: { type: 'array', items: KEYPAIR_REPLY }, keypairs_links: { type: 'array' } },
  additionalProperties: false,
} as const;

/** `{keypair}` in a request, for every microversion; each one rejects some of it. */
export const KEYPAIR_REQUEST = {
  type: 'object',
  required: ['keypair'],
  properties: { keypair: { type: 'object' } },
} as const;

/** The first microversions with a type, with a user, and without generated keys. */
const FIRST_WITH_TYPE = 2;
const FIRST_WITH_USER = 10;
const FIRST_WITHOUT_GENERATION = 92;

/** The exact schema of `{keypair}` in a request. @param minor - microversion. */
export const keypairSchema = (minor: number) =>
  wrapped('keypair', {
    type: 'object',
    required: minor >= FIRST_WITHOUT_GENERATION ? ['name', 'public_key'] : ['name'],
    properties: {
      name: KEYPAIR_NAME,
      public_key: text,
      ...(minor >= FIRST_WITH_TYPE && { type: { type: 'string', enum: ['ssh', 'x509'] } }),
      ...(minor >= FIRST_WITH_USER && { user_id: text }),
    },
    additionalProperties: false,
  });
