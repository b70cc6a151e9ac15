import type { Caller } from '../../../domain/caller.ts';
import type { Image } from '../../../domain/image.ts';
import type { ImagePage, ImageQuery } from '../../../domain/image-store/image-query.ts';
import type { Images } from '../../../domain/images/images.ts';

/** Returns a condition that skips the first `count` images that match. */
export function skipping(count: number, matches: (image: Image) => boolean = () => true): (image: Image) => boolean {
  let left = count;
  return (image) => {
    if (!matches(image)) return false;
    left -= 1;
    return left < 0;
  };
}

/** Returns whether a list continues after an image that does not exist or was deleted. */
export const isMarkerGone = (images: Images, marker: string | undefined): boolean =>
  marker !== undefined && (images.peek(marker)?.status ?? 'deleted') === 'deleted';

/** Number of images read at a time while a condition filters them. */
const BATCH_SIZE = 256;

/** A list query, and a condition that no index of the domain covers. */
export interface FilteredQuery {
  readonly query: ImageQuery;
  readonly matches?: ((image: Image) => boolean) | undefined;
}

/** Returns a page of images; an empty page has no next one. Without `matches`, its cost does not depend on the number of images. */
export function pageOf(images: Images, { query, matches }: FilteredQuery, caller: Caller): ImagePage {
  if (query.limit === 0) {
    // The marker is checked nevertheless.
    if (query.marker !== undefined) images.list({ ...query, limit: 1 }, caller);
    return { images: [], hasMore: false };
  }
  if (matches === undefined) return images.list(query, caller);
  const matching: Image[] = [];
  let marker = query.marker;
  for (;;) {
    const page = images.list({ ...query, limit: BATCH_SIZE, ...(marker !== undefined && { marker }) }, caller);
    for (const image of page.images) {
      if (!matches(image)) continue;
      if (matching.length === query.limit) return { images: matching, hasMore: true };
      matching.push(image);
    }
    const last = page.images.at(-1);
    if (!page.hasMore || last === undefined) return { images: matching, hasMore: false };
    marker = last.id;
  }
}
