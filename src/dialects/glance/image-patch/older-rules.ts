import { isUuid } from '../../../base/uuid.ts';
import { VISIBILITIES } from '../../../domain/image.ts';
import { GlanceError } from '../errors.ts';
import { pythonRepr } from '../python-repr.ts';
import type { PatchRules } from './patch.ts';

/** How patches of an API on an older Glance differ. */
export interface OlderPatchOptions {
  readonly diskFormats: readonly string[];
  readonly containerFormats: readonly string[];
  /** Rejects null as the value of any attribute. */
  readonly rejectsNull?: boolean;
  /** Throws if clients of this API cannot change an attribute. */
  checkName?(name: string): void;
}

/** Returns what is wrong with a value, or `undefined`. */
type ValueCheck = (value: unknown, options: OlderPatchOptions) => string | undefined;

const MAX_LENGTH = 255;
const MAX_INTEGER = 2 ** 31 - 1;

const notOfType = (value: unknown, types: string): string => `${pythonRepr(value)} is not of type ${types}`;

const boolean: ValueCheck = (value) => (typeof value === 'boolean' ? undefined : notOfType(value, "'boolean'"));

const text: ValueCheck = (value) => (typeof value === 'string' ? undefined : notOfType(value, "'string'"));

const integer: ValueCheck = (value) => {
  if (!Number.isInteger(value)) return notOfType(value, "'integer'");
  if ((value as number) < 0) return `${pythonRepr(value)} is less than the minimum of 0`;
  return (value as number) > MAX_INTEGER
    ? `${pythonRepr(value)} is greater than the maximum of ${MAX_INTEGER}`
    : undefined;
};

const shortTextOrNull: ValueCheck = (value) => {
  if (value === null) return undefined;
  if (typeof value !== 'string') return notOfType(value, "'null', 'string'");
  return value.length > MAX_LENGTH ? `${pythonRepr(value)} is too long` : undefined;
};

const tags: ValueCheck = (value) => {
  if (!Array.isArray(value)) return notOfType(value, "'array'");
  const other = value.find((tag) => typeof tag !== 'string');
  if (other !== undefined) return notOfType(other, "'string'");
  const long = value.find((tag: string) => tag.length > MAX_LENGTH);
  return long === undefined ? undefined : `${pythonRepr(long)} is too long`;
};

const uuidOrNull: ValueCheck = (value) =>
  value === null || isUuid(value) ? undefined : `${pythonRepr(value)} is no UUID`;

const oneOf = (value: unknown, allowed: readonly string[]): string | undefined =>
  (allowed as readonly unknown[]).includes(value)
    ? undefined
    : `${pythonRepr(value)} is not one of [${allowed.map((each) => `'${each}'`).join(', ')}]`;

const CHECKS: Readonly<Record<string, ValueCheck>> = {
  protected: boolean,
  os_hidden: boolean,
  min_disk: integer,
  min_ram: integer,
  tags,
  visibility: (value) => oneOf(value, VISIBILITIES),
  disk_format: (value, { diskFormats }) => (value === null ? undefined : oneOf(value, diskFormats)),
  container_format: (value, { containerFormats }) => (value === null ? undefined : oneOf(value, containerFormats)),
  kernel_id: uuidOrNull,
  ramdisk_id: uuidOrNull,
  name: shortTextOrNull,
  owner: shortTextOrNull,
};

/** Rules for the patches of an API that runs on an older Glance. */
export const olderPatchRules = (options: OlderPatchOptions): PatchRules => ({
  reservesLocations: true,
  rejectsUnstorable: true,
  convert: {
    owner: (value) => value ?? '',
    // Repeated tags do not count towards the quota.
    tags: (value) => [...new Set(value as readonly string[])],
  },
  ...(options.checkName !== undefined && { checkName: options.checkName }),
  checkValue({ name, value }) {
    const check = (Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined) ?? text;
    const detail = value === null && options.rejectsNull ? notOfType(value, "'string'") : check(value, options);
    if (detail !== undefined) throw new GlanceError(400, `Provided object does not match schema 'image': ${detail}`);
  },
});
