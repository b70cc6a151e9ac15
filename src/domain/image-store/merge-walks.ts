import type { Image } from '../image.ts';
import type { ImageOrder } from './image-order.ts';
import type { ImagePage } from './image-query.ts';
import type { IndexWalk } from './index-walk.ts';
import type { QueryPlan } from './query-plan.ts';

/** Merges walks into one page: stops once the page is full and another match is known to follow. */
export function mergePage(plan: QueryPlan, walks: readonly IndexWalk[], limit: number): ImagePage {
  const next = mergeWalks(walks, plan.design.order, plan.backwards);
  const images: Image[] = [];
  let last: Image | undefined;
  for (let image = next(); image !== undefined; image = next()) {
    // An image in two sets of the audience comes twice in a row, since the order is total.
    if (image === last) continue;
    last = image;
    if (!plan.matchesRest(image)) continue;
    if (images.length === limit) return { images, hasMore: true };
    images.push(image);
  }
  return { images, hasMore: false };
}

/** Returns a function that yields the images of all walks in order. */
function mergeWalks(walks: readonly IndexWalk[], order: ImageOrder, backwards: boolean): () => Image | undefined {
  const sign = backwards ? -1 : 1;
  const compare = (left: IndexWalk, right: IndexWalk): number =>
    left.head === undefined || right.head === undefined ? 0 : order.compare(left.head, right.head) * sign;
  // The walk with the next image is last, where it is cheap to remove.
  const waiting = walks.filter(({ head }) => head !== undefined).sort((left, right) => compare(right, left));
  return () => {
    const walk = waiting.pop();
    const image = walk?.head;
    walk?.advance();
    if (walk?.head !== undefined)
      waiting.splice(
        insertionPoint(waiting, (other) => compare(other, walk) > 0),
        0,
        walk,
      );
    return image;
  };
}

/** The first index whose walk does not come after the new one, by binary search. */
function insertionPoint(waiting: readonly IndexWalk[], comesAfter: (walk: IndexWalk) => boolean): number {
  let low = 0;
  let high = waiting.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (comesAfter(waiting[middle] as IndexWalk)) low = middle + 1;
    else high = middle;
  }
  return low;
}
