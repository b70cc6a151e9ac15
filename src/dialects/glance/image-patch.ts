import { isUuid } from '../../base/uuid.ts';
import { type Image, VISIBILITIES, type Visibility } from '../../domain/image.ts';
import type { ImageChanges } from '../../domain/images/image-changes.ts';
import { DomainError } from '../../domain/problem.ts';
import { HALF_A_CHARACTER, hasLoneSurrogateIn, parseJson } from '../shared/json-body.ts';
import { GlanceRefusal } from './errors.ts';
import { PATCH_TYPES, type PatchForm, type PatchOp, parsePatch } from './json-patch.ts';
import { pythonRepr } from './python-repr.ts';

/** One step of a change of an image. */
export interface PatchOperation {
  readonly op: PatchOp;
  /** Name of the attribute or property, unescaped. */
  readonly name: string;
  /** Already of the attribute's type; absent for `remove`. */
  readonly value?: unknown;
}

/** What an API allows in a patch beside what all of them do. */
export interface PatchRules {
  readonly diskFormats: readonly string[];
  readonly containerFormats: readonly string[];
  /** Whether nothing can be unset by null. */
  readonly refusesNull?: boolean;
  /** Refuses an attribute that clients of this API may not touch, by throwing. */
  guard?(name: string): void;
}

/** Which form of patch a Content-Type says; `undefined` for a type that is none. */
export function patchForm(contentType: string | undefined): PatchForm | undefined {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return Object.hasOwn(PATCH_TYPES, type) ? PATCH_TYPES[type as keyof typeof PATCH_TYPES] : undefined;
}

const READ_ONLY: ReadonlySet<string> = new Set([
  'id',
  'status',
  'checksum',
  'size',
  'virtual_size',
  'os_hash_algo',
  'os_hash_value',
  'created_at',
  'updated_at',
  'direct_url',
  'self',
  'file',
  'schema',
]);
const RESERVED: ReadonlySet<string> = new Set(['location', 'locations', 'deleted', 'deleted_at']);
const BASE: ReadonlySet<string> = new Set([
  'name',
  'tags',
  'protected',
  'visibility',
  'container_format',
  'disk_format',
  'min_disk',
  'min_ram',
  'owner',
  'os_hidden',
]);
const LONGEST = 255;
const MAX_INTEGER = 2 ** 31 - 1;

/**
 * The operations of a patch body.
 * @returns the operations, or what is wrong with the body, in one line.
 * @throws DomainError `read-only` and `reserved` for attributes that no client may touch.
 */
export function parseImagePatch(
  body: Buffer | undefined,
  form: PatchForm,
  rules: PatchRules,
): readonly PatchOperation[] | string {
  if (body === undefined) return 'Body expected in request.';
  let document: unknown;
  try {
    document = parseJson(body);
  } catch {
    return 'Malformed JSON in request body.';
  }
  if (hasLoneSurrogateIn(document)) return HALF_A_CHARACTER;
  const operations: PatchOperation[] = [];
  try {
    parsePatch(document, form, ({ op, path: [name = ''], value }) => {
      const operation = op === 'remove' ? { op, name } : { op, name, value };
      checkStep(operation, rules);
      operations.push(operation);
    });
  } catch (error) {
    // A pointer that is no text makes Glance stumble.
    if (error instanceof GlanceRefusal) return error.status < 500 ? error.message : 'A pointer is a text.';
    throw error;
  }
  return operations;
}

/**
 * Asks whether clients may set an attribute to a value, or remove it.
 * @throws DomainError `read-only`, `reserved`; GlanceRefusal 400.
 */
export function checkStep({ op, name, value }: PatchOperation, rules: PatchRules): void {
  if (READ_ONLY.has(name)) throw new DomainError({ kind: 'read-only', attribute: name });
  if (RESERVED.has(name) || name.startsWith('os_glance')) throw new DomainError({ kind: 'reserved', attribute: name });
  rules.guard?.(name);
  if (op === 'remove') return;
  const wrong = wrongValue(name, value, rules);
  if (wrong !== undefined) throw new GlanceRefusal(400, `Provided object does not match schema 'image': ${wrong}`);
}

