import type { Caller } from '../../domain/caller.ts';
import { VISIBILITIES, type Visibility } from '../../domain/image.ts';
import type {
  Audience,
  Comparison,
  EqualityKey,
  ImageQuery,
  Sort,
  SortKey,
} from '../../domain/image-store/image-query.ts';
import type { Limits } from '../../domain/limits.ts';
import { MEMBER_STATUSES, type MemberStatus } from '../../domain/member.ts';
import { FAILED, GlanceRefusal } from '../glance/errors.ts';
import { parseInteger } from '../shared/paging.ts';

const SORT_KEYS: Readonly<Record<string, SortKey>> = {
  name: 'name',
  status: 'status',
  container_format: 'containerFormat',
  disk_format: 'diskFormat',
  size: 'sizeBytes',
  id: 'id',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
};

/** Filters that take `in:` and `eq:` before their value. */
const WITH_OPERATORS: Readonly<Record<string, EqualityKey>> = {
  id: 'id',
  name: 'name',
  status: 'status',
  container_format: 'containerFormat',
  disk_format: 'diskFormat',
};

const TEXTS: Readonly<Record<string, EqualityKey>> = {
  owner: 'owner',
  checksum: 'checksum',
  os_hash_algo: 'hashAlgorithm',
  os_hash_value: 'hashValue',
};

const NUMBERS: Readonly<Record<string, EqualityKey>> = {
  min_disk: 'minDisk',
  min_ram: 'minRam',
  size: 'sizeBytes',
  virtual_size: 'virtualSizeBytes',
};

/** Parameters that say how to list, each taken once; a second one of the name is a property to filter by. */
const TAKEN_ONCE = ['limit', 'marker', 'sort', 'visibility', 'member_status'] as const;

/** Names on which the service stumbles: what it keeps beside the image's own record. */
const STUMBLES: ReadonlySet<string> = new Set(['locations', 'members', 'properties']);

const COMPARISONS: readonly string[] = ['gt', 'gte', 'eq', 'neq', 'lt', 'lte'] satisfies readonly Comparison[];

const bad = (message: string): GlanceRefusal => new GlanceRefusal(400, message);

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/**
 * Reads the query of a list of images.
 * @throws GlanceRefusal 400 for a value that the service does not take.
 */
export function parseListQuery(query: URLSearchParams, caller: Caller, limits: Limits): ImageQuery {
  if (query.size === 0) return plainQuery(caller, limits);
  if (query.has('changes-since')) throw bad('The "changes-since" filter is no longer available on v2.');
  const visibility = parseVisibility(query.get('visibility'));
  const memberStatus = parseMemberStatus(query.get('member_status'));
  const limit = parseLimit(query.get('limit'), limits);
  const sort = parseSort(query);
  const isHidden = parseBoolean(query, 'os_hidden', true);
  const isProtected = parseBoolean(query, 'protected', false);
  const equal: Mutable<NonNullable<ImageQuery['equal']>> = {
    isHidden: [isHidden ?? false],
  };
  if (isProtected !== undefined) equal.isProtected = [isProtected];
  if (visibility !== undefined && visibility !== 'all') equal.visibility = [visibility];
  const rest = parseFilters(query, equal);
  const marker = query.get('marker');
  return {
    audience: audienceOf(caller, visibility, memberStatus),
    equal,
    ...rest,
    ...(sort !== undefined && { sort }),
    ...(marker !== null && { marker }),
    limit,
  };
}

/** The query of a list without parameters. */
const plainQuery = (caller: Caller, limits: Limits): ImageQuery => ({
  audience: audienceOf(caller, undefined, 'accepted'),
  equal: { isHidden: [false] },
  limit: limits.listDefault,
});

type VisibilityFilter = Visibility | 'all' | '' | undefined;

function parseVisibility(text: string | null): VisibilityFilter {
  if (text === null) return undefined;
  // An empty one is let through and matches nothing.
  if (text === '' || text === 'all' || VISIBILITIES.includes(text as Visibility)) return text as VisibilityFilter;
  throw bad(`Invalid visibility value: ${text}`);
}

function parseMemberStatus(text: string | null): MemberStatus | 'all' {
  if (text === null) return 'accepted';
  if (text === 'all' || MEMBER_STATUSES.includes(text as MemberStatus)) return text as MemberStatus | 'all';
  throw bad(`Invalid status: ${text}`);
}

function parseLimit(text: string | null, limits: Limits): number {
  if (text === null) return Math.min(limits.listDefault, limits.listMost);
  const limit = parseInteger(text);
  if (limit === undefined) throw bad('limit param must be an integer');
  if (limit < 0) throw bad('limit param must be positive');
  return Math.min(limit, limits.listMost);
}

