import type { Caller } from '../../../domain/caller.ts';
import type { Image, ImageStatus } from '../../../domain/image.ts';
import type { ImageQuery } from '../../../domain/image-store/image-query.ts';
import { skipping } from '../../glance/image-list/pages.ts';
import { parseTime } from '../../nova/iso-time.ts';
import { audienceOf, idInAddress, MAX_PAGE } from '../../nova/list-parameters.ts';

const STATUSES: Readonly<Record<string, readonly ImageStatus[]>> = {
  ACTIVE: ['active'],
  SAVING: ['queued', 'saving'],
  DELETED: ['deleted', 'pending_delete'],
  ERROR: ['killed'],
  UNKNOWN: ['uploading', 'importing', 'deactivated'],
};

/** Deleted images are shown for so long to those who ask for them. */
const DELETED_SHOWN_MILLISECONDS = 30 * 86_400_000;

/** A list request as a question to the domain, and what further must hold of an image. */
export interface ListRequest {
  readonly query: ImageQuery;
  readonly keep?: (image: Image) => boolean;
}

/**
 * Reads the parameters of a list; of a repeated one the last value counts, and unknown ones are overlooked.
 * @param now - milliseconds since 1970.
 * @returns what is wrong with them in a line.
 */
export function parseListRequest(parameters: URLSearchParams, caller: Caller, now: number): ListRequest | string {
  const last = new Map(parameters);
  const limit = parseLimit(last.get('limit'));
  if (typeof limit === 'string') return limit;
  const offset = parseCount('offset', last.get('offset') ?? '0');
  if (typeof offset === 'string') return offset;
  const since = last.get('changes-since');
  const time = since === undefined ? undefined : parseTime(since);
  if (since !== undefined && time === undefined) return 'changes-since must be a time such as 2026-11-21T12:00:00Z.';
  const status = last.get('status')?.toUpperCase();
  const properties = {
    ...propertyOf('instance_uuid', last.get('server'), idInAddress),
    ...propertyOf('image_type', last.get('type'), (type) => type.toLowerCase()),
  };
  const name = last.get('name');
  const marker = last.get('marker');
  const showsDeleted = time !== undefined || status === 'DELETED';
  return {
    query: {
      audience: audienceOf(caller),
      equal: {
        isHidden: [false],
        ...(name !== undefined && { name: [name] }),
        ...(status !== undefined && { status: Object.hasOwn(STATUSES, status) ? (STATUSES[status] ?? []) : [] }),
      },
      limit,
      ...(marker !== undefined && { marker }),
      ...(time !== undefined && { times: [{ key: 'updatedAt', comparison: 'gte', time }] }),
      ...(Object.keys(properties).length > 0 && { properties }),
      ...(showsDeleted && { deleted: 'include' as const }),
    },
    ...keeping(offset, showsDeleted ? now - DELETED_SHOWN_MILLISECONDS : undefined),
  };
}

/**
 * What no index answers of a list.
 * @param deletedSince - images that were deleted before that time are shown no more; left out where none are shown.
 */
function keeping(offset: number, deletedSince: number | undefined): Pick<ListRequest, 'keep'> {
  const isShown =
    deletedSince === undefined
      ? undefined
      : ({ deletedAt }: Image): boolean => deletedAt === null || deletedAt >= deletedSince;
  if (offset > 0) return { keep: skipping(offset, isShown) };
  return isShown === undefined ? {} : { keep: isShown };
}

/** A page's size: what is asked for, up to the most, which is also what no limit and one of 0 mean. */
function parseLimit(value: string | undefined): number | string {
  if (value === undefined) return MAX_PAGE;
  const limit = parseCount('limit', value);
  return typeof limit === 'string' ? limit : Math.min(limit || MAX_PAGE, MAX_PAGE);
}

function parseCount(name: string, value: string): number | string {
  if (!/^\s*[+-]?\d+\s*$/.test(value)) return `The ${name} must be a whole number.`;
  return Number(value) < 0 ? `The ${name} must not be less than 0.` : Number(value);
}

const propertyOf = (
  name: string,
  value: string | undefined,
  read: (value: string) => string,
): Readonly<Record<string, readonly string[]>> => (value === undefined ? {} : { [name]: [read(value)] });
