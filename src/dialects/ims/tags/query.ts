import type { Cloud } from '../../../cloud.ts';
import type { Caller } from '../../../domain/caller.ts';
import type { Image } from '../../../domain/image.ts';
import type { ImageQuery } from '../../../domain/image-store/image-query.ts';
import { ImsError } from '../wire.ts';
import { checkKeysUnique, type KeyValue, parseTag, tagText } from './tag.ts';

/** A key with its accepted values; an empty list accepts any value. */
export interface TagCondition {
  readonly key: string;
  readonly values: readonly string[];
}

/** Request body of `queryByTags`. */
export interface TagQuery {
  readonly action: 'filter' | 'count';
  readonly tags?: readonly TagCondition[];
  readonly tags_any?: readonly TagCondition[];
  readonly not_tags?: readonly TagCondition[];
  readonly not_tags_any?: readonly TagCondition[];
  readonly without_any_tag?: boolean;
  readonly limit?: string;
  readonly offset?: string;
  readonly matches?: readonly ResourceMatch[];
}

/** A condition on the name or id of an image. */
export interface ResourceMatch {
  readonly key: 'resource_name' | 'resource_id';
  readonly value: string;
}

/** A validated `TagQuery`, with its page as numbers. */
export type CheckedTagQuery = Omit<TagQuery, 'limit' | 'offset'> & { readonly limit: number; readonly offset: number };

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 1000;

/**
 * Validates a query and parses its page.
 * @throws ImsError IMG.0017 for a limit out of range, IMG.0115 for a duplicate key.
 */
export function checkQuery(query: TagQuery): CheckedTagQuery {
  for (const list of [query.tags, query.tags_any, query.not_tags, query.not_tags_any, query.matches]) {
    if (list !== undefined) checkKeysUnique(list);
  }
  if (query.action === 'count') return { ...query, limit: 0, offset: 0 };
  const limit = query.limit === undefined ? DEFAULT_LIMIT : Number(query.limit);
  if (limit < 1 || limit > MAX_LIMIT) throw new ImsError('IMG.0017', `limit must be from 1 to ${MAX_LIMIT}.`);
  return { ...query, limit, offset: Number(query.offset ?? 0) };
}

/** Whether an image satisfies a query. */
export const matchesQuery = (image: Image, query: CheckedTagQuery): boolean =>
  (query.matches ?? []).every((match) => matchesResource(image, match)) && matchesTags(image, query);

function matchesResource(image: Image, { key, value }: ResourceMatch): boolean {
  if (key === 'resource_id') return image.id === value;
  const name = image.name ?? '';
  return value === '' ? name === '' : name.includes(value);
}

function matchesTags(image: Image, query: CheckedTagQuery): boolean {
  if (query.without_any_tag === true) return image.tags.length === 0;
  const tags = image.tags.map(parseTag);
  const has = (condition: TagCondition): boolean => satisfies(tags, condition);
  const { tags: all = [], tags_any: any = [], not_tags: notAll = [], not_tags_any: notAny = [] } = query;
  return (
    all.every(has) &&
    (any.length === 0 || any.some(has)) &&
    (notAll.length === 0 || !notAll.every(has)) &&
    !notAny.some(has)
  );
}

const satisfies = (tags: readonly KeyValue[], { key, values }: TagCondition): boolean =>
  tags.some((tag) => tag.key === key && (values.length === 0 || values.includes(tag.value)));

/** The part of an image query that the indexes of the store can evaluate. */
export type IndexedConditions = Pick<ImageQuery, 'equal' | 'tags'>;

/** Extracts the conditions of a query that the indexes of the store can evaluate. */
export function indexedConditions({ matches, tags, without_any_tag: isUntagged }: CheckedTagQuery): IndexedConditions {
  const id = matches?.find(({ key }) => key === 'resource_id')?.value;
  const exact = isUntagged === true ? undefined : tags?.find(({ values }) => values.length === 1 && values[0] !== '');
  return {
    ...(id !== undefined && { equal: { id: [id] } }),
    ...(exact !== undefined && { tags: [tagText({ key: exact.key, value: exact.values[0] as string })] }),
  };
}

/** Number of images read at a time. */
const PAGE_SIZE = 256;

/** Iterates over the images of the caller's project, newest first. */
export function* ownImages(
  { images }: Pick<Cloud, 'images'>,
  { projectId }: Caller,
  conditions: IndexedConditions = {},
): Generator<Image> {
  const query: ImageQuery = {
    ...conditions,
    audience: { kind: 'project', projectId, own: true, visibilities: [], sharedAs: [] },
    limit: PAGE_SIZE,
  };
  let marker: string | undefined;
  for (;;) {
    const page = images.list({ ...query, ...(marker !== undefined && { marker }) });
    yield* page.images;
    marker = page.images.at(-1)?.id;
    if (!page.hasMore || marker === undefined) return;
  }
}