/** Whose view it is. The visibility asked for narrows it further; that is a filter of its own. */
function audienceOf(caller: Caller, visibility: VisibilityFilter, memberStatus: MemberStatus | 'all'): Audience {
  if (caller.isAdmin) {
    return visibility === undefined ? project(caller, ['public', 'private', 'shared'], []) : { kind: 'everyone' };
  }
  if (caller.projectId === '') return stranger(visibility);
  const sharedAs = memberStatus === 'all' ? MEMBER_STATUSES : [memberStatus];
  switch (visibility) {
    case 'community':
      return project(caller, ['community'], []);
    case 'all':
      return project(caller, ['public', 'community'], sharedAs);
    default:
      return project(caller, ['public'], sharedAs);
  }
}

/** A caller of no project is told what is shared with anybody, which it may not look at. */
const stranger = (visibility: VisibilityFilter): Audience => ({
  kind: 'project',
  projectId: '',
  own: false,
  visibilities:
    visibility === 'community' ? ['community'] : visibility === 'all' ? ['public', 'community'] : ['public'],
  sharedAs: [],
  sharedWithAny: true,
});

const project = (caller: Caller, visibilities: readonly Visibility[], sharedAs: readonly MemberStatus[]): Audience => ({
  kind: 'project',
  projectId: caller.projectId,
  own: true,
  visibilities,
  sharedAs,
});

function parseSort(query: URLSearchParams): readonly Sort[] | undefined {
  const sort = query.get('sort');
  const keys = query.getAll('sort_key');
  const directions = query.getAll('sort_dir');
  if (sort !== null) {
    if (keys.length > 0 || directions.length > 0) throw bad('Old and new sorting syntax cannot be combined');
    return sort.split(',').map((item) => {
      const text = item.trim();
      const colon = text.indexOf(':');
      const key = sortKey(colon === -1 ? text : text.slice(0, colon));
      const direction = colon === -1 ? '' : text.slice(colon + 1);
      return {
        key,
        direction: direction === '' ? 'desc' : sortDirection(direction),
      };
    });
  }
  if (keys.length === 0 && directions.length === 0) return undefined;
  const parsedKeys = keys.length === 0 ? (['createdAt'] as const) : keys.map(sortKey);
  const parsedDirections = directions.map(sortDirection);
  if (parsedDirections.length > 1 && parsedDirections.length !== parsedKeys.length) {
    throw bad('Number of sort dirs does not match the number of sort keys');
  }
  const [only] = parsedDirections;
  const named: readonly Sort[] = parsedKeys.map((key, index) => ({
    key,
    direction: parsedDirections[parsedDirections.length === 1 ? 0 : index] ?? 'desc',
  }));
  if (parsedDirections.length !== 1 || only === undefined || named.length === 1) return named;
  // One direction for several keys is also that of the two which always follow.
  const following = (['createdAt', 'id'] as const).filter((key) => !named.some((sort) => sort.key === key));
  return [...named, ...following.map((key) => ({ key, direction: only }))];
}

function sortKey(text: string): SortKey {
  const key = Object.hasOwn(SORT_KEYS, text) ? SORT_KEYS[text] : undefined;
  if (key !== undefined) return key;
  throw bad(`Invalid sort key: ${text}. It must be one of the following: ${Object.keys(SORT_KEYS).join(', ')}.`);
}

function sortDirection(text: string): 'asc' | 'desc' {
  if (text === 'asc' || text === 'desc') return text;
  throw bad(`Invalid sort direction: ${text}`);
}

/** @param isCaseless - whether `True` and `TRUE` count. */
function parseBoolean(query: URLSearchParams, name: string, isCaseless: boolean): boolean | undefined {
  const text = query.getAll(name).at(-1);
  if (text === undefined) return undefined;
  const known = isCaseless ? text.toLowerCase() : text;
  if (known === 'true' || known === 'false') return known === 'true';
  throw bad(`Invalid value '${text}' for '${name}' filter. Valid values are 'true' or 'false'.`);
}

type Filters = Pick<ImageQuery, 'tags' | 'properties' | 'sizeAtLeast' | 'sizeAtMost' | 'times'>;

/** The filters proper, in the order of the query: the first one at fault is complained of. Of several of a name the last counts. */
function parseFilters(query: URLSearchParams, equal: Mutable<NonNullable<ImageQuery['equal']>>): Filters {
  const filters: Mutable<Filters> = {};
  const properties: [string, readonly string[]][] = [];
  const times: NonNullable<ImageQuery['times']>[number][] = [];
  for (const [name, value] of lastOfEach(query)) {
    if (name === 'tag') filters.tags = query.getAll('tag');
    else if (name === 'size_min') filters.sizeAtLeast = rangeBound(value);
    else if (name === 'size_max') filters.sizeAtMost = rangeBound(value);
    else if (name === 'created_at' || name === 'updated_at') times.push(parseTime(name, value));
    else if (Object.hasOwn(WITH_OPERATORS, name)) equal[WITH_OPERATORS[name] as EqualityKey] = withOperator(value);
    else if (Object.hasOwn(TEXTS, name)) equal[TEXTS[name] as EqualityKey] = [value];
    else if (Object.hasOwn(NUMBERS, name)) equal[NUMBERS[name] as EqualityKey] = [number(value)];
    else if (STUMBLES.has(name)) throw new GlanceRefusal(500, FAILED);
    else properties.push([name, [value]]);
  }
  if (properties.length > 0) filters.properties = Object.fromEntries(properties);
  if (times.length > 0) filters.times = times;
  return filters;
}

