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

function parseVisibility(query: URLSearchParams): string | undefined {
  const visibility = query.get('visibility') ?? undefined;
  if (visibility !== undefined && !VISIBILITIES.includes(visibility)) {
    throw bad(`Invalid visibility value: ${visibility}`);
  }
  return visibility;
}

function parseLimit(
  text: string | null,
  { fallback, most, refuse }: { readonly fallback: number; readonly most: number; readonly refuse: () => GlanceError },
): () => number {
  const limit = text === null ? fallback : parseInteger(text);
  if (limit === undefined) throw refuse();
  return () => {
    if (limit < 0) throw bad('limit param must be positive');
    return Math.min(limit, most);
  };
}

function sortKeyOf<Key extends string>(query: URLSearchParams, keys: Readonly<Record<string, Key>>): Key {
  const sent = query.get('sort_key') ?? 'created_at';
  const key = Object.hasOwn(keys, sent) ? keys[sent] : undefined;
  if (key === undefined) throw serverError();
  return key;
}

/**
 * Parses the query of a list of namespaces.
 * @throws GlanceError 400; 500 for a limit that is no number, and for a key that there is not.
 */
export function parseNamespaceQuery(query: URLSearchParams, limits: Limits): NamespaceQuery {
  const limit = parseLimit(query.get('limit'), {
    fallback: limits.listDefault,
    most: limits.listMost,
    refuse: serverError,
  });
  const direction = parseDirection(query);
  const visibility = parseVisibility(query);
  const marker = query.get('marker');
  const resourceTypes = query.getAll('resource_types').at(-1)?.split(',');
  return {
    limit: limit(),
    direction,
    sortKey: sortKeyOf(query, NAMESPACE_KEYS),
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
    fallback: Number.POSITIVE_INFINITY,
    most: Number.POSITIVE_INFINITY,
    refuse: () => bad('limit param must be an integer'),
  });
  parseDirection(query);
  parseVisibility(query);
  return limit();
}

/**
 * Parses the query of a list of tags.
 * @throws GlanceError 400; 500 for a key that there is not.
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
 * Returns the resource type of a query, if any; the service fails on any other parameter.
 * @throws GlanceError 500.
 */
export function resourceTypeOf(query: URLSearchParams): string | undefined {
  let type: string | undefined;
  for (const [name, value] of query) {
    if (name !== 'resource_type') throw serverError();
    type = value;
  }
  return type === '' ? undefined : type;
}
