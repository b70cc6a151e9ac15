import type { PatchStep } from '../../glance/image-patch/json-patch.ts';
import { ImsError } from '../wire.ts';

const MAX_NAME_LENGTH = 128;
const MAX_DESCRIPTION_LENGTH = 1024;
/** Maximum memory in megabytes. */
export const MAX_MEMORY = 2 ** 31 - 1;

/**
 * Validates the name of an image: letters, digits, `-`, `.`, `_` and inner spaces.
 * @throws ImsError IMG.0002, IMG.0003, IMG.0013.
 */
export function checkName(name: unknown): string {
  if (typeof name !== 'string' || name === '') throw new ImsError('IMG.0013');
  if ([...name].length > MAX_NAME_LENGTH) throw new ImsError('IMG.0002');
  if (name.trim() !== name || !/^[\p{L}\p{N} ._-]+$/u.test(name)) throw new ImsError('IMG.0003');
  return name;
}

/**
 * Validates the description of an image.
 * @throws ImsError IMG.0001, IMG.0004, IMG.0054.
 */
export function checkDescription(description: unknown): string {
  if (typeof description !== 'string') throw new ImsError('IMG.0001', 'The description is no text.');
  if ([...description].length > MAX_DESCRIPTION_LENGTH) throw new ImsError('IMG.0004');
  if (/[<>\r\n]/.test(description)) throw new ImsError('IMG.0054');
  return description;
}

/** Attributes of the update that are not properties. */
const BASE_ATTRIBUTES = new Set(['name', 'min_ram']);

/** Attributes that the reference lists, besides those with the prefix `__support_`. */
const LISTED_ATTRIBUTES = new Set([
  ...BASE_ATTRIBUTES,
  '__description',
  '__is_config_init',
  'enterprise_project_id',
  'max_ram',
  'hw_vif_multiqueue_enabled',
  'hw_firmware_type',
]);

/** Attributes that this operation cannot change: those of every image, and those that only the service sets. */
const READ_ONLY_ATTRIBUTES = new Set([
  'visibility',
  'protected',
  'owner',
  'tags',
  'container_format',
  'disk_format',
  'min_disk',
  'os_hidden',
  '__imagetype',
  '__isregistered',
  '__image_source_type',
  '__image_size',
  '__os_bit',
]);

/**
 * Validates one step of `updateCloudImage`, and converts its value to the one that the image stores.
 * @throws ImsError with the code of the first error.
 */
export function checkChange({ op, name, value }: PatchStep): PatchStep {
  if (READ_ONLY_ATTRIBUTES.has(name)) throw new ImsError('IMG.0035', `The attribute ${name} cannot be changed.`);
  if (!BASE_ATTRIBUTES.has(name) && /\p{Lu}/u.test(name)) {
    throw new ImsError('IMG.0035', `The name of the attribute ${name} has capital letters.`);
  }
  if (op === 'remove') {
    if (BASE_ATTRIBUTES.has(name)) throw new ImsError('IMG.0035', `The attribute ${name} cannot be removed.`);
    return { op, name };
  }
  // A replace also sets a listed attribute for the first time; a custom attribute must exist.
  const isListed = LISTED_ATTRIBUTES.has(name) || name.startsWith('__support_');
  return { op: isListed ? 'add' : op, name, value: checkValue(name, value) };
}

function checkValue(name: string, value: unknown): unknown {
  switch (name) {
    case 'name':
      return checkName(value);
    case '__description':
      return checkDescription(value);
    case 'min_ram':
      return parseMegabytes(value);
    case 'max_ram':
      return String(parseMegabytes(value));
    case 'hw_firmware_type':
      if (value !== 'bios' && value !== 'uefi') throw new ImsError('IMG.0141');
      return value;
    default:
      if (typeof value !== 'string') throw new ImsError('IMG.0001', `The value of ${name} is no text.`);
      return value;
  }
}

function parseMegabytes(value: unknown): number {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > MAX_MEMORY) {
    throw new ImsError('IMG.0055');
  }
  return number;
}

/** Attributes that exclude each other. */
const EXCLUSIVE = [
  ['__support_xen_hana', '__support_xen'],
  ['__support_xen_hana', '__support_kvm'],
  ['__support_kvm_infiniband', '__support_xen'],
] as const;

/**
 * Checks that no two properties exclude each other.
 * @throws ImsError IMG.0035 for attributes that exclude each other.
 */
export function checkExclusive(properties: Readonly<Record<string, string>>): void {
  const pair = EXCLUSIVE.find((names) => names.every((name) => Object.hasOwn(properties, name)));
  if (pair !== undefined) throw new ImsError('IMG.0035', `${pair.join(' and ')} cannot both be set.`);
}
