import type { Caller } from '../../../domain/caller.ts';
import { VISIBILITIES } from '../../../domain/image.ts';
import type { ImageQuery } from '../../../domain/image-store/image-query.ts';
import { escapeHtml, orMessage } from '../../glance/errors.ts';
import { olderListRules } from '../../glance/image-list/older-rules.ts';
import { parseImageList } from '../../glance/image-list/query.ts';
import { parseTime } from '../../nova/iso-time.ts';
import { audienceOf, MAX_PAGE } from '../../nova/list-parameters.ts';
import { parseInteger } from '../../shared/paging.ts';
import { checkPositive } from '../protocol/query-checks.ts';
import { isSince, type ReleasedCall } from '../protocol/releases.ts';
import { glanceQuery } from './glance-query.ts';

/** Nova lists all images if there is no limit, or a limit of 0. */
const UNLIMITED = Number.MAX_SAFE_INTEGER;
const ALL_IMAGES = { default: UNLIMITED, max: UNLIMITED };

const LIST_RULES = olderListRules({ visibilities: VISIBILITIES, hasOperators: true });

/** A list request. */
export interface ListRequest {
  readonly query: ImageQuery;
  /** Number of images on a page that has a link to the next one. */
  readonly fullPage: number;
}

/** The first release that rejects a limit below one. */
const FIRST_POSITIVE = '2025.1';

const NOT_HIDDEN = [false] as const;

/** Parses the query of a list. @returns the message of a 400 if the query is invalid. */
export function parseListRequest(
  call: ReleasedCall,
  parameters: URLSearchParams,
  caller: Caller,
): ListRequest | string {
  if (parameters.size === 0) {
    return {
      query: { audience: audienceOf(caller), equal: { isHidden: NOT_HIDDEN }, limit: UNLIMITED },
      fullPage: MAX_PAGE,
    };
  }
  const limit = parseLimit(call, parameters);
  if (typeof limit === 'string') return limit;
  const query = parseFilters(parameters, caller);
  if (typeof query === 'string') return glanceMessage(query);
  return {
    query: { ...query, limit: limit || UNLIMITED },
    fullPage: Math.min(limit ?? MAX_PAGE, MAX_PAGE),
  };
}

/** Parses the filters, which Nova passes on to Glance. @returns the message of Glance if it rejects them. */
function parseFilters(parameters: URLSearchParams, caller: Caller): ImageQuery | string {
  const forGlance = glanceQuery(parameters);
  if (typeof forGlance === 'string') return forGlance;
  const query = orMessage(() => parseImageList({ parameters: forGlance, caller, pageSize: ALL_IMAGES }, LIST_RULES));
  if (typeof query === 'string') return query;
  const since = new Map(parameters).get('changes-since');
  const time = since === undefined ? undefined : parseTime(since);
  if (since !== undefined && time === undefined) {
    return 'Bad "updated_at" query filter format. Use ISO 8601 DateTime notation.';
  }
  return {
    ...query,
    ...(caller.isAdmin && { audience: audienceOf(caller) }),
    ...(time !== undefined && {
      times: [...(query.times ?? []), { key: 'updatedAt' as const, comparison: 'gte' as const, time }],
    }),
  };
}

/** @returns the limit, `undefined` for none, or the message of a 400. */
function parseLimit({ releases }: ReleasedCall, parameters: URLSearchParams): number | string | undefined {
  if (!isSince({ releases }, FIRST_POSITIVE)) return parseOlderLimit(parameters);
  const request = { query: parameters, releases };
  const last = parameters.getAll('limit').at(-1);
  return (
    checkPositive(request, 'limit') ??
    checkPositive(request, 'page_size') ??
    checkPositive(request, 'offset') ??
    (last === undefined ? undefined : Number(last))
  );
}

/** The limit before releases checked the query with a schema. */
function parseOlderLimit(parameters: URLSearchParams): number | string | undefined {
  const limit = parseCount(parameters, 'limit');
  if (typeof limit === 'string') return limit;
  // Nova validates these two and ignores them.
  const pageSize = parseCount(parameters, 'page_size');
  if (typeof pageSize === 'string') return pageSize;
  const offset = parseCount(parameters, 'offset');
  return typeof offset === 'string' ? offset : limit;
}

function parseCount(parameters: URLSearchParams, name: string): number | string | undefined {
  const value = parameters.getAll(name).at(-1);
  if (value === undefined) return undefined;
  const count = parseInteger(value);
  if (count === undefined) return `Invalid input received: ${name} must be an integer`;
  return count < 0 ? `Invalid input received: ${name} must be >= 0` : count;
}

/** An error message of Glance as Nova passes it on. */
const glanceMessage = (message: string): string => `HTTP 400 Bad Request: ${escapeHtml(message)}`;
