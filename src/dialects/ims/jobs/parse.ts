import { isObject } from '../../../base/json.ts';
import { isUuid } from '../../../base/uuid.ts';
import type { ImageStatus } from '../../../domain/image.ts';
import type { NewImage } from '../../../domain/images/image-changes.ts';
import type { Context } from '../../dialect.ts';
import { checkDescription, checkName } from '../cloud-images/attributes.ts';
import { OS_VERSIONS, osVersionOf } from '../os-versions/os-versions.ts';
import { choiceOf } from '../profiles.ts';
import { checkKeysUnique, checkTag, type KeyValue, parseDotted, withTags } from '../tags/tag.ts';
import { type Body, ImsRefusal } from '../wire.ts';

const MAX_MEMORY = 2 ** 31 - 1;

/** The text of that name in a body, or `undefined`; its type was looked at. */
export const textIn = (body: Body, name: string): string | undefined => {
  const value = body[name];
  return typeof value === 'string' ? value : undefined;
};

/** The kinds of servers and disks that images are for: names of the calls, and what the image says. */
const ENVIRONMENTS: Readonly<Record<string, string>> = {
  ECS: 'FusionCompute',
  FusionCompute: 'FusionCompute',
  BMS: 'Ironic',
  Ironic: 'Ironic',
  IsoImage: 'IsoImage',
  DataImage: 'DataImage',
};

/**
 * What an image says of the kind of server that it is for.
 * @param allowed - names that the call takes; the first is the usual one.
 * @throws ImsRefusal IMG.0024.
 */
export function environmentOf(body: Body, allowed: readonly string[]): string {
  const type = textIn(body, 'type') ?? allowed[0] ?? 'ECS';
  if (!allowed.includes(type)) throw new ImsRefusal('IMG.0024', `type must be one of ${allowed.join(', ')}.`);
  return ENVIRONMENTS[type] as string;
}

/** Statuses in which an image keeps its name for itself: those of which nothing became leave it to others. */
const NAMED: readonly ImageStatus[] = ['queued', 'saving', 'uploading', 'importing', 'active', 'deactivated'];

/** @throws ImsRefusal IMG.0009 for a name that an image of the project has already, where the world minds. */
function checkNameFree({ cloud, caller: { projectId } }: Context, name: string): void {
  if (choiceOf(cloud, 'image-names') === 'any') return;
  const { images } = cloud.images.list({
    audience: { kind: 'project', projectId, own: true, visibilities: [], sharedAs: [] },
    equal: { name: [name], status: NAMED },
    limit: 1,
  });
  if (images.length > 0) throw new ImsRefusal('IMG.0009', `There is an image ${name} already.`);
}

/**
 * What all calls that make an image take: name, description, tags, project of the enterprise, memory, key.
 * @throws ImsRefusal with the code of the first that is wrong.
 */
export function parseAttributes(body: Body, context: Context): NewImage & { readonly name: string } {
  const name = checkName(body['name']);
  checkNameFree(context, name);
  const { min_ram: minRam, max_ram: maxRam } = body;
  checkMemory(minRam);
  checkMemory(maxRam);
  if (minRam !== undefined && maxRam !== undefined && Number(maxRam) > 0 && Number(maxRam) < Number(minRam)) {
    throw new ImsRefusal('IMG.0055', 'max_ram is less than min_ram.');
  }
  const tags = parseTags(body);
  return {
    name,
    visibility: 'private',
    containerFormat: 'bare',
    diskFormat: 'zvhd2',
    ...(minRam !== undefined && { minRam: Number(minRam) }),
    ...(tags.length > 0 && { tags }),
    properties: {
      ...property('__description', description(body)),
      ...property('enterprise_project_id', enterpriseProject(body)),
      ...property('max_ram', maxRam === undefined ? undefined : String(maxRam)),
      ...keyProperties(body),
    },
  };
}

const property = (name: string, value: string | undefined): Readonly<Record<string, string>> =>
  value === undefined || value === '' ? {} : { [name]: value };

/** @throws ImsRefusal IMG.0004, IMG.0054. */
const description = ({ description: value }: Body): string | undefined =>
  value === undefined ? undefined : checkDescription(value);

