import type { Sort, SortKey } from '../../../domain/image-store/image-query.ts';
import { badRequest } from './values.ts';

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

type Direction = Sort['direction'];

function sortKey(given: string): SortKey {
  const text = given.trim();
  const key = Object.hasOwn(SORT_KEYS, text) ? SORT_KEYS[text] : undefined;
  if (key !== undefined) return key;
  throw badRequest(`Invalid sort key: ${text}. It must be one of the following: ${Object.keys(SORT_KEYS).join(', ')}.`);
}

function sortDirection(given: string): Direction {
  const text = given.trim();
  if (text === 'asc' || text === 'desc') return text;
  throw badRequest(`Invalid sort direction: ${text}`);
}

const checkCount = (keys: readonly unknown[], directions: readonly unknown[]): void => {
  if (directions.length > 1 && directions.length !== keys.length) {
    throw badRequest('Number of sort dirs does not match the number of sort keys');
  }
};

/** Pairs keys and directions: a single direction is that of all keys, and the default is `desc`. */
const pair = (keys: readonly SortKey[], directions: readonly Direction[]): readonly Sort[] =>
  keys.map((key, index) => ({ key, direction: directions[directions.length === 1 ? 0 : index] ?? 'desc' }));

/**
 * Parses `sort_key` and `sort_dir` as the older services do: one key and its direction after the other.
 * @throws GlanceError 400
 */
export function parseSortPairs(parameters: URLSearchParams): readonly Sort[] | undefined {
  const keys = parameters.getAll('sort_key');
  const directions = parameters.getAll('sort_dir');
  if (keys.length === 0 && directions.length === 0) return undefined;
  if (keys.length === 0) keys.push('created_at');
  checkCount(keys, directions);
  return keys.map((text, index) => ({
    key: sortKey(text),
    direction: sortDirection(directions[directions.length === 1 ? 0 : index] ?? 'desc'),
  }));
}

/**
 * Parses `sort`, or `sort_key` and `sort_dir`, as Glance does now: all keys, then all directions.
 * @throws GlanceError 400
 */
export function parseSort(parameters: URLSearchParams): readonly Sort[] | undefined {
  const sort = parameters.get('sort');
  const keys = parameters.getAll('sort_key');
  const directions = parameters.getAll('sort_dir');
  if (sort !== null) {
    if (keys.length > 0 || directions.length > 0) throw badRequest('Old and new sorting syntax cannot be combined');
    return sort.split(',').map(parseItem);
  }
  if (keys.length === 0 && directions.length === 0) return undefined;
  const parsedKeys = keys.length === 0 ? (['createdAt'] as const) : keys.map(sortKey);
  const parsedDirections = directions.map(sortDirection);
  checkCount(parsedKeys, parsedDirections);
  return withTies(pair(parsedKeys, parsedDirections), parsedDirections);
}

/** Parses `name:asc` or `name`. */
function parseItem(text: string): Sort {
  const colon = text.indexOf(':');
  const key = sortKey(colon === -1 ? text : text.slice(0, colon));
  const direction = colon === -1 ? '' : text.slice(colon + 1);
  return { key, direction: direction === '' ? 'desc' : sortDirection(direction) };
}

/** One direction for several keys also applies to the two that break ties. */
function withTies(sorts: readonly Sort[], directions: readonly Direction[]): readonly Sort[] {
  const [only] = directions;
  if (directions.length !== 1 || only === undefined || sorts.length === 1) return sorts;
  const following = (['createdAt', 'id'] as const).filter((key) => !sorts.some((sort) => sort.key === key));
  return [...sorts, ...following.map((key) => ({ key, direction: only }))];
}