/** What is wrong with an attribute's value. */
function wrongValue(name: string, value: unknown, rules: PatchRules): string | undefined {
  const shown = pythonRepr(value);
  if (value === null && rules.refusesNull) return `${shown} is not of type 'string'`;
  switch (name) {
    case 'protected':
    case 'os_hidden':
      return typeof value === 'boolean' ? undefined : `${shown} is not of type 'boolean'`;
    case 'min_disk':
    case 'min_ram':
      if (!Number.isInteger(value)) return `${shown} is not of type 'integer'`;
      if ((value as number) < 0) return `${shown} is less than the minimum of 0`;
      return (value as number) > MAX_INTEGER ? `${shown} is greater than the maximum of ${MAX_INTEGER}` : undefined;
    case 'tags': {
      if (!Array.isArray(value)) return `${shown} is not of type 'array'`;
      const bad = value.find((tag) => typeof tag !== 'string');
      if (bad !== undefined) return `${pythonRepr(bad)} is not of type 'string'`;
      const long = value.find((tag: string) => tag.length > LONGEST);
      return long === undefined ? undefined : `${pythonRepr(long)} is too long`;
    }
    case 'visibility':
      return isOneOf(VISIBILITIES, value) ? undefined : `${shown} is not one of ${listed(VISIBILITIES)}`;
    case 'disk_format':
      return isOneOf([null, ...rules.diskFormats], value)
        ? undefined
        : `${shown} is not one of ${listed(rules.diskFormats)}`;
    case 'container_format':
      return isOneOf([null, ...rules.containerFormats], value)
        ? undefined
        : `${shown} is not one of ${listed(rules.containerFormats)}`;
    case 'kernel_id':
    case 'ramdisk_id':
      return value === null || isUuid(value) ? undefined : `${shown} is no UUID`;
    case 'name':
    case 'owner':
      if (value === null) return undefined;
      if (typeof value !== 'string') return `${shown} is not of type 'null', 'string'`;
      return value.length > LONGEST ? `${shown} is too long` : undefined;
    default:
      return typeof value === 'string' ? undefined : `${shown} is not of type 'string'`;
  }
}

const isOneOf = (allowed: readonly unknown[], value: unknown): boolean => allowed.includes(value);
const listed = (values: readonly string[]): string => `[${values.map((value) => `'${value}'`).join(', ')}]`;

/**
 * What a patch makes of an image, one operation after the other.
 * @throws DomainError `attribute-missing` for a property that is not there, `attribute-kept` for removing what every image has.
 */
export function applyPatch(image: Pick<Image, 'properties'>, operations: readonly PatchOperation[]): ImageChanges {
  const changes: { -readonly [Key in keyof ImageChanges]: ImageChanges[Key] } = {};
  let properties: Record<string, string> | undefined;
  for (const { op, name, value } of operations) {
    if (BASE.has(name)) {
      if (op === 'remove') throw new DomainError({ kind: 'attribute-kept', attribute: name });
      change(changes, name, value);
      continue;
    }
    properties ??= { ...image.properties };
    if (op !== 'add' && !Object.hasOwn(properties, name)) {
      throw new DomainError({ kind: 'attribute-missing', attribute: name });
    }
    // A null id of a kernel or ram disk is as good as none.
    if (op === 'remove' || value === null) delete properties[name];
    else Object.defineProperty(properties, name, { value, writable: true, enumerable: true, configurable: true });
  }
  if (properties !== undefined) changes.properties = properties;
  return changes;
}

function change(
  changes: { -readonly [Key in keyof ImageChanges]: ImageChanges[Key] },
  name: string,
  value: unknown,
): void {
  switch (name) {
    case 'name':
      changes.name = value as string | null;
      break;
    case 'tags':
      changes.tags = [...new Set(value as string[])];
      break;
    case 'protected':
      changes.isProtected = value as boolean;
      break;
    case 'os_hidden':
      changes.isHidden = value as boolean;
      break;
    case 'visibility':
      changes.visibility = value as Visibility;
      break;
    case 'container_format':
      changes.containerFormat = value as string | null;
      break;
    case 'disk_format':
      changes.diskFormat = value as string | null;
      break;
    case 'min_disk':
      changes.minDisk = value as number;
      break;
    case 'min_ram':
      changes.minRam = value as number;
      break;
    default:
      changes.owner = (value ?? '') as string;
  }
}
