/** Where things are on the timeline. */
import type { EntryList } from '../session/entry-list.ts';
import type { Colors } from './colors.ts';
import type { Lane, PlacedMark, TimelineModel } from './model.ts';
import type { Window } from './scale.ts';

/** Height of a row of a lane, in pixels. */
export const ROW = 13;
/** Space between lanes. */
const GAP = 9;
/** Height of the axis. */
export const AXIS = 24;
/** Width of the names of lanes, for the width of the timeline. */
export const gutterOf = (width: number): number => (width < 600 ? 104 : 176);

/** Everything that a drawing needs. */
export interface Scene {
  readonly context: CanvasRenderingContext2D;
  readonly colors: Colors;
  readonly width: number;
  readonly height: number;
  readonly window: Window;
  readonly model: TimelineModel;
  readonly entries: EntryList;
  readonly marks: readonly PlacedMark[];
  /** 1 for each entry that matches the filters. */
  readonly shown: Uint8Array;
  readonly selected: number;
  readonly range: Window | undefined;
  /** Writes the time of a line of the axis. */
  readonly labelOf: (time: number) => string;
}

/** Returns where each lane begins, and the height of all. */
export function layout(lanes: readonly Lane[]): { readonly tops: readonly number[]; readonly height: number } {
  let top = AXIS + GAP / 2;
  const tops = lanes.map(({ rows }) => {
    const own = top;
    top += rows * ROW + GAP;
    return own;
  });
  return { tops, height: top };
}

/** The middle of the bar of an entry. */
export const middleOf = (model: TimelineModel, tops: readonly number[], index: number): number =>
  (tops[model.lane[index] as number] as number) + (model.row[index] as number) * ROW + (ROW - 2) / 2;

/** The position of a time. */
export const xOf = ({ window: { from, to }, width }: Pick<Scene, 'window' | 'width'>, time: number): number =>
  gutterOf(width) + ((time - from) / (to - from)) * (width - gutterOf(width));

/** The time of a position. */
export const timeAt = ({ window: { from, to }, width }: Pick<Scene, 'window' | 'width'>, x: number): number =>
  from + ((x - gutterOf(width)) / (width - gutterOf(width))) * (to - from);

/** Returns the index of the entry at a position; -1 for none. */
export function entryAt(scene: Scene, { x, y }: { readonly x: number; readonly y: number }): number {
  const { model } = scene;
  const { tops } = layout(model.lanes);
  const lane = model.lanes.findIndex(({ rows }, index) => {
    const top = tops[index] as number;
    return y >= top - 3 && y < top + rows * ROW;
  });
  if (lane < 0) return -1;
  const row = Math.max(0, Math.floor((y - (tops[lane] as number)) / ROW));
  const time = timeAt(scene, x);
  const { started, ended } = model.columns;
  let best = -1;
  /** Six pixels. */
  let distance = (6 * (scene.window.to - scene.window.from)) / (scene.width - gutterOf(scene.width));
  for (const index of model.lanes[lane]?.indexes ?? []) {
    if (model.row[index] !== row) continue;
    const away = Math.max((started.values[index] as number) - time, time - (ended.values[index] as number), 0);
    if (away < distance) {
      best = index;
      distance = away;
    }
  }
  return best;
}
