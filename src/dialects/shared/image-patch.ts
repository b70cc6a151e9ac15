import { type Image, VISIBILITIES, type Visibility } from '../../domain/image.ts';
import type { ImageChanges } from '../../domain/images.ts';
import { DomainError } from '../../domain/problem.ts';

/** One step of a change of an image. */
export interface PatchOperation {
  readonly op: 'add' | 'replace' | 'remove';
  /** Name of the attribute or property, unescaped. */
  readonly name: string;
  /** Already of the attribute's type; absent for `remove`. */
  readonly value?: unknown;
}

/** The media types of a patch; the later one is the older form. */
export const PATCH_TYPES = [
  'application/openstack-images-v2.1-json-patch',
  'application/openstack-images-v2.0-json-patch',
] as const;
export type PatchType = (typeof PATCH_TYPES)[number];

/** What an API allows in a patch beside what all of them do. */
export interface PatchRules {
  readonly diskFormats: readonly string[];
  readonly containerFormats: readonly string[];
  /** Refuses an attribute that clients of this API may not touch, by throwing. */
  guard?(name: string): void;
}

/** Which form a Content-Type says; `undefined` for any other type. */
export function patchType(contentType: string | undefined): PatchType | undefined {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  return PATCH_TYPES.find((known) => known === type);
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
const OPS: ReadonlySet<string> = new Set(['add', 'replace', 'remove']);
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const LONGEST = 255;
const MOST_INTEGER = 2 ** 31 - 1;

/**
 * The operations of a patch body.
 * @returns the operations, or what is wrong with the body, in one line.
 * @throws DomainError `read-only` and `reserved` for attributes that no client may touch.
 */
export function parsePatch(
  body: Buffer | undefined,
  type: PatchType,
  rules: PatchRules,
): readonly PatchOperation[] | string {
  if (body === undefined) return 'Body expected in request.';
  let document: unknown;
  try {
    document = JSON.parse(body.toString());
  } catch {
    return 'Malformed JSON in request body.';
  }
  if (!Array.isArray(document)) return 'Request body must be a JSON array of operation objects.';
  const operations: PatchOperation[] = [];
  for (const item of document) {
    if (!isObject(item)) return 'Operations must be JSON objects.';
    const operation = type === PATCH_TYPES[0] ? parseStep(item) : parseOldStep(item);
    if (typeof operation === 'string') return operation;
    const refusal = checkStep(operation, rules);
    if (refusal !== undefined) return refusal;
    operations.push(operation);
  }
  return operations;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseStep(item: Readonly<Record<string, unknown>>): PatchOperation | string {
  const { op, path, value } = item;
  if (op === undefined) {
    return 'Unable to find `op` in JSON Schema change. It must be one of the following: add, remove, replace.';
  }
  if (typeof op !== 'string' || !OPS.has(op)) {
    return `Invalid operation: \`${String(op)}\`. It must be one of the following: add, remove, replace.`;
  }
  if (typeof path !== 'string') return "Unable to find 'path' in JSON Schema change";
  return step(op as PatchOperation['op'], path, value, 'value' in item);
}

/** The older form names the operation by a member: `{"replace": "/name", "value": "x"}`. */
function parseOldStep(item: Readonly<Record<string, unknown>>): PatchOperation | string {
  const named = Object.keys(item).filter((key) => OPS.has(key));
  const op = named[0];
  const path = op === undefined ? undefined : item[op];
  if (named.length !== 1 || typeof path !== 'string') {
    return 'Operation objects must contain exactly one member named "add", "remove", or "replace".';
  }
  return step(op as PatchOperation['op'], path, item['value'], 'value' in item);
}

function step(op: PatchOperation['op'], path: string, value: unknown, hasValue: boolean): PatchOperation | string {
  if (op !== 'remove' && !hasValue) return `Operation "${op}" requires a member named "value".`;
  if (!path.startsWith('/')) return `Pointer \`${path}\` does not start with "/".`;
  const token = path.replace(/^\/+/, '');
  if (path.length > 1 && path.endsWith('/')) return `Pointer \`${path}\` end with "/".`;
  if (/~(?![01])/.test(token)) {
    return `Pointer \`${path}\` contains "~" not part of a recognized escape sequence.`;
  }
  if (token.includes('/')) return `Invalid JSON pointer for this resource: '${path}'`;
  const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
  return op === 'remove' ? { op, name } : { op, name, value };
}

function checkStep({ op, name, value }: PatchOperation, rules: PatchRules): string | undefined {
  if (READ_ONLY.has(name)) throw new DomainError({ kind: 'read-only', attribute: name });
  if (RESERVED.has(name) || name.startsWith('os_glance')) throw new DomainError({ kind: 'reserved', attribute: name });
  rules.guard?.(name);
  if (op === 'remove') return undefined;
  const wrong = wrongValue(name, value, rules);
  return wrong === undefined ? undefined : `Provided object does not match schema 'image': ${wrong}`;
}

/** What is wrong with an attribute's value. */
function wrongValue(name: string, value: unknown, rules: PatchRules): string | undefined {
  const shown = shownAs(value);
  switch (name) {
    case 'protected':
    case 'os_hidden':
      return typeof value === 'boolean' ? undefined : `${shown} is not of type 'boolean'`;
    case 'min_disk':
    case 'min_ram':
      if (!Number.isInteger(value)) return `${shown} is not of type 'integer'`;
      if ((value as number) < 0) return `${shown} is less than the minimum of 0`;
      return (value as number) > MOST_INTEGER ? `${shown} is greater than the maximum of ${MOST_INTEGER}` : undefined;
    case 'tags': {
      if (!Array.isArray(value)) return `${shown} is not of type 'array'`;
      const bad = value.find((tag) => typeof tag !== 'string');
      if (bad !== undefined) return `${shownAs(bad)} is not of type 'string'`;
      const long = value.find((tag: string) => tag.length > LONGEST);
      return long === undefined ? undefined : `${shownAs(long)} is too long`;
    }
    case 'visibility':
      return isOneOf(VISIBILITIES, value) ? undefined : `${shown} is not one of ${listed(VISIBILITIES)}`;
    case 'disk_format':
      return isOneOf([null, ...rules.diskFormats], value) ? undefined : `${shown} is not one of ${listed(rules.diskFormats)}`;
    case 'container_format':
      return isOneOf([null, ...rules.containerFormats], value)
        ? undefined
        : `${shown} is not one of ${listed(rules.containerFormats)}`;
    case 'kernel_id':
    case 'ramdisk_id':
      return value === null || (typeof value === 'string' && UUID.test(value)) ? undefined : `${shown} is no UUID`;
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

/** A value as Python prints it, which is how Glance words its refusals. */
function shownAs(value: unknown): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}

/**
 * What a patch makes of an image, one operation after the other.
 * @throws DomainError `attribute-missing` for a property that is not there, `attribute-kept` for removing what every image has.
 */
export function applyPatch(image: Image, operations: readonly PatchOperation[]): ImageChanges {
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

function change(changes: { -readonly [Key in keyof ImageChanges]: ImageChanges[Key] }, name: string, value: unknown): void {
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
