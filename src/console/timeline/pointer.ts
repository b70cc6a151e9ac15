/** What the pointer does on the timeline. */
import { keyOf } from '../session/session.ts';
import { selected, timeRange } from '../state/filter.ts';
import { entryAt, type Scene, timeAt } from './geometry.ts';
import type { TooltipState } from './tooltip.tsx';

/** Pixels that the pointer has to move for a time range. */
const MIN_DRAG = 4;

/** Selects a time range while the pointer is dragged; a click selects the entry there. */
export function brush(event: PointerEvent, scene: Scene | undefined): void {
  const target = event.currentTarget as HTMLCanvasElement;
  if (scene === undefined || event.button !== 0) return;
  const start = { x: event.offsetX, y: event.offsetY };
  target.setPointerCapture(event.pointerId);
  let isDrag = false;
  const move = ({ offsetX }: PointerEvent): void => {
    isDrag ||= Math.abs(offsetX - start.x) >= MIN_DRAG;
    if (!isDrag) return;
    const [from, to] = [timeAt(scene, Math.min(start.x, offsetX)), timeAt(scene, Math.max(start.x, offsetX))];
    timeRange.value = { from, to };
  };
  const end = (): void => {
    target.removeEventListener('pointermove', move);
    target.removeEventListener('pointerup', end);
    target.removeEventListener('pointercancel', end);
    if (isDrag) return;
    const entry = scene.entries.at(entryAt(scene, start));
    if (entry === undefined) timeRange.value = undefined;
    else selected.value = keyOf(entry);
  };
  target.addEventListener('pointermove', move);
  target.addEventListener('pointerup', end);
  target.addEventListener('pointercancel', end);
}

/** Shows what is under the pointer. */
export function hover(
  { offsetX, offsetY, clientX, clientY }: PointerEvent,
  scene: Scene | undefined,
  tooltip: { value: TooltipState | undefined },
): void {
  if (scene === undefined) return;
  const entry = scene.entries.at(entryAt(scene, { x: offsetX, y: offsetY }));
  const near = scene.marks.filter(
    ({ at }) => Math.abs(at - timeAt(scene, offsetX)) < (3 * (scene.window.to - scene.window.from)) / scene.width,
  );
  if (entry === undefined && near.length === 0) tooltip.value = undefined;
  else tooltip.value = { x: clientX, y: clientY, entry, marks: near.slice(0, 6).map(({ mark }) => mark.text) };
}
