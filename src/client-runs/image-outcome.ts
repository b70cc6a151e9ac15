import type { ImageChangeView, ImageView } from '../admin/images.ts';
import { canonical } from '../base/json-value.ts';

/** An image that a run changed, with the names of the members that differ. */
export interface ChangedImage {
  readonly before: ImageView;
  readonly after: ImageView;
  readonly members: readonly (keyof ImageView)[];
}

/** What a run did to the images of its world. */
export interface ImageOutcome {
  /** Images created during the run, as they are in the end; deleted ones have the status `deleted`. */
  readonly created: readonly ImageView[];
  /** The created images that still exist. */
  readonly leftBehind: readonly ImageView[];
  /** Images of the start that are gone, as they were. */
  readonly deleted: readonly ImageView[];
  /** Images of the start that are different. */
  readonly changed: readonly ChangedImage[];
}

/**
 * Compares the images of a world before and after a run.
 * @param before - what had changed before the run, such as images that a test placed.
 * @param after - what has changed after it.
 */
export function imageOutcome(before: readonly ImageChangeView[], after: readonly ImageChangeView[]): ImageOutcome {
  const earlier = new Map(before.map((change) => [change.after.id, change.after]));
  const created: ImageView[] = [];
  const deleted: ImageView[] = [];
  const changed: ChangedImage[] = [];
  for (const change of after) {
    const start = earlier.get(change.after.id) ?? change.before;
    if (start === null) created.push(change.after);
    else if (start.status !== 'deleted' && change.after.status === 'deleted') deleted.push(start);
    else {
      const members = differingMembers(start, change.after);
      if (members.length > 0) changed.push({ before: start, after: change.after, members });
    }
  }
  return { created, leftBehind: created.filter(({ status }) => status !== 'deleted'), deleted, changed };
}

const differingMembers = (left: ImageView, right: ImageView): readonly (keyof ImageView)[] =>
  (Object.keys(right) as (keyof ImageView)[]).filter((name) => canonical(left[name]) !== canonical(right[name]));
