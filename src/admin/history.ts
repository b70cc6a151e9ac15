import type { Work } from '../base/slices.ts';
import type { Image } from '../domain/image.ts';
import { workOnView } from '../journal/query.ts';
import type { WorldHistory } from '../world/history.ts';
import type { World } from '../world/world.ts';
import { type ImageView, presentImage } from './images.ts';
import { AdminError } from './problems.ts';
import { findRequest } from './requests.ts';

/** When something happened besides the requests. */
interface Moment {
  /** Id of the last request before it; 0 for none. */
  readonly after: number;
  /** Milliseconds since 1970, by the world's clock. */
  readonly time: number;
}

/** A request to the admin API that changed the world. */
export interface ActionView extends Moment {
  readonly operation: string;
  readonly input: unknown;
}

/** A change of an image. */
export interface ChangeView extends Moment {
  readonly image: string;
  readonly name: string | null;
  readonly status: string;
}

/** What happened to a world besides its requests, in chronological order. */
export interface HistoryView {
  readonly actions: readonly ActionView[];
  readonly changes: readonly ChangeView[];
}

/** Selects a part of the history. */
export interface HistoryQuery {
  /** Only what happened after the request before this one; from the beginning when omitted. */
  readonly since?: number | undefined;
}

/** Returns what happened to a world besides its requests. */
export function readHistory({ history }: World, { since = 0 }: HistoryQuery): HistoryView {
  return {
    actions: history.actions
      .filter(({ after }) => after >= since)
      .map(({ after, time, operation, input }) => ({ after, time, operation, input: JSON.parse(input) as unknown })),
    changes: history.changes
      .filter(({ after }) => after >= since)
      .map(({ after, time, image: { id, name, status } }) => ({ after, time, image: id, name, status })),
  };
}

/** The states of an image around a request; `null`: it did not exist. */
export interface RequestImageView {
  readonly image: string;
  readonly before: ImageView | null;
  readonly after: ImageView | null;
}

/**
 * Returns the states of the image that a request names or created.
 * @throws AdminError if the journal has no such request, if it concerns no image, or if the changes before it were dropped.
 */
export function showRequestImage(world: World, id: string): Work<RequestImageView> {
  return workOnView(world, function* (reader) {
    const entry = yield* findRequest(reader, id);
    if (entry.image === undefined) throw new AdminError(404, `Request ${id} concerns no image.`);
    return { image: entry.image, ...statesAround(world.history, { id: entry.id, image: entry.image }) };
  });
}

/** Returns the states of an image before and after a request. */
function statesAround(
  { start, changes }: WorldHistory,
  { id, image }: { readonly id: number; readonly image: string },
): Omit<RequestImageView, 'image'> {
  let before = start.imageStore.base.images.get(image);
  let after = before;
  for (const change of changes) {
    // What a request changed was noted before its response was, with the id of the request before it.
    if (change.after > id - 1) break;
    if (change.image.id !== image) continue;
    if (change.after < id - 1) before = change.image;
    after = change.image;
  }
  return { before: shown(before), after: shown(after) };
}

const shown = (image: Image | undefined): ImageView | null => (image === undefined ? null : presentImage(image));
