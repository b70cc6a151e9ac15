import type { PatchOperation } from '../../glance/image-patch.ts';
import { ImsRefusal } from '../wire.ts';

const LONGEST_NAME = 128;
const LONGEST_DESCRIPTION = 1024;
const MAX_MEMORY = 2 ** 31 - 1;

/**
 * A name that an image may have: letters, digits, `-`, `.`, `_` and spaces within.
 * @throws ImsRefusal IMG.0002, IMG.0003, IMG.0013.
 */
export function checkName(name: unknown): string {
  if (typeof name !== 'string' || name === '') throw new ImsRefusal('IMG.0013');
  if ([...name].length > LONGEST_NAME) throw new ImsRefusal('IMG.0002');
  if (name.trim() !== name || !/^[\p{L}\p{N} ._-]+$/u.test(name)) throw new ImsRefusal('IMG.0003');
  return name;
}

/**
 * A description that an image may have.
 * @throws ImsRefusal IMG.0004, IMG.0054.
 */
export function checkDescription(description: unknown): string {
  if (typeof description !== 'string') throw new ImsRefusal('IMG.0001', 'The description is no text.');
  if ([...description].length > LONGEST_DESCRIPTION) throw new ImsRefusal('IMG.0004');
  if (/[<>\r\n]/.test(description)) throw new ImsRefusal('IMG.0054');
  return description;
}

/** Attributes that a change of an image names and that are not further properties. */
const BASE = new Set(['name', 'min_ram']);
/** Attributes that any image can be given, `__support_…` apart. */
const LISTED = new Set([
  ...BASE,
  '__description',
  '__is_config_init',
  'enterprise_project_id',
  'max_ram',
  'hw_vif_multiqueue_enabled',
  'hw_firmware_type',
]);
/** Attributes of every image that this call leaves alone. */
const KEPT = new Set([
  'visibility',
  'protected',
  'owner',
  'tags',
  'container_format',
  'disk_format',
  'min_disk',
  'os_hidden',
]);
/** Facts that only the service states. */
const SERVICE_SET = new Set(['__imagetype', '__isregistered', '__image_source_type', '__image_size', '__os_bit']);

/**
 * One step of `updateCloudImage`, with its value as the image keeps it.
 * @throws ImsRefusal with the code of what is wrong with it.
 */
export function checkChange({ op, name, value }: PatchOperation): PatchOperation {
  if (KEPT.has(name) || SERVICE_SET.has(name))
    throw new ImsRefusal('IMG.0035', `The attribute ${name} cannot be changed.`);
  if (!BASE.has(name) && /\p{Lu}/u.test(name)) {
    throw new ImsRefusal('IMG.0035', `The name of the attribute ${name} has capital letters.`);
  }
  if (op === 'remove') {
    if (BASE.has(name)) throw new ImsRefusal('IMG.0035', `The attribute ${name} cannot be removed.`);
    return { op, name };
  }
  // What the reference lists can be replaced whether it was said before or not; further attributes must be there.
  const isListed = LISTED.has(name) || name.startsWith('__support_');
  return { op: isListed ? 'add' : op, name, value: checkValue(name, value) };
}

function checkValue(name: string, value: unknown): unknown {
  switch (name) {
    case 'name':
      return checkName(value);
    case '__description':
      return checkDescription(value);
    case 'min_ram':
      return megabytes(value);
    case 'max_ram':
      return String(megabytes(value));
    case 'hw_firmware_type':
      if (value !== 'bios' && value !== 'uefi') throw new ImsRefusal('IMG.0141');
      return value;
    default:
      if (typeof value !== 'string') throw new ImsRefusal('IMG.0001', `The value of ${name} is no text.`);
      return value;
  }
}

function megabytes(value: unknown): number {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (!Number.isInteger(number) || (number as number) < 0 || (number as number) > MAX_MEMORY) {
    throw new ImsRefusal('IMG.0055');
  }
  return number as number;
}

/** Attributes that rule each other out. */
const EXCLUSIVE = [
  ['__support_xen_hana', '__support_xen'],
  ['__support_xen_hana', '__support_kvm'],
  ['__support_kvm_infiniband', '__support_xen'],
] as const;

/** @throws ImsRefusal IMG.0035 for attributes that contradict each other. */
export function checkTogether(properties: Readonly<Record<string, string>>): void {
  const pair = EXCLUSIVE.find((names) => names.every((name) => Object.hasOwn(properties, name)));
  if (pair !== undefined) throw new ImsRefusal('IMG.0035', `${pair.join(' and ')} cannot both be set.`);
}
