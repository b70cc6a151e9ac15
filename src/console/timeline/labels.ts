import type { EntryList } from '../session/entry-list.ts';
import type { TimeMode } from '../state/preferences.ts';
import { clockTime } from '../ui/format.ts';

/** Returns how the axis writes a time: since the first request, by the machine's clock, or by the world's clock. */
export function timeLabels(mode: TimeMode, entries: EntryList, origin: number): (time: number) => string {
  if (mode === 'relative') return (time) => secondsOf(time - origin);
  if (mode === 'wall') return clockTime;
  return (time) => clockTime(time + offsetAt(entries, time));
}

function secondsOf(milliseconds: number): string {
  if (Math.abs(milliseconds) < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  return `${Number.isInteger(seconds) ? seconds : seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
}

/** How far the world's clock is ahead of the machine's at a time: by the last request before it. */
function offsetAt(entries: EntryList, time: number): number {
  let low = 0;
  let high = entries.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((entries.at(middle)?.started ?? 0) <= time) low = middle;
    else high = middle - 1;
  }
  const entry = entries.at(low);
  return entry === undefined ? 0 : entry.time - entry.started - entry.timings.firstByte;
}
