import { FLAG } from '../schemas.ts';

const text = { type: 'string' } as const;
const size = { type: ['integer', 'string'], pattern: '^[0-9]+$', minimumAmount: 1, minLength: 1 } as const;

const NAMED = {
  device_name: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[a-zA-Z0-9._-r/]*$' },
  delete_on_termination: FLAG,
  no_device: {},
} as const;

/** `block_device_mapping`: volumes and snapshots by the name of their device. */
export const OLDER_DEVICES = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      ...NAMED,
      virtual_name: { type: 'string', maxLength: 255 },
      volume_id: { type: 'string', format: 'uuid' },
      snapshot_id: { type: 'string', format: 'uuid' },
      volume_size: size,
      connection_info: { type: 'string', maxLength: 16_777_215 },
    },
    additionalProperties: false,
  },
} as const;

const NEWER = {
  ...NAMED,
  source_type: { type: 'string', enum: ['volume', 'image', 'snapshot', 'blank'] },
  destination_type: { type: 'string', enum: ['local', 'volume'] },
  uuid: { type: 'string', minLength: 1, maxLength: 255 },
  image_id: { type: 'string', format: 'uuid' },
  boot_index: { type: ['integer', 'string', 'null'], pattern: '^-?[0-9]+$' },
  volume_size: size,
  device_type: text,
  disk_bus: text,
  guest_format: { type: 'string', maxLength: 255 },
} as const;

/** Whether a microversion has tags of devices, which 2.33 to 2.41 lack. */
const hasTags = (minor: number): boolean => minor === 32 || minor >= 42;

const FIRST_WITH_VOLUME_TYPE = 67;

/** The schema of `block_device_mapping_v2`. @param minor - microversion. */
export const devicesSchema = (minor: number) => ({
  type: 'array',
  items: {
    type: 'object',
    properties: {
      ...NEWER,
      ...(hasTags(minor) && { tag: { type: 'string', minLength: 1, maxLength: 60, pattern: '^[^,/]*$' } }),
      ...(minor >= FIRST_WITH_VOLUME_TYPE && { volume_type: { type: ['string', 'null'], maxLength: 255 } }),
    },
    additionalProperties: false,
  },
});
