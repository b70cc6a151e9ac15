import type { Handlers } from '../../../contract/contract.ts';
import type { Image } from '../../../domain/image.ts';
import { DomainError } from '../../../domain/problem.ts';
import type { Context } from '../../dialect.ts';
import { pageOf } from '../../glance/list-query.ts';
import { shownStatus } from '../images/facts.ts';
import { CLOUD_IMAGE_PAGE, parseList } from '../images/parse.ts';
import { coded, codedChange, ImsRefusal, json, NOTHING } from '../wire.ts';
import type { tagOperations } from './contract.ts';
import { checkedQuery, fits, narrowed, ownImages, type TagQuery } from './query.ts';
import {
  checkKeysUnique,
  checkTag,
  dottedTag,
  type KeyValue,
  parseDotted,
  parseTag,
  withoutKeys,
  withTags,
} from './tag.ts';

interface TagsContract {
  readonly name: 'ims';
  readonly title: string;
  readonly mount: string;
  readonly operations: typeof tagOperations;
}

/** The longest key that a removal looks for. */
const LONGEST_SOUGHT = 127;

/** Changes the tags of an image of the caller's own, even where the change comes to nothing. */
function changeTags(
  { cloud, caller }: Context,
  imageId: string,
  change: (tags: readonly string[]) => readonly string[],
): void {
  cloud.images.change(caller, imageId, ({ tags }, permit) => {
    permit({ tags });
    const changed = change(tags);
    return changed.join('\n') === tags.join('\n') ? {} : { tags: changed };
  });
}

/** Handlers of the calls for tags of key and value. */
export const tagHandlers: Handlers<TagsContract, Context> = {
  putTag: codedChange(({ json: body }, context) => {
    const { image_id: imageId, tag, image_tag: pair } = body as PutTag;
    if ((tag === undefined) === (pair === undefined)) {
      throw new ImsRefusal('IMG.0115', 'Either tag or image_tag must be given.');
    }
    const wanted = pair === undefined ? parseDotted(tag as string) : checkTag(pair);
    changeTags(context, imageId, (tags) => withTags(tags, [wanted]));
    return NOTHING;
  }),

  listTags: coded(({ query }, { cloud, caller }) => {
    const { page, search } = pageNumber(query);
    const list = parseList(search, caller, CLOUD_IMAGE_PAGE);
    if (typeof list === 'string') throw new ImsRefusal('IMG.0017', list);
    let found = pageOf(cloud.images, list.query, caller, list.keep);
    for (let number = 1; number < page; number += 1) {
      const marker = found.hasMore ? found.images.at(-1)?.id : undefined;
      if (marker === undefined) return json({ tags: [] });
      found = pageOf(cloud.images, { ...list.query, marker }, caller, list.keep);
    }
    return json({ tags: [...new Set(found.images.flatMap(({ tags }) => tags.map(dottedTag)))] });
  }),

  addKeyValueTag: codedChange(({ params, json: body }, context) => {
    const tag = checkTag((body as { readonly tag: KeyValue }).tag);
    changeTags(context, params.image_id, (tags) => withTags(tags, [tag]));
    return NOTHING;
  }),

  batchTags: codedChange(({ params, json: body }, context) => {
    const { action, tags: given } = body as BatchTags;
    checkKeysUnique(given);
    if (action === 'delete') {
      const keys = given.map(({ key }) => sought(key));
      changeTags(context, params.image_id, (tags) => withoutKeys(tags, keys));
      return NOTHING;
    }
    const added = given.map(({ key, value }) => {
      if (value === undefined) throw new ImsRefusal('IMG.0115', `The tag ${key} has no value.`);
      return checkTag({ key, value });
    });
    checkKeysUnique(added);
    changeTags(context, params.image_id, (tags) => withTags(tags, added));
    return NOTHING;
  }),

  deleteKeyValueTag: codedChange(({ params: { image_id: imageId, key } }, context) => {
    const wanted = sought(key);
    changeTags(context, imageId, (tags) => {
      const left = withoutKeys(tags, [wanted]);
      if (left.length === tags.length) throw new DomainError({ kind: 'tag-not-found', imageId, tag: wanted });
      return left;
    });
    return NOTHING;
  }),

  listKeyValueTags: coded(({ params }, { cloud, caller }) =>
    json({ tags: cloud.images.show(caller, params.image_id).tags.map(parseTag) }),
  ),

  listAllTags: coded((_call, { cloud, caller }) => {
    const values = new Map<string, Set<string>>();
    for (const image of ownImages(cloud, caller)) {
      for (const { key, value } of image.tags.map(parseTag)) {
        const known = values.get(key);
        if (known === undefined) values.set(key, new Set([value]));
        else known.add(value);
      }
    }
    return json({ tags: [...values].map(([key, known]) => ({ key, values: [...known] })) });
  }),

  queryByTags: coded(({ json: body }, { cloud, caller }) => {
    const query = checkedQuery(body as TagQuery);
    let total = 0;
    const resources: object[] = [];
    for (const image of ownImages(cloud, caller, narrowed(query))) {
      if (!fits(image, query)) continue;
      if (total >= query.offset && resources.length < query.limit) resources.push(resource(image));
      total += 1;
    }
    return json(query.action === 'count' ? { total_count: total } : { total_count: total, resources });
  }),
};

interface PutTag {
  readonly image_id: string;
  readonly tag?: string;
  readonly image_tag?: KeyValue;
}

interface BatchTags {
  readonly action: 'create' | 'delete';
  readonly tags: readonly { readonly key: string; readonly value?: string }[];
}

/** @throws ImsRefusal IMG.0115 for a key that is longer than any. */
function sought(key: string): string {
  if ([...key].length > LONGEST_SOUGHT) throw new ImsRefusal('IMG.0115', 'The key is too long.');
  return key;
}

/** The page that a list asks for, and the rest of its parameters. */
function pageNumber(query: URLSearchParams): { readonly page: number; readonly search: URLSearchParams } {
  const said = query.get('page');
  if (said === null) return { page: 1, search: query };
  if (!/^[1-9]\d{0,5}$/.test(said)) throw new ImsRefusal('IMG.0017', 'page must be a number from 1 on.');
  const search = new URLSearchParams(query);
  search.delete('page');
  return { page: Number(said), search };
}

const resource = (image: Image): object => ({
  resource_id: image.id,
  resource_name: image.name ?? '',
  resource_detail: { status: shownStatus(image) },
  tags: image.tags.map(parseTag),
});
