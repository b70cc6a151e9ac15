import type { Caller } from '../../../domain/caller.ts';
import type { Image } from '../../../domain/image.ts';
import type { ImagePage, ImageQuery } from '../../../domain/image-store/image-query.ts';
import type { Images } from '../../../domain/images/images.ts';

/** Returns a condition that skips the first `count` images that `keep` accepts. */
export function skipping(count: number, keep: (image: Image) => boolean = () => true): (image: Image) => boolean {
  let left = count;
  return (image) => {
    if (!keep(image)) return false;
    left -= 1;
    return left < 0;
  };
}

/** Returns whether a list continues after an image that does not exist or was deleted. */
export const isMarkerGone = (images: Images, marker: string | undefined): boolean =>
  marker !== undefined && (images.peek(marker)?.status ?? 'deleted') === 'deleted';

/** Images fetched at a time while a condition selects from them. */
const STRIDE = 256;

/** A list query, and a condition that no index of the domain can answer. */
export interface FilteredQuery {
  readonly query: ImageQuery;
  readonly keep?: ((image: Image) => boolean) | undefined;
}

/** Returns a page of images; an empty page has no next one. Without `keep`, its cost does not depend on the number of images. */
export function pageOf(images: Images, { query, keep }: FilteredQuery, caller: Caller): ImagePage {
  if (query.limit === 0) {
    // The marker is checked nevertheless.
    if (query.marker !== undefined) images.list({ ...query, limit: 1 }, caller);
    return { images: [], hasMore: false };
  }
  if (keep === undefined) return images.list(query, caller);
  const kept: Image[] = [];
  let marker = query.marker;
  for (;;) {
    const page = images.list({ ...query, limit: STRIDE, ...(marker !== undefined && { marker }) }, caller);
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
