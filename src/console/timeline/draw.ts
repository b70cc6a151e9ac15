/** Draws the timeline. The work grows with the pixels that are drawn, not with the number of requests that fall on the same ones. */
import { drawBars } from './bars.ts';
import { drawMarks } from './draw-marks.ts';
import { AXIS, gutterOf, layout, middleOf, ROW, type Scene, xOf } from './geometry.ts';
import { ticks } from './scale.ts';

/** Draws everything. */
export function draw(scene: Scene): void {
  const { context, width, height, model } = scene;
  const { tops } = layout(model.lanes);
  context.clearRect(0, 0, width, height);
  context.font = '11px system-ui, sans-serif';
  context.textBaseline = 'middle';
  context.save();
  context.beginPath();
  const gutter = gutterOf(width);
  context.rect(gutter, 0, width - gutter, height);
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

function drawAxis(scene: Scene): void {
  const { context, colors, width, height, window, model, labelOf } = scene;
  context.fillStyle = colors['text-quiet'];
  context.strokeStyle = colors.border;
  context.lineWidth = 1;
  context.beginPath();
  const gutter = gutterOf(width);
  for (const time of ticks(window, width - gutter, Number.isFinite(model.from) ? model.from : 0)) {
    const x = Math.round(xOf(scene, time)) + 0.5;
    if (x < gutter) continue;
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

/** Shaded spans that the next attempt should not touch. Of those that begin at the same pixel of a row, the first is drawn. */
function drawWaits(scene: Scene, tops: readonly number[]): void {
  const { context, colors, model, window } = scene;
  const drawn = new Map<number, number>();
  for (const { lane, row, from, to, early } of model.waits) {
    if (to < window.from || from > window.to) continue;
    const x = xOf(scene, from);
    const y = (tops[lane] as number) + row * ROW;
    if (x - (drawn.get(y) ?? Number.NEGATIVE_INFINITY) < 1) continue;
    drawn.set(y, x);
    const end = xOf(scene, to);
    context.globalAlpha = 0.28;
    context.fillStyle = early < 0 ? colors.client : colors.server;
    context.fillRect(x, y, Math.max(1, end - x), ROW - 2);
    context.globalAlpha = 1;
    context.fillRect(end - 1, y, 1, ROW - 2);
  }
}

/** Lines between attempts at one logical operation. Of those that begin at the same pixel of a row, the first is drawn. */
function drawLinks(scene: Scene, tops: readonly number[]): void {
  const { context, colors, model, window } = scene;
  const { started, ended } = model.columns;
  const drawn = new Map<number, number>();
  context.strokeStyle = colors.text;
  context.globalAlpha = 0.55;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const { from, to } of model.links) {
    const [before, next] = [ended.values[from] as number, started.values[to] as number];
    if (next < window.from || before > window.to) continue;
    const [x, end] = [xOf(scene, before), xOf(scene, next)];
    // Shorter lines cannot be seen.
    if (end - x < 1) continue;
    const y = middleOf(model, tops, from);
    if (x - (drawn.get(y) ?? Number.NEGATIVE_INFINITY) < 1) continue;
    drawn.set(y, x);
    context.moveTo(x, y);
    context.lineTo(end, middleOf(model, tops, to));
  }
  context.stroke();
  context.globalAlpha = 1;
}

function drawSelected(scene: Scene, tops: readonly number[]): void {
  const { context, colors, model, selected } = scene;
  if (selected < 0 || selected >= model.row.length) return;
  const x = xOf(scene, model.columns.started.values[selected] as number);
  const right = Math.max(x + 3, xOf(scene, model.columns.ended.values[selected] as number));
  const y = middleOf(model, tops, selected) - ROW / 2;
  context.strokeStyle = colors.text;
  context.lineWidth = 2;
  context.strokeRect(x - 2, y - 1, right - x + 4, ROW + 1);
}

function drawNames({ context, colors, model, width, height }: Scene, tops: readonly number[]): void {
  const gutter = gutterOf(width);
  context.fillStyle = colors.bg;
  context.fillRect(0, 0, gutter - 2, height);
  const hasWorlds = model.lanes.some(({ world }) => world !== 'default');
  model.lanes.forEach(({ world, client, rows }, index) => {
    const y = (tops[index] as number) + (rows * ROW) / 2 - 1;
    context.fillStyle = colors.text;
    context.fillText(clip(context, hasWorlds && world !== '' ? `${world} · ${client}` : client, gutter - 20), 10, y);
  });
}

/** Cuts a text to a width. */
function clip(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let end = text.length;
  while (end > 1 && context.measureText(`${text.slice(0, end)}…`).width > width) end -= 1;
  return `${text.slice(0, end)}…`;
}
