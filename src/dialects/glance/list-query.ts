import type { Caller } from '../../domain/caller.ts';
import type { Image, Visibility } from '../../domain/image.ts';
import type {
  Comparison,
  EqualityKey,
  ImagePage,
  ImageQuery,
  Sort,
  SortKey,
} from '../../domain/image-store/image-query.ts';
import type { Images } from '../../domain/images/images.ts';
import { MEMBER_STATUSES, type MemberStatus } from '../../domain/member.ts';

/** How one API lists images by the parameters that Glance made common. */
export interface ListRules {
  readonly projectId: string;
  readonly limitDefault: number;
  /** A page holds no more, whatever is asked for. */
  readonly limitMost: number;
  /** Values that the parameter `visibility` takes. */
  readonly visibilities: readonly Visibility[];
  /** Values that the parameter `sort_key` takes, and what they mean. */
  readonly sortKeys: Readonly<Record<string, SortKey>>;
  /** Whether values may carry an operator: `created_at=gt:…`, `name=in:a,b`. */
  readonly hasOperators: boolean;
  /** Takes a parameter that only this API has: `true` when it is dealt with, a text to refuse it. */
  take?(name: string, value: string): boolean | string;
}

/** Sort keys as Glance has them. */
export const GLANCE_SORT_KEYS: Readonly<Record<string, SortKey>> = {
  name: 'name',
  status: 'status',
  container_format: 'containerFormat',
  disk_format: 'diskFormat',
  size: 'sizeBytes',
  id: 'id',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
};

const TEXT_FILTERS: ReadonlyMap<string, EqualityKey> = new Map([
  ['id', 'id'],
  ['name', 'name'],
  ['owner', 'owner'],
  ['status', 'status'],
  ['container_format', 'containerFormat'],
  ['disk_format', 'diskFormat'],
  ['checksum', 'checksum'],
]);
const NUMBER_FILTERS: ReadonlyMap<string, EqualityKey> = new Map([
  ['min_disk', 'minDisk'],
  ['min_ram', 'minRam'],
  ['size', 'sizeBytes'],
]);
const MANY_VALUES = new Set(['id', 'name', 'status', 'container_format', 'disk_format']);
const INTEGER = /^[+-]?\d+$/;
const COMPARISONS: ReadonlySet<string> = new Set(['gt', 'gte', 'eq', 'neq', 'lt', 'lte']);
const VISIBLE_TO_ALL: readonly Visibility[] = ['public'];
const ACCEPTED: readonly MemberStatus[] = ['accepted'];
const NOT_HIDDEN = [false] as const;

/**
 * A list request as a question to the domain.
 * @returns the question, or what is wrong with the parameters, in one line.
 */
export function parseImageList(parameters: URLSearchParams, rules: ListRules): ImageQuery | string {
  const equal: Partial<Record<EqualityKey, readonly (string | number | boolean | null)[]>> = { isHidden: NOT_HIDDEN };
  const properties = new Map<string, readonly string[]>();
  const tags: string[] = [];
  const times: NonNullable<ImageQuery['times']>[number][] = [];
  let limit = rules.limitDefault;
  let marker: string | undefined;
  let sharedAs = ACCEPTED;
  const sizes: { sizeAtLeast?: number; sizeAtMost?: number } = {};

  for (const [name, value] of lastOfEach(parameters)) {
    const taken = rules.take?.(name, value) ?? false;
    if (typeof taken === 'string') return taken;
    if (taken) continue;
    const textKey = TEXT_FILTERS.get(name);
    const numberKey = NUMBER_FILTERS.get(name);
    if (textKey !== undefined) {
      equal[textKey] = rules.hasOperators && MANY_VALUES.has(name) ? anyOf(value) : [value];
    } else if (numberKey !== undefined) {
      equal[numberKey] = [INTEGER.test(value) ? Number(value) : value];
    } else if (name === 'limit') {
      if (!INTEGER.test(value)) return 'limit param must be an integer';
      if (Number(value) < 0) return 'limit param must be positive';
      limit = Number(value);
    } else if (name === 'marker') {
      marker = value;
    } else if (name === 'tag') {
      tags.push(...parameters.getAll('tag'));
    } else if (name === 'visibility') {
      if (!(rules.visibilities as readonly string[]).includes(value)) return `Invalid visibility value: ${value}`;
      equal.visibility = [value];
    } else if (name === 'member_status') {
      if (value !== 'all' && !(MEMBER_STATUSES as readonly string[]).includes(value)) return `Invalid status: ${value}`;
      sharedAs = value === 'all' ? MEMBER_STATUSES : [value as MemberStatus];
    } else if (name === 'protected') {
      if (value !== 'true' && value !== 'false') {
        return `Invalid value '${value}' for 'protected' filter. Valid values are 'true' or 'false'.`;
      }
      equal.isProtected = [value === 'true'];
    } else if (name === 'size_min' || name === 'size_max') {
      if (!INTEGER.test(value)) return 'Unable to filter on a range with a non-numeric value.';
      sizes[name === 'size_min' ? 'sizeAtLeast' : 'sizeAtMost'] = Number(value);
    } else if (rules.hasOperators && (name === 'created_at' || name === 'updated_at')) {
      const condition = parseTime(name, value);
      if (typeof condition === 'string') return condition;
      times.push({ key: name === 'created_at' ? 'createdAt' : 'updatedAt', ...condition });
    } else if (name !== 'sort_key' && name !== 'sort_dir') {
      properties.set(name, [value]);
    }
  }
  const sort = parseSort(parameters, rules.sortKeys);
  if (typeof sort === 'string') return sort;
  return {
    audience: { kind: 'project', projectId: rules.projectId, own: true, visibilities: VISIBLE_TO_ALL, sharedAs },
    equal,
    limit: Math.min(limit, rules.limitMost),
    ...sizes,
    ...(sort !== undefined && { sort }),
    ...(marker !== undefined && { marker }),
    ...(tags.length > 0 && { tags }),
    ...(times.length > 0 && { times }),
    ...(properties.size > 0 && { properties: Object.fromEntries(properties) }),
  };
}

