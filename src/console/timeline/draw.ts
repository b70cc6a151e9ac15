/** Draws the timeline. All that is drawn for each entry is one or two rectangles, and none for entries that fall on the same pixels. */
import type { EntryList } from '../session/entry-list.ts';
import type { SessionEntry } from '../session/session.ts';
import { statusClass } from '../ui/format.ts';
import type { Colors } from './colors.ts';
import { endOf, type Lane, type PlacedMark, type TimelineModel } from './model.ts';
import { ticks, type Window } from './scale.ts';

/** Height of a row of a lane, in pixels. */
const ROW = 13;
/** Space between lanes. */
const GAP = 9;
/** Height of the axis. */
export const AXIS = 24;
/** Width of the names of lanes. */
export const GUTTER = 116;

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

/** Draws everything. */
export function draw(scene: Scene): void {
  const { context, width, height, model } = scene;
  const { tops } = layout(model.lanes);
  context.clearRect(0, 0, width, height);
  context.font = '11px system-ui, sans-serif';
  context.textBaseline = 'middle';
  context.save();
  context.beginPath();
  context.rect(GUTTER, 0, width - GUTTER, height);
  context.clip();
  drawRange(scene);
  drawAxis(scene);
  drawWaits(scene, tops);
  for (const [index, lane] of model.lanes.entries()) drawBars(scene, lane, tops[index] as number);
  drawLinks(scene, tops);
  drawMarks(scene, tops);
  drawSelected(scene, tops);
  context.restore();
  drawNames(scene, tops);
}

/** The position of a time. */
export const xOf = ({ window: { from, to }, width }: Pick<Scene, 'window' | 'width'>, time: number): number =>
  GUTTER + ((time - from) / (to - from)) * (width - GUTTER);

/** The time of a position. */
export const timeAt = ({ window: { from, to }, width }: Pick<Scene, 'window' | 'width'>, x: number): number =>
  from + ((x - GUTTER) / (width - GUTTER)) * (to - from);

function drawAxis(scene: Scene): void {
  const { context, colors, width, height, window, model, labelOf } = scene;
  context.fillStyle = colors['text-quiet'];
  context.strokeStyle = colors.border;
  context.lineWidth = 1;
  context.beginPath();
  for (const time of ticks(window, width - GUTTER, Number.isFinite(model.from) ? model.from : 0)) {
    const x = Math.round(xOf(scene, time)) + 0.5;
    if (x < GUTTER) continue;
    context.moveTo(x, AXIS - 4);
    context.lineTo(x, height);
    if (x < width - 40) context.fillText(labelOf(time), x + 4, AXIS / 2);
  }
  context.stroke();
}

function drawRange(scene: Scene): void {
  const { range, context, colors, height } = scene;
  if (range === undefined) return;
  const [from, to] = [xOf(scene, range.from), xOf(scene, range.to)];
  context.fillStyle = colors['bg-selected'];
  context.fillRect(from, 0, Math.max(1, to - from), height);
}

/** Shaded spans that the next attempt should not touch. */
function drawWaits(scene: Scene, tops: readonly number[]): void {
  const { context, colors, model, window } = scene;
  let drawn = Number.NEGATIVE_INFINITY;
  for (const { lane, row, from, to, early } of model.waits) {
    if (to < window.from || from > window.to) continue;
    const [x, end] = [xOf(scene, from), xOf(scene, to)];
    // Waits that fall on the same pixel look like one.
    if (end - x < 1 && Math.abs(x - drawn) < 1) continue;
    drawn = x;
    const y = (tops[lane] as number) + row * ROW;
    context.globalAlpha = 0.28;
    context.fillStyle = early < 0 ? colors.client : colors.server;
    context.fillRect(x, y, Math.max(1, end - x), ROW - 2);
    context.globalAlpha = 1;
    context.fillRect(end - 1, y, 1, ROW - 2);
  }
}

function drawBars(scene: Scene, lane: Lane, top: number): void {
  const { context, colors, entries, model, window, shown } = scene;
  /** Right end of what is drawn in each row, with its color: more of the same there needs no rectangle. */
  const drawn: number[] = [];
  const last: string[] = [];
  /** Where the last mark of a fault is in each row. */
  const faults: number[] = [];
  for (const index of lane.indexes) {
    const entry = entries.at(index) as SessionEntry;
    const end = endOf(entry);
    if (end < window.from || entry.started > window.to) continue;
    const row = model.row[index] as number;
    const x = xOf(scene, entry.started);
    const right = Math.max(x + 2, xOf(scene, end));
    const color = colorOf(entry, colors);
    const isShown = shown[index] === 1;
    const key = isShown ? color : '';
    if (right <= (drawn[row] ?? Number.NEGATIVE_INFINITY) && (last[row] === key || !isShown)) continue;
    drawn[row] = right;
    last[row] = key;
    const y = top + row * ROW;
    context.globalAlpha = isShown ? 0.45 : 0.12;
    context.fillStyle = color;
    context.fillRect(x, y, right - x, ROW - 2);
    const first = xOf(scene, entry.started + entry.timings.firstByte);
    context.globalAlpha = isShown ? 1 : 0.2;
    context.fillRect(Math.min(first, right - 2), y, Math.max(2, right - first), ROW - 2);
    if (entry.fault === undefined || !isShown || x - (faults[row] ?? Number.NEGATIVE_INFINITY) < 2) continue;
    faults[row] = x;
    drawFault(scene, entry, { x, y });
  }
  context.globalAlpha = 1;
}

