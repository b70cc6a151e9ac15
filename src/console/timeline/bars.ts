/**
 * Draws the bars of requests. Bars that are wider than a few pixels are drawn one by one; all others are collected by pixel, so that
 * the work for 100,000 requests is a loop over numbers and some rectangles.
 */
import type { SessionEntry } from '../session/session.ts';
import type { Colors } from './colors.ts';
import { gutterOf, ROW, type Scene, xOf } from './geometry.ts';
import { KINDS, type Lane } from './model.ts';

/** Narrower bars are collected by pixel. */
const NARROW = 3;
/** Added to the kind of what matches the filters: it wins over the rest. */
const SHOWN = 16;
/** Space between marks of faults, in pixels. */
const FAULT_DISTANCE = 2;

/** What the bars of a lane are, for one drawing. */
interface Sorted {
  readonly columns: number;
  /** Kinds by row and pixel; 0 for none. */
  readonly pixels: Uint8Array;
  /** Indexes of wide bars. */
  readonly wide: number[];
  /** Indexes of entries with a mark of a fault. */
  readonly faults: number[];
}

/** Draws the bars of a lane. */
export function drawBars(scene: Scene, lane: Lane, top: number): void {
  const sorted = sortBars(scene, lane);
  for (const index of sorted.wide) drawWide(scene, index, top);
  drawPixels(scene, sorted, top);
  scene.context.globalAlpha = 1;
  for (const index of sorted.faults) drawFault(scene, index, top);
}

function sortBars({ model, window, width, shown }: Scene, lane: Lane): Sorted {
  const columns = Math.max(1, Math.ceil(width - gutterOf(width)));
  const scale = columns / (window.to - window.from);
  const pixels = new Uint8Array(lane.rows * columns);
  const wide: number[] = [];
  const faults: number[] = [];
  const [started, ended] = [model.columns.started.values, model.columns.ended.values];
  const [kinds, isFault] = [model.columns.kind.values, model.columns.fault.values];
  const rows = model.row;
  /** How many wide bars and where the last mark of a fault is in each row. */
  const counts = new Uint32Array(lane.rows);
  const marks = new Float64Array(lane.rows).fill(Number.NEGATIVE_INFINITY);
  for (const index of lane.indexes) {
    const [start, end] = [started[index] as number, ended[index] as number];
    if (end < window.from || start > window.to) continue;
    const row = rows[index] as number;
    const x = (start - window.from) * scale;
    const isShown = shown[index] === 1;
    if (isShown && isFault[index] === 1 && x - (marks[row] as number) >= FAULT_DISTANCE) {
      marks[row] = x;
      faults.push(index);
    }
    if ((end - start) * scale >= NARROW) {
      // No more than one in each pixel fit.
      if ((counts[row] as number) < columns) wide.push(index);
      counts[row] = (counts[row] as number) + 1;
      continue;
    }
    const at = row * columns + Math.min(columns - 1, Math.max(0, Math.floor(x)));
    const value = (kinds[index] as number) + (isShown ? SHOWN : 1);
    if (value > (pixels[at] as number)) pixels[at] = value;
  }
  return { columns, pixels, wide, faults };
}

function drawPixels({ context, colors, width }: Scene, { columns, pixels }: Sorted, top: number): void {
  for (let at = 0; at < pixels.length; ) {
    const value = pixels[at] as number;
    const rowEnd = (Math.floor(at / columns) + 1) * columns;
    let end = at + 1;
    while (end < rowEnd && pixels[end] === value) end += 1;
    if (value !== 0) {
      const isShown = value >= SHOWN;
      context.globalAlpha = isShown ? 1 : 0.2;
      context.fillStyle = colorOf(value - (isShown ? SHOWN : 1), colors);
      const y = top + Math.floor(at / columns) * ROW;
      context.fillRect(gutterOf(width) + (at % columns), y, end - at + 1, ROW - 2);
    }
    at = end;
  }
}

const colorOf = (kind: number, colors: Colors): string => colors[KINDS[kind] ?? 'ok'];

/** A bar that is pale until the first byte of the response, and full after it. */
function drawWide(scene: Scene, index: number, top: number): void {
  const { context, colors, model, entries, shown } = scene;
  const { started, ended, kind } = model.columns;
  const { timings } = entries.at(index) as SessionEntry;
  const start = started.values[index] as number;
  const [x, right] = [xOf(scene, start), xOf(scene, ended.values[index] as number)];
  const y = top + (model.row[index] as number) * ROW;
  const isShown = shown[index] === 1;
  context.globalAlpha = isShown ? 0.45 : 0.12;
  context.fillStyle = colorOf(kind.values[index] as number, colors);
  context.fillRect(x, y, right - x, ROW - 2);
  const first = xOf(scene, start + timings.firstByte);
  context.globalAlpha = isShown ? 1 : 0.2;
  context.fillRect(Math.min(first, right - 2), y, Math.max(2, right - first), ROW - 2);
}

/** Signs for when the effect of a request took place. */
const PHASES: Readonly<Record<string, string>> = { after: '◆', twice: '2', late: '◷' };

/** A mark above a bar whose response a rule produced. */
function drawFault(scene: Scene, index: number, top: number): void {
  const { context, colors, model, entries } = scene;
  const x = xOf(scene, model.columns.started.values[index] as number);
  const y = top + (model.row[index] as number) * ROW;
  context.fillStyle = colors.injected;
  context.beginPath();
  context.moveTo(x - 3, y - 4);
  context.lineTo(x + 4, y - 4);
  context.lineTo(x + 0.5, y + 1);
  context.fill();
  const sign = PHASES[entries.at(index)?.fault?.phase ?? ''];
  if (sign !== undefined) context.fillText(sign, x + 6, y - 2);
}