/** The parameters by name; of a repeated one the last value, in the place of the first. */
const lastOfEach = (parameters: URLSearchParams): ReadonlyMap<string, string> => new Map(parameters);

/** `in:a,"b,c"` as its values; anything else as the one value it is. */
function anyOf(value: string): readonly string[] {
  if (!value.startsWith('in:')) return [value];
  return [...value.slice(3).matchAll(/"([^"]*)"|([^,]+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

const TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

function parseTime(name: string, value: string): { readonly comparison: Comparison; readonly time: number } | string {
  const colon = value.indexOf(':');
  const operator = value.slice(0, Math.max(colon, 0));
  const isOperator = colon !== -1 && !/^\d/.test(operator);
  if (isOperator && !COMPARISONS.has(operator)) return 'Unable to filter on a unknown operator.';
  const text = isOperator ? value.slice(colon + 1) : value;
  const zone = TIME.exec(text);
  const time = zone === null ? Number.NaN : Date.parse(text.includes('T') && zone[1] === undefined ? `${text}Z` : text);
  if (Number.isNaN(time)) return `Bad "${name}" query filter format. Use ISO 8601 DateTime notation.`;
  return { comparison: isOperator ? (operator as Comparison) : 'eq', time };
}

function parseSort(
  parameters: URLSearchParams,
  known: Readonly<Record<string, SortKey>>,
): readonly Sort[] | string | undefined {
  const keys = parameters.getAll('sort_key');
  const directions = parameters.getAll('sort_dir');
  if (keys.length === 0 && directions.length === 0) return undefined;
  if (keys.length === 0) keys.push('created_at');
  if (directions.length > 1 && directions.length !== keys.length) {
    return 'Number of sort dirs does not match the number of sort keys';
  }
  const sort: Sort[] = [];
  for (const [at, name] of keys.entries()) {
    const key = Object.hasOwn(known, name) ? known[name] : undefined;
    if (key === undefined) {
      return `Invalid sort key: ${name}. It must be one of the following: ${Object.keys(known).join(', ')}.`;
    }
    const direction = (directions.length === 1 ? directions[0] : directions[at]) ?? 'desc';
    if (direction !== 'asc' && direction !== 'desc') return `Invalid sort direction: ${direction}`;
    sort.push({ key, direction });
  }
  return sort;
}

/** A condition that passes over so many of the images that another one keeps. */
export function passingOver(count: number, keep: (image: Image) => boolean = () => true): (image: Image) => boolean {
  let left = count;
  return (image) => {
    if (!keep(image)) return false;
    left -= 1;
    return left < 0;
  };
}

/** Whether a list goes on after an image that is not there. */
export const isMarkerGone = (images: Images, marker: string | undefined): boolean =>
  marker !== undefined && (images.peek(marker)?.status ?? 'deleted') === 'deleted';

/** Images asked for at a time while looking for those that a condition keeps. */
const STRIDE = 256;

/**
 * A page of images. A page of none has nothing after it.
 * @param keep - a condition that the domain has no index for; without one the page costs the same however many images there are.
 */
export function pageOf(images: Images, query: ImageQuery, asker: Caller, keep?: (image: Image) => boolean): ImagePage {
  if (query.limit === 0) {
    // A bad marker is refused all the same.
    if (query.marker !== undefined) images.list({ ...query, limit: 1 }, asker);
    return { images: [], hasMore: false };
  }
  if (keep === undefined) return images.list(query, asker);
  const kept: Image[] = [];
  let marker = query.marker;
  for (;;) {
    const page = images.list({ ...query, limit: STRIDE, ...(marker !== undefined && { marker }) }, asker);
    for (const image of page.images) {
      if (!keep(image)) continue;
      if (kept.length === query.limit) return { images: kept, hasMore: true };
      kept.push(image);
    }
    const last = page.images.at(-1);
    if (!page.hasMore || last === undefined) return { images: kept, hasMore: false };
    marker = last.id;
  }
}
