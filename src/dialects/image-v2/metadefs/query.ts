import type { Limits } from '../../../domain/limits.ts';
import type { NamespaceQuery, NamespaceSortKey, Paging, TagSortKey } from '../../../domain/metadefs/metadef.ts';
import type { GlanceError } from '../../glance/errors.ts';
import { parseInteger } from '../../shared/paging.ts';
import { bad, serverError } from './parse.ts';

const NAMESPACE_KEYS: Readonly<Record<string, NamespaceSortKey>> = {
  created_at: 'createdAt',
  updated_at: 'updatedAt',
  id: 'id',
  namespace: 'name',
  display_name: 'displayName',
  description: 'description',
  visibility: 'visibility',
  protected: 'isProtected',
  owner: 'owner',
};

const TAG_KEYS: Readonly<Record<string, TagSortKey>> = {
  created_at: 'createdAt',
  updated_at: 'updatedAt',
  id: 'id',
  name: 'name',
  namespace_id: 'namespaceId',
};

function parseDirection(query: URLSearchParams): 'asc' | 'desc' {
  const direction = query.get('sort_dir') ?? 'desc';
  if (direction === 'asc' || direction === 'desc') return direction;
  throw bad(`Invalid sort direction: ${direction}`);
}

const VISIBILITIES: readonly string[] = ['public', 'private', ''];

/** The visibility that a query asks for: of several the last one is checked, and the first one filters. @throws GlanceError 400. */
export function parseVisibility(query: URLSearchParams): string | undefined {
  const [first, ...others] = query.getAll('visibility');
  const last = others.at(-1) ?? first;
  if (last !== undefined && !VISIBILITIES.includes(last)) throw bad(`Invalid visibility value: ${last}`);
  return first;
}

/** How a list limits its pages. */
interface LimitRules {
  readonly default: number;
  readonly max: number;
  /** Creates the error for a limit that is not an integer. */
  readonly notInteger: () => GlanceError;
}

/**
 * Parses the limit of a list.
 * @returns a function that rejects a negative limit, which the service does after it has parsed other parameters.
 */
function parseLimit(text: string | null, rules: LimitRules): () => number {
  const limit = text === null ? rules.default : parseInteger(text);
  if (limit === undefined) throw rules.notInteger();
  return () => {
    if (limit < 0) throw bad('limit param must be positive');
    return Math.min(limit, rules.max);
  };
}

function sortKeyOf<Key extends string>(query: URLSearchParams, keys: Readonly<Record<string, Key>>): Key {
  const name = query.get('sort_key') ?? 'created_at';
  const key = Object.hasOwn(keys, name) ? keys[name] : undefined;
  if (key === undefined) throw serverError();
  return key;
}

/** Whether namespaces can be sorted as a query asks. */
export const hasNamespaceSortKey = (query: URLSearchParams): boolean =>
  Object.hasOwn(NAMESPACE_KEYS, query.get('sort_key') ?? 'created_at');

/**
 * Parses the query of a list of namespaces, but for an unknown sort key.
 * @throws GlanceError 400; 500 for a limit that is not an integer.
 */
export function parseNamespaceQuery(query: URLSearchParams, limits: Limits): NamespaceQuery {
  const limit = parseLimit(query.get('limit'), {
    default: limits.listDefault,
    max: limits.listMost,
    notInteger: serverError,
  });
  const direction = parseDirection(query);
  const visibility = parseVisibility(query);
  const marker = query.get('marker');
  const resourceTypes = query.getAll('resource_types').at(-1)?.split(',');
  return {
    limit: limit(),
    direction,
    sortKey: hasNamespaceSortKey(query) ? sortKeyOf(query, NAMESPACE_KEYS) : 'createdAt',
    ...(marker !== null && { marker }),
    ...(visibility !== undefined && { visibility }),
    ...(resourceTypes !== undefined && { resourceTypes }),
  };
}

/**
 * Parses the limit of a list of parts; the default is all of them.
 * @throws GlanceError 400.
 */
export function checkListQuery(query: URLSearchParams): number {
  const limit = parseLimit(query.get('limit'), {
    default: Number.POSITIVE_INFINITY,
    max: Number.POSITIVE_INFINITY,
    notInteger: () => bad('limit param must be an integer'),
  });
  parseDirection(query);
  parseVisibility(query);
  return limit();
}

/**
 * Parses the query of a list of tags.
 * @throws GlanceError 400; 500 for an unknown sort key.
 */
export function parseTagQuery(query: URLSearchParams): Paging<TagSortKey> {
  const limit = checkListQuery(query);
  const marker = query.get('marker');
  return {
    limit,
    direction: parseDirection(query),
    sortKey: sortKeyOf(query, TAG_KEYS),
    ...(marker !== null && marker !== '' && { marker }),
  };
}

/**
 * Returns the resource type of a query, if any; without one the service fails on any parameter.
 * @throws GlanceError 500.
 */
export function resourceTypeOf(query: URLSearchParams): string | undefined {
  const type = query.getAll('resource_type').at(-1);
  if (type === undefined && query.size > 0) throw serverError();
  return type === '' ? undefined : type;
}