const colorOf = ({ status, outcome }: SessionEntry, colors: Colors): string =>
  outcome === 'pending' ? colors.accent : colors[statusClass(status)];

/** Signs for when the effect of a request took place. */
const PHASES: Readonly<Record<string, string>> = { after: '◆', twice: '2', late: '◷' };

/** A mark above a bar whose response a rule produced. */
function drawFault(
  { context, colors }: Scene,
  entry: SessionEntry,
  { x, y }: { readonly x: number; readonly y: number },
): void {
  context.fillStyle = colors.injected;
  context.beginPath();
  context.moveTo(x - 3, y - 4);
  context.lineTo(x + 4, y - 4);
  context.lineTo(x + 0.5, y + 1);
  context.fill();
  const sign = PHASES[entry.fault?.phase ?? ''];
  if (sign !== undefined) context.fillText(sign, x + 6, y - 2);
}

/** Lines between attempts at one logical operation. */
function drawLinks(scene: Scene, tops: readonly number[]): void {
  const { context, colors, entries, model, window } = scene;
  context.strokeStyle = colors.text;
  context.globalAlpha = 0.55;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const { from, to } of model.links) {
    const [before, next] = [entries.at(from), entries.at(to)];
    if (before === undefined || next === undefined || next.started < window.from || before.started > window.to)
      continue;
    const [x, end] = [xOf(scene, endOf(before)), xOf(scene, next.started)];
    // Shorter lines cannot be seen.
    if (end - x < 1) continue;
    context.moveTo(x, middleOf(model, tops, from));
    context.lineTo(end, middleOf(model, tops, to));
  }
  context.stroke();
  context.globalAlpha = 1;
}

const middleOf = (model: TimelineModel, tops: readonly number[], index: number): number =>
  (tops[model.lane[index] as number] as number) + (model.row[index] as number) * ROW + (ROW - 2) / 2;

/** Actions on the axis, and changes of images below the lanes of their world. */
function drawMarks(scene: Scene, tops: readonly number[]): void {
  const { context, colors, marks, model, window, height } = scene;
  for (const { mark, at } of marks) {
    if (at < window.from || at > window.to) continue;
    const x = Math.round(xOf(scene, at)) + 0.5;
    if (mark.kind === 'change') {
      const lane = model.lanes.findIndex(({ world }) => world === mark.world);
      const y = (tops[lane] ?? AXIS) + (model.lanes[lane]?.rows ?? 1) * ROW + 1;
      context.fillStyle = colors.redirect;
      context.fillRect(x - 2, y, 4, 4);
      continue;
    }
    const isClock = mark.operation === 'setClock';
    context.strokeStyle = isClock ? colors.accent : colors.injected;
    context.fillStyle = context.strokeStyle;
    context.lineWidth = 1;
    context.setLineDash(isClock ? [] : [2, 3]);
    context.beginPath();
    context.moveTo(x, AXIS);
    context.lineTo(x, height);
    context.stroke();
    context.setLineDash([]);
    context.fillText(isClock ? '◷' : mark.kind === 'port' ? '⊘' : '▾', x - 5, AXIS - 3);
  }
}

function drawSelected(scene: Scene, tops: readonly number[]): void {
  const { context, colors, entries, model, selected } = scene;
  const entry = entries.at(selected);
  if (entry === undefined) return;
  const x = xOf(scene, entry.started);
  const right = Math.max(x + 3, xOf(scene, endOf(entry)));
  const y = middleOf(model, tops, selected) - ROW / 2;
  context.strokeStyle = colors.text;
  context.lineWidth = 2;
  context.strokeRect(x - 2, y - 1, right - x + 4, ROW + 1);
}

function drawNames({ context, colors, model, height }: Scene, tops: readonly number[]): void {
  context.fillStyle = colors.bg;
  context.fillRect(0, 0, GUTTER - 2, height);
  const hasWorlds = model.lanes.some(({ world }) => world !== 'default');
  model.lanes.forEach(({ world, client, rows }, index) => {
    const y = (tops[index] as number) + (rows * ROW) / 2 - 1;
    context.fillStyle = colors.text;
    context.fillText(clip(context, hasWorlds ? `${world} · ${client}` : client), 10, y);
  });
}

/** Cuts a text to the width of the names. */
function clip(context: CanvasRenderingContext2D, text: string): string {
  if (context.measureText(text).width <= GUTTER - 20) return text;
  let end = text.length;
  while (end > 1 && context.measureText(`${text.slice(0, end)}…`).width > GUTTER - 20) end -= 1;
  return `${text.slice(0, end)}…`;
}

/** Returns the index of the entry at a position; -1 for none. */
export function entryAt(scene: Scene, { x, y }: { readonly x: number; readonly y: number }): number {
  const { model, entries } = scene;
  const { tops } = layout(model.lanes);
  const lane = model.lanes.findIndex(({ rows }, index) => {
    const top = tops[index] as number;
    return y >= top - 3 && y < top + rows * ROW;
  });
  if (lane < 0) return -1;
  const row = Math.floor((y - (tops[lane] as number)) / ROW);
  let best = -1;
  let distance = 6;
  for (const index of model.lanes[lane]?.indexes ?? []) {
    if (model.row[index] !== Math.max(0, row)) continue;
    const entry = entries.at(index) as SessionEntry;
    const [from, to] = [xOf(scene, entry.started), xOf(scene, endOf(entry))];
    const away = x < from ? from - x : x > to ? x - to : 0;
    if (away < distance) {
      best = index;
      distance = away;
    }
  }
  return best;
}