const NO_FILTERS: ReadonlySet<string> = new Set(['sort_key', 'sort_dir', 'os_hidden', 'protected', 'deleted']);

function lastOfEach(query: URLSearchParams): Map<string, string> {
  const last = new Map<string, string>();
  const taken = new Set<string>();
  for (const [name, value] of query) {
    if (NO_FILTERS.has(name)) continue;
    if ((TAKEN_ONCE as readonly string[]).includes(name) && !taken.has(name)) taken.add(name);
    else last.set(name, value);
  }
  return last;
}

function rangeBound(text: string): number {
  const bound = parseInteger(text);
  if (bound === undefined) throw bad('Unable to filter on a range with a non-numeric value.');
  const exact = BigInt(text.trim().replaceAll('_', '').replace('+', ''));
  // Where sizes are kept, there is no such number to compare them with.
  if (BigInt.asIntN(64, exact) !== exact) throw new GlanceRefusal(500, FAILED);
  return bound;
}

/** A number as the database takes it out of a text; what is none equals no number. */
const number = (text: string): number => (/^\s*[+-]?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : Number.NaN);

/** `in:a,"b,c"` and `eq:a`; without an operator the value itself. */
function withOperator(text: string): readonly string[] {
  const { operator, operand } = splitOperator(text);
  if (operator === 'eq') return [operand];
  if (operator === 'in') return splitList(operand);
  throw bad(`Unable to filter by unknown operator '${operator}'.`);
}

function splitOperator(text: string): {
  readonly operator: string;
  readonly operand: string;
} {
  const colon = text.indexOf(':');
  // The colons of a time of day are no operator's.
  if (colon === -1 || parseIsoTime(text) !== undefined) return { operator: 'eq', operand: text };
  return { operator: text.slice(0, colon), operand: text.slice(colon + 1) };
}

function splitList(text: string): readonly string[] {
  checkQuotes(text);
  const items: string[] = [];
  for (const match of text.matchAll(/"((?:[^"\\]|\\.)*)"|[^,]+/g)) {
    items.push(match[1] ?? match[0]);
  }
  return items;
}

function checkQuotes(text: string): void {
  let isOpen = false;
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] !== '"' || text[index - 1] === '\\') continue;
    const neighbour = isOpen ? text[index + 1] : text[index - 1];
    if (neighbour !== undefined && neighbour !== ',') {
      throw bad(
        isOpen
          ? `Invalid filter value ${text}. There is no comma after closing quotation mark.`
          : `Invalid filter value ${text}. There is no comma before opening quotation mark.`,
      );
    }
    isOpen = !isOpen;
  }
  if (isOpen) throw bad(`Invalid filter value ${text}. The quote is not closed.`);
}

function parseTime(name: 'created_at' | 'updated_at', text: string): NonNullable<ImageQuery['times']>[number] {
  const { operator, operand } = splitOperator(text);
  const time = parseIsoTime(operand);
  if (time === undefined) throw bad(`Bad "${name}" query filter format. Use ISO 8601 DateTime notation.`);
  if (!COMPARISONS.includes(operator)) throw bad('Unable to filter on a unknown operator.');
  return {
    key: name === 'created_at' ? 'createdAt' : 'updatedAt',
    comparison: operator as Comparison,
    time,
  };
}

const ISO_TIME =
  /^(\d{4})(?:-?(\d{1,2})(?:-?(\d{1,2})(?:[ T](\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d+))?)?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?$/;

/** Milliseconds since 1970 of an ISO 8601 time, UTC where it names no zone; parts left out count from the start. */
function parseIsoTime(text: string): number | undefined {
  const match = ISO_TIME.exec(text);
  if (match === null) return undefined;
  const [, year, month = '1', day = '1', hour = '0', minute = '0', second = '0', fraction = '0', zone = 'Z'] = match;
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const back = new Date(time);
  const isReal =
    Number(year) >= 100 &&
    back.getUTCMonth() === Number(month) - 1 &&
    back.getUTCDate() === Number(day) &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 60;
  if (!isReal) return undefined;
  return time + Math.floor(Number(`0.${fraction}`) * 1000) - offsetOf(zone);
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * 60_000;
}
