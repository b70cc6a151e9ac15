/** The part of the time that the timeline shows, and the lines of its axis. */

/** A part of the time, in milliseconds since 1970. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Shortest time that is shown, in milliseconds. */
const MIN_SPAN = 2;

/** Zooms a window around a time. @param factor - below 1: less time is shown. */
export function zoom({ from, to }: Window, factor: number, around: number): Window {
  const scale = Math.max(factor, MIN_SPAN / (to - from));
  return { from: around - (around - from) * scale, to: around + (to - around) * scale };
}

/** Moves a window. */
export const pan = ({ from, to }: Window, by: number): Window => ({ from: from + by, to: to + by });

/** The whole time with some space at its ends. */
export function wholeOf(from: number, to: number): Window {
  if (!Number.isFinite(from)) return { from: 0, to: 1000 };
  const space = Math.max(20, (to - from) * 0.03);
  return { from: from - space, to: to + space };
}

const STEPS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 300_000, 600_000, 3_600_000,
];

/** Distance between lines of the axis, in pixels. */
const TICK_DISTANCE = 90;

/** Returns the times of the lines of the axis, counted from an origin. */
export function ticks({ from, to }: Window, width: number, origin: number): readonly number[] {
  const wanted = ((to - from) * TICK_DISTANCE) / Math.max(1, width);
  const step = STEPS.find((each) => each >= wanted) ?? Math.ceil(wanted / 3_600_000) * 3_600_000;
  const times: number[] = [];
  for (let time = origin + Math.ceil((from - origin) / step) * step; time <= to; time += step) times.push(time);
  return times;
}
