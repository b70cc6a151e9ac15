import type { Caller } from '../../../domain/caller.ts';
import type { Image } from '../../../domain/image.ts';
import type { ImageQuery } from '../../../domain/image-store/image-query.ts';
import { skipping } from '../../glance/image-list/pages.ts';
import { parseTime } from '../../nova/iso-time.ts';
import { audienceOf, idInAddress, MAX_PAGE } from '../../nova/list-parameters.ts';
import { STATUSES } from './statuses.ts';

/** How long deleted images stay in the lists that include them. */
const DELETED_VISIBLE_MILLISECONDS = 30 * 86_400_000;

/** A parsed list request. */
export interface ListRequest {
  readonly query: ImageQuery;
  /** Filters by conditions that no index covers. */
  readonly matches?: (image: Image) => boolean;
}

type Equalities = NonNullable<ImageQuery['equal']>;
type Properties = Readonly<Record<string, readonly string[]>>;

/**
 * Parses the parameters of a list. The last value of a repeated parameter wins; unknown parameters are ignored.
 * @param now - milliseconds since 1970.
 * @returns the error message for invalid parameters.
 */
export function parseListRequest(search: URLSearchParams, caller: Caller, now: number): ListRequest | string {
  const parameters = new Map(search);
  const limit = parseLimit(parameters.get('limit'));
  if (typeof limit === 'string') return limit;
  const offset = parseCount('offset', parameters.get('offset') ?? '0');
  if (typeof offset === 'string') return offset;
  const since = parameters.get('changes-since');
  const time = since === undefined ? undefined : parseTime(since);
  if (since !== undefined && time === undefined) return 'changes-since must be a time such as 2026-11-21T12:00:00Z.';
  const marker = parameters.get('marker');
  const properties = parseProperties(parameters);
  const includesDeleted = time !== undefined || parameters.get('status')?.toUpperCase() === 'DELETED';
  return {
    query: {
      audience: audienceOf(caller),
      equal: parseEqualities(parameters),
      limit,
      ...(marker !== undefined && { marker }),
      ...(time !== undefined && { times: [{ key: 'updatedAt', comparison: 'gte', time }] }),
      ...(properties !== undefined && { properties }),
      ...(includesDeleted && { deleted: 'include' as const }),
    },
    ...extraConditions(offset, includesDeleted ? now - DELETED_VISIBLE_MILLISECONDS : undefined),
  };
}

function parseEqualities(parameters: ReadonlyMap<string, string>): Equalities {
  const name = parameters.get('name');
  const status = parameters.get('status')?.toUpperCase();
  return {
    isHidden: [false],
    ...(name !== undefined && { name: [name] }),
    ...(status !== undefined && { status: Object.hasOwn(STATUSES, status) ? (STATUSES[status] ?? []) : [] }),
  };
}

function parseProperties(parameters: ReadonlyMap<string, string>): Properties | undefined {
  const server = parameters.get('server');
  const type = parameters.get('type');
  if (server === undefined && type === undefined) return undefined;
  return {
    ...(server !== undefined && { instance_uuid: [idInAddress(server)] }),
    ...(type !== undefined && { image_type: [type.toLowerCase()] }),
  };
}

/**
 * Filters by conditions that no index covers.
 * @param deletedSince - omits images that were deleted before that time; omit it when the list has no deleted images.
 */
function extraConditions(offset: number, deletedSince: number | undefined): Pick<ListRequest, 'matches'> {
  const isRecent =
    deletedSince === undefined
      ? undefined
      : ({ deletedAt }: Image): boolean => deletedAt === null || deletedAt >= deletedSince;
  if (offset > 0) return { matches: skipping(offset, isRecent) };
  return isRecent === undefined ? {} : { matches: isRecent };
}

/** Parses the page size. 0 and no limit mean the maximum. */
function parseLimit(text: string | undefined): number | string {
  if (text === undefined) return MAX_PAGE;
  const limit = parseCount('limit', text);
  return typeof limit === 'string' ? limit : Math.min(limit || MAX_PAGE, MAX_PAGE);
}

function parseCount(name: string, text: string): number | string {
  if (!/^\s*[+-]?\d+\s*$/.test(text)) return `The ${name} must be a whole number.`;
  return Number(text) < 0 ? `The ${name} must not be less than 0.` : Number(text);
}
