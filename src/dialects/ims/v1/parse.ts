import type { Caller } from '../../../domain/caller.ts';
import type { ImageQuery } from '../../../domain/image-store/image-query.ts';
import { GLANCE_SORT_KEYS, parseImageList } from '../../glance/list-query.ts';

/** Parameters that a list of the first API version reads; it ignores all others. */
const PARAMETERS: ReadonlySet<string> = new Set([
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

/**
 * Parses the parameters of a list of the first API version.
 * @returns the error message for invalid parameters.
 */
export function parseV1List(
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
      if (name !== 'changes-since') return !PARAMETERS.has(name);
      since = parseTime(value);
      return Number.isNaN(since) ? `Unrecognized changes-since value: ${value}` : true;
    },
  });
  if (typeof query === 'string' || since === undefined) return query;
  // Deleted images count as changed.
  return { ...query, deleted: 'include', times: [{ key: 'updatedAt', comparison: 'gte', time: since }] };
}

/** Parses a time, which is UTC where it names no zone, to milliseconds since 1970; `NaN` for invalid text. */
const parseTime = (text: string): number =>
  Date.parse(/[Zz]|[+-]\d\d:?\d\d$/.test(text) || !text.includes('T') ? text : `${text}Z`);
