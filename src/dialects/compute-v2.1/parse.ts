import type { Call } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import { VISIBILITIES } from '../../domain/image.ts';
import type { ImageQuery } from '../../domain/image-store/image-query.ts';
import { escapeHtml, orMessage } from '../glance/errors.ts';
import { olderListRules } from '../glance/image-list/older-rules.ts';
import { parseImageList } from '../glance/image-list/query.ts';
import { audienceOf, parseTime, serverOf } from '../nova/image-views.ts';
import { parseInteger } from '../shared/paging.ts';
import { isSortedTwice, takeProperty } from './property-filters.ts';
import { ServerError } from './server-error.ts';

/** Pages are full, and have a next one, at what was asked for or at this, whichever is less. */
const PAGE_MOST = 1000;
/** The service gives all there is when no limit is named, or one of 0. */
const EVERYTHING = Number.MAX_SAFE_INTEGER;

const ALL_IMAGES = { default: EVERYTHING, max: EVERYTHING };
const LIST_RULES = olderListRules({ visibilities: VISIBILITIES, hasOperators: true });

/** A list request. */
export interface ListRequest {
  readonly query: ImageQuery;
  /** As many images as this on a page say that there is a next one. */
  readonly fullPage: number;
}

/** Parameters of this API, and what the image service calls them. */
const FILTERS: Readonly<Record<string, string>> = {
  name: 'name',
  status: 'status',
  minDisk: 'min_disk',
  minRam: 'min_ram',
  server: 'instance_uuid',
  type: 'image_type',
};
const PROPERTY = 'property-';

/** Filters of the image service whose value can have an operator before it, and those that are numbers. */
const WITH_OPERATORS: ReadonlySet<string> = new Set(['id', 'name', 'status', 'container_format', 'disk_format']);
const NUMBERS: ReadonlySet<string> = new Set(['min_disk', 'min_ram', 'size']);

/** The parameters of a list; a semicolon parts them like an ampersand. */
export function listParameters(call: Call): URLSearchParams {
  const { search } = call;
  if (search.includes('%')) {
    try {
      decodeURIComponent(search.replace(/%(?![\da-f]{2})/gi, '%25'));
    } catch {
      throw new ServerError('UnicodeDecodeError');
    }
  }
  return search.includes(';') ? new URLSearchParams(search.replaceAll(';', '&')) : call.query;
}

/**
 * Reads the parameters of a list. The service hands the filters on to the image service, which reads and refuses them.
 * @returns what is wrong with them in a line, as the service says it.
 */
export function parseListRequest(parameters: URLSearchParams, caller: Caller): ListRequest | string {
  if (parameters.size === 0) {
    return {
      query: { audience: audienceOf(caller), equal: { isHidden: NOT_HIDDEN }, limit: EVERYTHING },
      fullPage: PAGE_MOST,
    };
  }
  const limit = parseLimit(parameters);
  if (typeof limit === 'string') return limit;
  let since: string | undefined;
  const asked = new URLSearchParams();
  for (const [name, value] of new Map(parameters)) {
    if (name === 'limit') continue;
    if (name === 'marker') {
      if (value !== '') asked.set('marker', value);
    } else if (name === 'changes-since') {
      since = value;
    } else {
      const wrong = ask(asked, name, value);
      if (wrong !== undefined) return refused(wrong);
    }
  }
  if (isSortedTwice(parameters)) return refused('Old and new sorting syntax cannot be combined');
  const query = orMessage(() => parseImageList({ parameters: asked, caller, pageSize: ALL_IMAGES }, LIST_RULES));
  if (typeof query === 'string') return refused(query);
  const time = since === undefined ? undefined : parseTime(since);
  if (since !== undefined && time === undefined) {
    return refused('Bad "updated_at" query filter format. Use ISO 8601 DateTime notation.');
  }
  return {
    query: {
      ...query,
      ...(caller.isAdmin && { audience: audienceOf(caller) }),
      ...(time !== undefined && {
        times: [...(query.times ?? []), { key: 'updatedAt' as const, comparison: 'gte' as const, time }],
      }),
      // All there is where the limit is 0.
      limit: limit || EVERYTHING,
    },
    fullPage: Math.min(limit ?? PAGE_MOST, PAGE_MOST),
  };
}

const NOT_HIDDEN = [false] as const;

/** Hands a parameter on to the image service; parameters that this one does not know are overlooked. */
function ask(asked: URLSearchParams, name: string, value: string): string | undefined {
  if (name.startsWith(PROPERTY)) {
    const property = name.slice(PROPERTY.length);
    const taken = takeProperty(asked, property, value);
    if (taken === false) return askFor(asked, property, value);
    return taken === true ? undefined : taken;
  }
  const filter = Object.hasOwn(FILTERS, name) ? FILTERS[name] : undefined;
  if (filter === undefined) return undefined;
  return askFor(asked, filter, name === 'server' ? serverOf(value) : name === 'status' ? value.toLowerCase() : value);
}

/** Hands a filter on, in the plainest form. */
function askFor(asked: URLSearchParams, filter: string, value: string): string | undefined {
  const wanted = wantedValue(filter, value);
  if (wanted === undefined) return `Unable to filter by unknown operator '${operatorOf(value)}'.`;
  asked.set(filter, wanted);
  return undefined;
}

/** The limit asked for; `undefined` for none, a text for one that is none. */
function parseLimit(parameters: URLSearchParams): number | string | undefined {
  const limit = parseCount(parameters, 'limit');
  if (typeof limit === 'string') return limit;
  // Is held against the same rules, and of no further use here.
  const pageSize = parseCount(parameters, 'page_size');
  return typeof pageSize === 'string' ? pageSize : limit;
}

/** A number that is none below 0; `undefined` and a text as for the limit. */
function parseCount(parameters: URLSearchParams, name: string): number | string | undefined {
  const value = parameters.getAll(name).at(-1);
  if (value === undefined) return undefined;
  const count = parseInteger(value);
  if (count === undefined) return `Invalid input received: ${name} must be an integer`;
  return count < 0 ? `Invalid input received: ${name} must be >= 0` : count;
}

/** A refusal of the image service, as it comes through. */
const refused = (message: string): string => `HTTP 400 Bad Request: ${escapeHtml(message)}`;

const operatorOf = (value: string): string => value.slice(0, value.indexOf(':'));

/** A filter's value in the plainest form; `undefined` for an operator that there is not. */
function wantedValue(filter: string, value: string): string | undefined {
  if (NUMBERS.has(filter)) {
    // Blanks, signs and fractions of nothing make no difference to a number in the database.
    return /^\s*[+-]?\d+(?:\.0*)?\s*$/.test(value) ? String(Number(value)) : value;
  }
  // The colons of a time of day are no operator's.
  if (!WITH_OPERATORS.has(filter) || !value.includes(':') || parseTime(value) !== undefined) return value;
  const operator = operatorOf(value);
  if (operator === 'eq') return value.slice(3);
  return operator === 'in' ? value : undefined;
}
