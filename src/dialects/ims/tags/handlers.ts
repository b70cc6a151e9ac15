import { jsonReply, type OperationHandlers } from '../../../contract/contract.ts';
import type { Image } from '../../../domain/image.ts';
import { DomainError } from '../../../domain/problem.ts';
import type { Context } from '../../dialect.ts';
import { pageOf } from '../../glance/image-list/pages.ts';
import { ownFilters } from '../cloud-images/list-filters.ts';
import { CLOUD_IMAGE_PAGE } from '../cloud-images/parse.ts';
import { parseList } from '../images/parse.ts';
import { presentStatus } from '../images/present.ts';
import { ImsError, imsChangeHandler, imsHandler, NO_CONTENT } from '../wire.ts';
import type { tagOperations } from './contract.ts';
import { nativeTagHandlers } from './handlers-native.ts';
import { type BatchTags, checkRemovedKey, type PutTag, parsePage } from './parse.ts';
import { checkQuery, indexedConditions, matchesQuery, ownImages, type TagQuery } from './query.ts';
import {
  checkKeysUnique,
  checkTag,
  dottedTag,
  type KeyValue,
  parseDottedTag,
  parseTag,
  withoutKeys,
  withTags,
} from './tag.ts';

/** Changes the tags of an own image. Permissions are checked even when the change has no effect. */
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

/** Handlers of the operations on tags. */
export const tagHandlers: OperationHandlers<typeof tagOperations, Context> = {
  ...nativeTagHandlers,

  putTag: imsChangeHandler(({ json: body }, context) => {
    const { image_id: imageId, tag, image_tag: pair } = body as PutTag;
    if ((tag === undefined) === (pair === undefined)) {
      throw new ImsError('IMG.0115', 'Either tag or image_tag must be given.');
    }
    const added = pair === undefined ? parseDottedTag(tag as string) : checkTag(pair);
    changeTags(context, imageId, (tags) => withTags(tags, [added]));
    return NO_CONTENT;
  }),

  listTags: imsHandler(({ query }, { cloud, caller }) => {
    const { page, filters } = parsePage(query);
    const list = parseList(filters, caller, CLOUD_IMAGE_PAGE, ownFilters(cloud));
    if (typeof list === 'string') throw new ImsError('IMG.0017', list);
    let found = pageOf(cloud.images, list, caller);
    for (let number = 1; number < page; number += 1) {
      const marker = found.hasMore ? found.images.at(-1)?.id : undefined;
      if (marker === undefined) return jsonReply(200, { tags: [] });
      found = pageOf(cloud.images, { ...list, query: { ...list.query, marker } }, caller);
    }
    return jsonReply(200, { tags: [...new Set(found.images.flatMap(({ tags }) => tags.map(dottedTag)))] });
  }),

  addKeyValueTag: imsChangeHandler(({ params, json: body }, context) => {
    const tag = checkTag((body as { readonly tag: KeyValue }).tag);
    changeTags(context, params.image_id, (tags) => withTags(tags, [tag]));
    return NO_CONTENT;
  }),

  batchTags: imsChangeHandler(({ params, json: body }, context) => {
    const { action, tags: given } = body as BatchTags;
    checkKeysUnique(given);
    if (action === 'delete') {
      const keys = given.map(({ key }) => checkRemovedKey(key));
      changeTags(context, params.image_id, (tags) => withoutKeys(tags, keys));
      return NO_CONTENT;
    }
    const added = given.map(({ key, value }) => {
      if (value === undefined) throw new ImsError('IMG.0115', `The tag ${key} has no value.`);
      return checkTag({ key, value });
    });
    // Trimming can make keys equal.
    checkKeysUnique(added);
    changeTags(context, params.image_id, (tags) => withTags(tags, added));
    return NO_CONTENT;
  }),

  deleteKeyValueTag: imsChangeHandler(({ params: { image_id: imageId, key } }, context) => {
    checkRemovedKey(key);
    changeTags(context, imageId, (tags) => {
      const remaining = withoutKeys(tags, [key]);
      if (remaining.length === tags.length) throw new DomainError({ kind: 'tag-not-found', imageId, tag: key });
      return remaining;
    });
    return NO_CONTENT;
  }),

  listKeyValueTags: imsHandler(({ params }, { cloud, caller }) =>
    jsonReply(200, { tags: cloud.images.show(caller, params.image_id).tags.map(parseTag) }),
  ),

  listAllTags: imsHandler((_call, { cloud, caller }) => {
    const valuesByKey = new Map<string, Set<string>>();
    for (const image of ownImages(cloud, caller)) {
      for (const { key, value } of image.tags.map(parseTag)) {
        const values = valuesByKey.get(key);
        if (values === undefined) valuesByKey.set(key, new Set([value]));
        else values.add(value);
      }
    }
    return jsonReply(200, { tags: [...valuesByKey].map(([key, values]) => ({ key, values: [...values] })) });
  }),

  queryByTags: imsHandler(({ json: body }, { cloud, caller }) => {
    const query = checkQuery(body as TagQuery);
    let total = 0;
    const resources: object[] = [];
    for (const image of ownImages(cloud, caller, indexedConditions(query))) {
      if (!matchesQuery(image, query)) continue;
      if (total >= query.offset && resources.length < query.limit) resources.push(presentResource(image));
      total += 1;
    }
    return jsonReply(200, query.action === 'count' ? { total_count: total } : { total_count: total, resources });
  }),
};

const presentResource = (image: Image): object => ({
  resource_id: image.id,
  resource_name: image.name ?? '',
  resource_detail: { status: presentStatus(image) },
  tags: image.tags.map(parseTag),
});
