import type { Json } from '../../../base/json.ts';
import { isUuid } from '../../../base/uuid.ts';
import type { ImageStatus } from '../../../domain/image.ts';
import type { NewImage } from '../../../domain/images/image-changes.ts';
import type { Context } from '../../dialect.ts';
import { checkDescription, checkName, MAX_MEMORY } from '../cloud-images/attributes.ts';
import { choiceOf } from '../profiles.ts';
import { checkKeysUnique, checkTag, type KeyValue, parseDottedTag, withTags } from '../tags/tag.ts';
import { ImsError, textIn } from '../wire.ts';

/** Statuses in which an image reserves its name; a deleted or failed image does not. */
const NAME_RESERVING: readonly ImageStatus[] = ['queued', 'saving', 'uploading', 'importing', 'active', 'deactivated'];

/** @throws ImsError IMG.0009 for the name of another image of the project, in worlds whose profile rejects duplicates. */
function checkNameFree({ cloud, caller: { projectId } }: Context, name: string): void {
  const { images } = cloud.images.list({
    audience: { kind: 'project', projectId, own: true, visibilities: [], sharedAs: [] },
    equal: { name: [name], status: NAME_RESERVING },
    limit: 1,
  });
  if (images.length === 0 || choiceOf(cloud, 'image-names') === 'any') return;
  throw nameInUse(name);
}

/** Attributes of a new image; its name is always set. */
export type ImageAttributes = NewImage & { readonly name: string };

/**
 * Parses the attributes that every job that creates an image takes: name, description, tags, enterprise project, memory and key.
 * @throws ImsError with the code of the first error.
 */
export function parseAttributes(body: Json, context: Context): ImageAttributes {
  const name = checkName(body['name']);
  checkNameFree(context, name);
  const { min_ram: minRam, max_ram: maxRam } = body;
  checkMemory(minRam);
  checkMemory(maxRam);
  if (minRam !== undefined && maxRam !== undefined && Number(maxRam) > 0 && Number(maxRam) < Number(minRam)) {
    throw new ImsError('IMG.0055', 'max_ram is less than min_ram.');
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
      ...property('__description', parseDescription(body)),
      ...property('enterprise_project_id', parseEnterpriseProject(body)),
      ...property('max_ram', maxRam === undefined ? undefined : String(maxRam)),
      ...encryptionProperties(body),
    },
  };
}

const property = (name: string, value: string | undefined): Readonly<Record<string, string>> =>
  value === undefined || value === '' ? {} : { [name]: value };

/** @throws ImsError IMG.0004, IMG.0054. */
const parseDescription = ({ description }: Json): string | undefined =>
  description === undefined ? undefined : checkDescription(description);

/** @throws ImsError IMG.0155. */
function parseEnterpriseProject(body: Json): string | undefined {
  const id = textIn(body, 'enterprise_project_id');
  if (id !== undefined && id !== '' && id !== '0' && !isUuid(id)) throw new ImsError('IMG.0155');
  return id;
}

function checkMemory(value: unknown): void {
  if (value === undefined) return;
  if (typeof value !== 'number' || value < 0 || value > MAX_MEMORY) throw new ImsError('IMG.0055');
}

/** @throws ImsError IMG.0115, IMG.0116. */
function parseTags({ tags, image_tags: pairs }: Json): readonly string[] {
  if (tags !== undefined && pairs !== undefined) {
    throw new ImsError('IMG.0115', 'Either tags or image_tags can be given.');
  }
  const parsed: readonly KeyValue[] =
    pairs === undefined
      ? ((tags ?? []) as readonly string[]).map(parseDottedTag)
      : (pairs as readonly KeyValue[]).map(checkTag);
  checkKeysUnique(parsed);
  return withTags([], parsed);
}

/** Properties of an encrypted image. */
export const ENCRYPTION_KEY = '__system__cmkid';

/**
 * Parses the encryption key of an image to its properties.
 * @throws ImsError IMG.0095 for a text that cannot be a key, IMG.0118 for an image of a bare metal server.
 */
export function encryptionProperties(body: Json): Readonly<Record<string, string>> {
  const key = textIn(body, 'cmk_id');
  if (key === undefined || key === '') return {};
  if (!isUuid(key)) throw new ImsError('IMG.0095', `There is no key ${key}.`);
  if (body['type'] === 'BMS' || body['type'] === 'Ironic') throw new ImsError('IMG.0118');
  return { [ENCRYPTION_KEY]: key, __system__encrypted: '1' };
}

/** A range of `min_disk` in gigabytes. */
export interface DiskRange {
  readonly min: number;
  readonly max: number;
}

/**
 * Parses `min_disk`, the size of the smallest disk that the image fits on, in gigabytes.
 * @throws ImsError IMG.0055 when it is missing or out of range.
 */
export function parseMinDisk({ min_disk: value }: Json, { min, max }: DiskRange): number {
  if (typeof value !== 'number' || value < min || value > max) {
    throw new ImsError('IMG.0055', `min_disk must be from ${min} to ${max}.`);
  }
  return value;
}

/** The error for the name of another image of the project. */
export const nameInUse = (name: string): ImsError => new ImsError('IMG.0009', `There is an image ${name} already.`);
