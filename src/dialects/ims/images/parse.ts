import { isObject } from '../../../base/json.ts';
import { isUuid } from '../../../base/uuid.ts';
import type { Cloud } from '../../../cloud.ts';
import type { Caller } from '../../../domain/caller.ts';
import type { Image, Visibility } from '../../../domain/image.ts';
import type { ImageQuery } from '../../../domain/image-store/image-query.ts';
import type { NewImage } from '../../../domain/images/image-changes.ts';
import { GlanceError, orMessage } from '../../glance/errors.ts';
import { olderListRules } from '../../glance/image-list/older-rules.ts';
import { type PageSize, parseImageList } from '../../glance/image-list/query.ts';
import type { PatchStep } from '../../glance/image-patch/json-patch.ts';
import { olderPatchRules } from '../../glance/image-patch/older-rules.ts';
import { applyPatch, checkStep } from '../../glance/image-patch/patch.ts';
import { hasLoneSurrogateIn, LONE_SURROGATE_MESSAGE, parseJson } from '../../shared/json-body.ts';
import { DEFAULT_OS_VERSION } from '../os-versions/os-versions.ts';
import { ImsError } from '../wire.ts';
import { checkValue, schemaMismatch } from './checks.ts';
import { type DerivedAttribute, derivedAttribute, isDerivedAttribute } from './derived-attributes.ts';
import { CONTAINER_FORMATS, DISK_FORMATS } from './schemas.ts';

/** What a patch can set in this API. */
export const PATCH_RULES = olderPatchRules({ diskFormats: DISK_FORMATS, containerFormats: CONTAINER_FORMATS });

/** The visibilities of each image type, so that the domain's index can narrow the search. */
const VISIBILITIES_OF_TYPE: Readonly<Record<string, readonly Visibility[]>> = {
  gold: ['public'],
  private: ['private'],
  shared: ['shared', 'community'],
};

const visibilitiesOf = (type: string | undefined): readonly Visibility[] | undefined =>
  type !== undefined && Object.hasOwn(VISIBILITIES_OF_TYPE, type) ? VISIBILITIES_OF_TYPE[type] : undefined;

const LIST_RULES = olderListRules({ visibilities: ['public', 'private', 'shared'], hasOperators: true });

/** Whether a list contains an image. */
export type ImageFilter = (image: Image) => boolean;

/**
 * Gives the filter of a parameter that is no attribute of images; `undefined` for other parameters.
 * @throws ImsError for an invalid value.
 */
export type TakeFilter = (name: string, value: string) => ImageFilter | undefined;

/** A parsed list request. */
export interface ImageListRequest {
  readonly query: ImageQuery;
  /** Filters by derived attributes, which no index covers. */
  readonly matches: ((image: Image) => boolean) | undefined;
}

/**
 * Parses the parameters of an image list.
 * @param filterOf - filters of this list beside those of all lists.
 * @returns the error message for invalid parameters.
 */
export function parseList(
  parameters: URLSearchParams,
  caller: Caller,
  pageSize: PageSize,
  filterOf?: TakeFilter,
): ImageListRequest | string {
  const derived = new Map<DerivedAttribute, string>();
  const filters: ImageFilter[] = [];
  const take = (name: string, value: string): boolean => {
    const filter = filterOf?.(name, value);
    if (filter !== undefined) filters.push(filter);
    if (filter !== undefined || !isDerivedAttribute(name)) return filter !== undefined;
    derived.set(name, value);
    return true;
  };
  const query = orMessage(() => parseImageList({ parameters, caller, pageSize, take }, LIST_RULES));
  if (typeof query === 'string') return query;
  const visibility = query.equal?.visibility ?? visibilitiesOf(derived.get('__imagetype'));
  return {
    query: visibility === undefined ? query : { ...query, equal: { ...query.equal, visibility } },
    matches:
      derived.size + filters.length === 0
        ? undefined
        : (image) => hasValues(image, derived) && filters.every((matches) => matches(image)),
  };
}

function hasValues(image: Image, expected: ReadonlyMap<DerivedAttribute, string>): boolean {
  for (const [name, value] of expected) if (derivedAttribute(image, name) !== value) return false;
  return true;
}

/** The optional body of a delete. */
export interface DeleteOptions {
  readonly deletesBackup: boolean;
}

/**
 * Parses the optional body of a delete.
 * @returns an error for an invalid body; `deleteImage` returns it as an IMS error although the operation is native.
 */
export function parseDeleteBody(body: Buffer | undefined): DeleteOptions | ImsError {
  if (body === undefined) return { deletesBackup: false };
  let value: unknown;
  try {
    value = parseJson(body);
  } catch {
    return new ImsError('IMG.0001', 'The request body is no JSON.');
  }
  if (!isObject(value)) return new ImsError('IMG.0001', 'The request body is no JSON object.');
  if (!Object.hasOwn(value, 'delete_backup')) return { deletesBackup: false };
  const flag = value['delete_backup'];
  if (typeof flag !== 'boolean') return new ImsError('IMG.0001', 'delete_backup must be true or false.');
  return { deletesBackup: flag };
}

/**
 * Parses the body of `createImage` and adds the defaults of the service.
 * @throws GlanceError 400; DomainError `read-only`, `reserved`, `not-allowed`.
 */
export function parseNewImage(body: unknown, cloud: Cloud): NewImage {
  if (!isObject(body)) throw new GlanceError(400, 'Unexpected body type. Expected list/dict.');
  if (hasLoneSurrogateIn(body)) throw new GlanceError(400, LONE_SURROGATE_MESSAGE);
  const { id, ...attributes } = body;
  if (id !== undefined && !isUuid(id)) throw schemaMismatch(`${JSON.stringify(id)} is no UUID`);
  const steps = Object.entries(attributes).map(([name, value]): PatchStep => {
    const step: PatchStep = { op: 'add', name, value };
    checkStep(step, PATCH_RULES);
    checkValue(name, value, cloud);
    return step;
  });
  const { properties, ...image } = applyPatch(steps, { image: { properties: {} } }, PATCH_RULES);
  return {
    visibility: 'private',
    containerFormat: 'bare',
    diskFormat: 'zvhd2',
    ...image,
    properties: { __os_version: DEFAULT_OS_VERSION, ...properties },
    ...(id !== undefined && { id }),
  };
}