/** @throws ImsRefusal IMG.0155. */
function enterpriseProject(body: Body): string | undefined {
  const id = textIn(body, 'enterprise_project_id');
  if (id !== undefined && id !== '' && id !== '0' && !isUuid(id)) throw new ImsRefusal('IMG.0155');
  return id;
}

/**
 * What an image says of the key that it is encrypted with.
 * @throws ImsRefusal IMG.0095 for what cannot be a key, IMG.0118 where the image is for a server without a hypervisor.
 */
export function keyProperties(body: Body): Readonly<Record<string, string>> {
  const key = textIn(body, 'cmk_id');
  if (key === undefined || key === '') return {};
  if (!isUuid(key)) throw new ImsRefusal('IMG.0095', `There is no key ${key}.`);
  if (body['type'] === 'BMS' || body['type'] === 'Ironic') throw new ImsRefusal('IMG.0118');
  return { __system__cmkid: key, __system__encrypted: '1' };
}

function checkMemory(value: unknown): void {
  if (value === undefined) return;
  if (typeof value !== 'number' || value < 0 || value > MAX_MEMORY) throw new ImsRefusal('IMG.0055');
}

/** @throws ImsRefusal IMG.0115, IMG.0116. */
function parseTags({ tags, image_tags: pairs }: Body): readonly string[] {
  if (tags !== undefined && pairs !== undefined) {
    throw new ImsRefusal('IMG.0115', 'Either tags or image_tags can be given.');
  }
  const given: readonly KeyValue[] =
    pairs === undefined
      ? ((tags ?? []) as readonly string[]).map(parseDotted)
      : (pairs as readonly KeyValue[]).map(checkTag);
  checkKeysUnique(given);
  return withTags([], given);
}

/**
 * Gigabytes of the smallest disk that takes the image.
 * @throws ImsRefusal IMG.0055 for none, or one out of range.
 */
export function minDiskOf({ min_disk: value }: Body, least: number, most: number): number {
  if (typeof value !== 'number' || value < least || value > most) {
    throw new ImsRefusal('IMG.0055', `min_disk must be from ${least} to ${most}.`);
  }
  return value;
}

const KNOWN = new Set(OS_VERSIONS.map(({ version }) => version.toLowerCase()));

/**
 * The full name of an operating system: one that is listed, or one like them, since new ones come out all the time.
 * @throws ImsRefusal IMG.0056.
 */
export function checkOsVersion(version: string): string {
  if (KNOWN.has(version.toLowerCase())) return version;
  const { platform } = osVersionOf(version);
  if (platform === 'Other' || !/ (?:32|64) ?bit$/.test(version)) {
    throw new ImsRefusal('IMG.0056', `There is no operating system ${version}.`);
  }
  return version;
}

/**
 * The kind of operating system that a data disk is for.
 * @throws ImsRefusal IMG.0122.
 */
export function dataOsType(body: Body): 'Linux' | 'Windows' {
  const type = textIn(body, 'os_type') ?? 'Linux';
  if (type !== 'Linux' && type !== 'Windows') throw new ImsRefusal('IMG.0122', 'os_type must be Linux or Windows.');
  return type;
}

/**
 * What an image says of the processors and the firmware that it needs.
 * @throws ImsRefusal IMG.0141, IMG.0212, IMG.0035.
 */
export function machineProperties(body: Body): Readonly<Record<string, string>> {
  const firmware = textIn(body, 'hw_firmware_type');
  if (firmware !== undefined && firmware !== 'bios' && firmware !== 'uefi') throw new ImsRefusal('IMG.0141');
  const architecture = textIn(body, 'architecture') ?? 'x86';
  if (architecture !== 'x86' && architecture !== 'arm') throw new ImsRefusal('IMG.0212');
  if (architecture === 'x86') return property('hw_firmware_type', firmware);
  if (firmware === 'bios') throw new ImsRefusal('IMG.0035', 'Servers of arm boot by uefi alone.');
  return { hw_firmware_type: 'uefi', __support_arm: 'true' };
}

/** The members of a list that are objects. */
export const objectsIn = (value: unknown): readonly Body[] => (Array.isArray(value) ? value.filter(isObject) : []);
