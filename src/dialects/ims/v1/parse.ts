import type { Caller } from '../../../domain/caller.ts';
import type { ImageQuery } from '../../../domain/image-store/image-query.ts';
import { orMessage } from '../../glance/errors.ts';
import { olderListRules } from '../../glance/image-list/older-rules.ts';
import { type PageSize, parseImageList } from '../../glance/image-list/query.ts';
import { badRequest } from '../../glance/image-list/values.ts';

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

const LIST_RULES = olderListRules({ visibilities: [], hasOperators: false });

/**
 * Parses the parameters of a list of the first API version.
 * @returns the error message for invalid parameters.
 */
export function parseV1List(parameters: URLSearchParams, caller: Caller, pageSize: PageSize): ImageQuery | string {
  let since: number | undefined;
  const take = (name: string, value: string): boolean => {
    if (name !== 'changes-since') return !PARAMETERS.has(name);
    since = parseTime(value);
    if (Number.isNaN(since)) throw badRequest(`Unrecognized changes-since value: ${value}`);
    return true;
  };
  const query = orMessage(() => parseImageList({ parameters, caller, pageSize, take }, LIST_RULES));
  if (typeof query === 'string' || since === undefined) return query;
  // Deleted images count as changed.
  return { ...query, deleted: 'include', times: [{ key: 'updatedAt', comparison: 'gte', time: since }] };
}

/** Parses a time, which is UTC where it names no zone, to milliseconds since 1970; `NaN` for invalid text. */
const parseTime = (text: string): number =>
  Date.parse(/[Zz]|[+-]\d\d:?\d\d$/.test(text) || !text.includes('T') ? text : `${text}Z`);
