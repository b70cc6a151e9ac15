import type { Caller } from '../../../domain/caller.ts';
import type { Image, Visibility } from '../../../domain/image.ts';
import type { ImageQuery } from '../../../domain/image-store/image-query.ts';
import type { PatchRules } from '../../glance/image-patch.ts';
import { GLANCE_SORT_KEYS, parseImageList } from '../../glance/list-query.ts';
import { parseJson } from '../../shared/json-body.ts';
import { type FactName, isFactName, shownFact } from './facts.ts';
import { CONTAINER_FORMATS, DISK_FORMATS } from './schemas.ts';

/** What a patch may say here. */
export const PATCH_RULES: PatchRules = { diskFormats: DISK_FORMATS, containerFormats: CONTAINER_FORMATS };

/** Visibilities behind each image type, so that the domain's index narrows the search. */
const VISIBILITIES_OF_TYPE: Readonly<Record<string, readonly Visibility[]>> = {
  gold: ['public'],
  private: ['private'],
  shared: ['shared', 'community'],
};

/** A list request, or what is wrong with it. `keep` tells what the service says of images of its own accord. */
export function parseList(
  parameters: URLSearchParams,
  caller: Caller,
  limits: { readonly usual: number; readonly most: number },
): { readonly query: ImageQuery; readonly keep: ((image: Image) => boolean) | undefined } | string {
  const asked = new Map<FactName, string>();
  const query = parseImageList(parameters, {
    projectId: caller.projectId,
    limitDefault: limits.usual,
    limitMost: limits.most,
    visibilities: ['public', 'private', 'shared'],
    sortKeys: GLANCE_SORT_KEYS,
    hasOperators: true,
    take: (name, value) => {
      if (!isFactName(name)) return false;
      asked.set(name, value);
      return true;
    },
  });
  if (typeof query === 'string') return query;
  const keep =
    asked.size === 0
      ? undefined
      : (image: Image): boolean => {
          for (const [name, value] of asked) if (shownFact(image, name) !== value) return false;
          return true;
        };
  const visibility = query.equal?.visibility ?? visibilitiesOf(asked.get('__imagetype'));
  return { query: visibility === undefined ? query : { ...query, equal: { ...query.equal, visibility } }, keep };
}

const visibilitiesOf = (type: string | undefined): readonly Visibility[] | undefined =>
  type !== undefined && Object.hasOwn(VISIBILITIES_OF_TYPE, type) ? VISIBILITIES_OF_TYPE[type] : undefined;

/** Page sizes of the service's own lists. */
export const CLOUD_IMAGE_PAGE = { usual: 500, most: 1000 };

/** Parameters that a list of the first API version looks at; it overlooks all others. */
const OLD_PARAMETERS: ReadonlySet<string> = new Set([
  'name',
  'container_format',
  'disk_format',
  'status',
  'size_min',
  'size_max',
  'limit',
  'marker',
  'sort_key',
  'sort_dir',
]);

/** A list request of the first API version, or what is wrong with it. */
export function parseOldList(
  parameters: URLSearchParams,
  { projectId }: Caller,
  limits: { readonly usual: number; readonly most: number },
): ImageQuery | string {
  let since: number | undefined;
  const query = parseImageList(parameters, {
    projectId,
    limitDefault: limits.usual,
    limitMost: limits.most,
    visibilities: [],
    sortKeys: GLANCE_SORT_KEYS,
    hasOperators: false,
    take: (name, value) => {
      if (name !== 'changes-since') return !OLD_PARAMETERS.has(name);
      since = Date.parse(/[Zz]|[+-]\d\d:?\d\d$/.test(value) || !value.includes('T') ? value : `${value}Z`);
      return Number.isNaN(since) ? `Unrecognized changes-since value: ${value}` : true;
    },
  });
  if (typeof query === 'string' || since === undefined) return query;
  // What was removed has changed, too.
  return { ...query, deleted: 'include', times: [{ key: 'updatedAt', comparison: 'gte', time: since }] };
}

/** What is wrong with the body of a delete, in one line; none is needed. */
export function wrongDeleteBody(body: Buffer | undefined): string | undefined {
  if (body === undefined) return undefined;
  let value: unknown;
  try {
    value = parseJson(body);
  } catch {
    return 'The request body is no JSON.';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'The request body is no JSON object.';
  if (!Object.hasOwn(value, 'delete_backup')) return undefined;
  const { delete_backup: choice } = value as { readonly delete_backup: unknown };
  return typeof choice === 'boolean' ? undefined : 'delete_backup must be true or false.';
}

/** Whether a delete, whose body is right, is to take the image's backup along. */
export const wantsBackupGone = (body: Buffer | undefined): boolean =>
  body !== undefined && (parseJson(body) as { readonly delete_backup?: boolean }).delete_backup === true;
