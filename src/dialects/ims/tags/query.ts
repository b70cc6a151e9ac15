import type { Cloud } from '../../../cloud.ts';
import type { Caller } from '../../../domain/caller.ts';
import type { Image } from '../../../domain/image.ts';
import type { ImageQuery } from '../../../domain/image-store/image-query.ts';
import { ImsRefusal } from '../wire.ts';
import { checkKeysUnique, type KeyValue, parseTag, tagText } from './tag.ts';

/** A key, and values of which any will do; none: any value at all. */
export interface TagCondition {
  readonly key: string;
  readonly values: readonly string[];
}

/** What `queryByTags` is asked, as it comes. */
export interface TagQuery {
  readonly action: 'filter' | 'count';
  readonly tags?: readonly TagCondition[];
  readonly tags_any?: readonly TagCondition[];
  readonly not_tags?: readonly TagCondition[];
  readonly not_tags_any?: readonly TagCondition[];
  readonly without_any_tag?: boolean;
  readonly limit?: string;
  readonly offset?: string;
  readonly matches?: readonly { readonly key: 'resource_name' | 'resource_id'; readonly value: string }[];
}

type Checked = Omit<TagQuery, 'limit' | 'offset'> & { readonly limit: number; readonly offset: number };

const USUAL_LIMIT = 10;
const MOST = 1000;

/** @throws ImsRefusal IMG.0017 for a limit out of range, IMG.0115 for keys that stand twice. */
export function checkedQuery(query: TagQuery): Checked {
  for (const list of [query.tags, query.tags_any, query.not_tags, query.not_tags_any, query.matches]) {
    if (list !== undefined) checkKeysUnique(list);
  }
  if (query.action === 'count') return { ...query, limit: 0, offset: 0 };
  const limit = query.limit === undefined ? USUAL_LIMIT : Number(query.limit);
  if (limit < 1 || limit > MOST) throw new ImsRefusal('IMG.0017', `limit must be from 1 to ${MOST}.`);
  return { ...query, limit, offset: Number(query.offset ?? 0) };
}

const holds = (tags: readonly KeyValue[], { key, values }: TagCondition): boolean =>
  tags.some((tag) => tag.key === key && (values.length === 0 || values.includes(tag.value)));

/** Whether an image is one of those that a query is for. */
export function fits(image: Image, query: Checked): boolean {
  for (const { key, value } of query.matches ?? []) {
    if (key === 'resource_id' && image.id !== value) return false;
    const name = image.name ?? '';
    if (key === 'resource_name' && (value === '' ? name !== '' : !name.includes(value))) return false;
  }
  if (query.without_any_tag === true) return image.tags.length === 0;
  const tags = image.tags.map(parseTag);
  const has = (condition: TagCondition): boolean => holds(tags, condition);
  const { tags: all, tags_any: any, not_tags: notAll, not_tags_any: notAny } = query;
  return (
    (all ?? []).every(has) &&
    (isNone(any) || any.some(has)) &&
    (isNone(notAll) || !notAll.every(has)) &&
    !(notAny ?? []).some(has)
  );
}

const isNone = (conditions: readonly TagCondition[] | undefined): conditions is undefined | readonly [] =>
  conditions === undefined || conditions.length === 0;

/** Images asked for at a time. */
const STRIDE = 256;

/** What the indexes of images can leave out beforehand of what a query asks. */
export function narrowed({ matches, tags, without_any_tag: isUntagged }: Checked): Narrowing {
  const id = matches?.find(({ key }) => key === 'resource_id')?.value;
  const exact = isUntagged === true ? undefined : tags?.find(({ values }) => values.length === 1 && values[0] !== '');
  return {
    ...(id !== undefined && { equal: { id: [id] } }),
    ...(exact !== undefined && { tags: [tagText({ key: exact.key, value: exact.values[0] as string })] }),
  };
}

type Narrowing = Pick<ImageQuery, 'equal' | 'tags'>;

/** The images of the caller's project, newest first. */
export function* ownImages(
  { images }: Pick<Cloud, 'images'>,
  { projectId }: Caller,
  narrowing: Narrowing = {},
): Generator<Image> {
  const query: ImageQuery = {
    ...narrowing,
    audience: { kind: 'project', projectId, own: true, visibilities: [], sharedAs: [] },
    limit: STRIDE,
  };
  let marker: string | undefined;
  for (;;) {
    const page = images.list({ ...query, ...(marker !== undefined && { marker }) });
    yield* page.images;
    marker = page.images.at(-1)?.id;
    if (!page.hasMore || marker === undefined) return;
  }
}
