/** Draws what happened besides the requests, and what was found about them. */
import type { Mark } from '../session/session.ts';
import { AXIS, middleOf, ROW, type Scene, xOf } from './geometry.ts';
import type { TimelineModel } from './model.ts';

/** Draws actions and tokens on the axis, changes of images below the lanes of their world, and findings on their requests. */
export function drawMarks(scene: Scene, tops: readonly number[]): void {
  const { marks, model, window } = scene;
  const lanes = new Map(model.lanes.map(({ world }, index) => [world, index] as const).reverse());
  /** Where the last mark of each kind is: more of them on the same pixel look like one. */
  const drawn = new Map<string, number>();
  for (const { mark, at, index = -1 } of marks) {
    if (at < window.from || at > window.to) continue;
    const x = Math.round(xOf(scene, at)) + 0.5;
    const row = mark.kind === 'finding' ? middleOf(model, tops, index) : 0;
    const key = `${mark.kind}${mark.token ?? ''}${mark.world}${row}`;
    if (mark.kind !== 'action' && drawn.get(key) === x) continue;
    drawn.set(key, x);
    if (mark.kind === 'change') drawChange(scene, x, bottomOf(model, tops, lanes.get(mark.world)));
    else if (mark.kind === 'token') drawToken(scene, mark, x);
    else if (mark.kind === 'finding') drawFinding(scene, mark, { x, y: row });
    else drawAction(scene, mark, x);
  }
}

const bottomOf = (model: TimelineModel, tops: readonly number[], lane = -1): number =>
  (tops[lane] ?? AXIS) + (model.lanes[lane]?.rows ?? 1) * ROW + 1;

function drawChange({ context, colors }: Scene, x: number, y: number): void {
  context.fillStyle = colors.redirect;
  context.fillRect(x - 2, y, 4, 4);
}

function drawAction({ context, colors, height }: Scene, { operation, kind }: Mark, x: number): void {
  const isClock = operation === 'setClock';
  context.strokeStyle = isClock ? colors.accent : colors.injected;
  context.fillStyle = context.strokeStyle;
  context.lineWidth = 1;
  context.setLineDash(isClock ? [] : [2, 3]);
  context.beginPath();
  context.moveTo(x, AXIS);
  context.lineTo(x, height);
  context.stroke();
  context.setLineDash([]);
  context.fillText(isClock ? '◷' : kind === 'port' ? '⊘' : '▾', x - 5, AXIS - 3);
}

/** A ring on the axis for a token that was issued, a disc with a line for one that expired, and a cross for a 401. */
function drawToken({ context, colors, height }: Scene, { token }: Mark, x: number): void {
  const y = AXIS;
  context.strokeStyle = token === 'issued' ? colors.ok : colors.client;
  context.fillStyle = context.strokeStyle;
  context.lineWidth = 1.5;
  context.beginPath();
  if (token === 'rejected') {
    context.moveTo(x - 3, y - 3);
    context.lineTo(x + 3, y + 3);
    context.moveTo(x + 3, y - 3);
    context.lineTo(x - 3, y + 3);
    context.stroke();
    return;
  }
  context.arc(x, y, 3, 0, 2 * Math.PI);
  if (token === 'issued') {
    context.stroke();
    return;
  }
  context.fill();
  context.setLineDash([1, 3]);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x, height);
  context.stroke();
  context.setLineDash([]);
}

/** A disc with an exclamation mark on the request. */
function drawFinding(
  { context, colors }: Scene,
  { severity }: Mark,
  { x, y }: { readonly x: number; readonly y: number },
): void {
  context.fillStyle = severity === 'error' ? colors.server : colors.client;
  context.beginPath();
  context.arc(x, y, 5, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = colors.bg;
  context.fillRect(x - 0.75, y - 3, 1.5, 4);
  context.fillRect(x - 0.75, y + 2, 1.5, 1.5);
}
