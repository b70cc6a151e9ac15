/** The timeline: lanes by world and client. Drag to select a time, which filters everything else. */
import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { asLive } from '../session/live.ts';
import type { Session } from '../session/session.ts';
import { filtered, selected, timeRange } from '../state/filter.ts';
import { colorsVersion, timeMode } from '../state/preferences.ts';
import { readColors } from './colors.ts';
import { TimelineControls } from './controls.tsx';
import { draw } from './draw.ts';
import { useFindings } from './findings.ts';
import { layout, type Scene, timeAt } from './geometry.ts';
import { timeLabels } from './labels.ts';
import { placeFindings, placeMarks, TimelineModel } from './model.ts';
import { brush, hover } from './pointer.ts';
import { pan, type Window, wholeOf, zoom } from './scale.ts';
import { TokenMarks } from './tokens.ts';
import { Tooltip, type TooltipState } from './tooltip.tsx';

/** The timeline of a session. */
export function Timeline({ session }: { readonly session: Session }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const scene = useRef<Scene | undefined>(undefined);
  /** The frame in which the timeline will be drawn; 0 for none. */
  const request = useRef(0);
  const model = useMemo(() => new TimelineModel(), [session]);
  const own = useSignal<Window | undefined>(undefined);
  const width = useSignal(0);
  const follows = useSignal(true);
  const showsFindings = useFindings(session);
  const tooltip = useSignal<TooltipState | undefined>(undefined);
  const shown = useComputed(() => {
    void session.entries.version.value;
    const flags = new Uint8Array(session.entries.length);
    for (const index of filtered.value) flags[index] = 1;
    return flags;
  });

  const tokens = useMemo(() => new TokenMarks(session), [session]);
  useSignalEffect(() => {
    void session.entries.version.value;
    tokens.update();
  });
  const marks = useComputed(() => {
    const { entries } = session;
    void entries.version.value;
    const placed = placeMarks([...session.marks.value, ...tokens.marks.value], entries, entries.at(0)?.started ?? 0);
    return showsFindings.value ? [...placed, ...placeFindings(session.findings.value, entries)] : placed;
  });
  const colors = useComputed(() => {
    void colorsVersion.value;
    return readColors(document.body);
  });

  useEffect(() => observe(frame.current, width), [width]);

  const paint = (): void => {
    request.current = 0;
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element === null || context === null || context === undefined || width.value === 0) return;
    model.update(session.entries);
    const height = Math.max(44, layout(model.lanes).height);
    size(element, width.value, height);
    const whole = wholeOf(model.from, model.to);
    const current = own.value ?? whole;
    const span = current.to - current.from;
    const window =
      own.value !== undefined && follows.value && isLive(session) ? { from: whole.to - span, to: whole.to } : current;
    scene.current = {
      context,
      colors: colors.value,
      width: width.value,
      height,
      window,
      model,
      entries: session.entries,
      marks: marks.value,
      shown: shown.value,
      selected: selected.value === undefined ? -1 : session.entries.indexOf(selected.value),
      range: timeRange.value,
      labelOf: timeLabels(timeMode.value, session.entries, model.from),
    };
    draw(scene.current);
  };
  useSignalEffect(() => {
    const { version } = session.entries;
    for (const each of [version, width, own, follows, colors, marks, shown, selected, timeRange, timeMode]) {
      void each.value;
    }
    // The list is drawn in this frame, the timeline in the next one.
    if (request.current === 0) request.current = requestAnimationFrame(paint);
  });
  useEffect(() => () => cancelAnimationFrame(request.current), []);

  const change = (next: Window): void => {
    own.value = next;
    follows.value = next.to >= model.to;
  };
  const zoomBy = (factor: number, around?: number): void => {
    const current = scene.current?.window;
    if (current !== undefined) change(zoom(current, factor, around ?? (current.from + current.to) / 2));
  };
  const onWheel = (event: WheelEvent): void => {
    const current = scene.current;
    if (current === undefined) return;
    const perPixel = (current.window.to - current.window.from) / current.width;
    if (event.ctrlKey || event.metaKey) zoomBy(event.deltaY > 0 ? 1.25 : 0.8, timeAt(current, event.offsetX));
    else if (event.deltaX !== 0 || event.shiftKey)
      change(pan(current.window, (event.deltaX || event.deltaY) * perPixel));
    else return;
    event.preventDefault();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const current = scene.current?.window;
    if (current === undefined) return;
    const step = (current.to - current.from) / 8;
    if (event.key === 'ArrowLeft') change(pan(current, -step));
    else if (event.key === 'ArrowRight') change(pan(current, step));
    else if (event.key === '+' || event.key === '=') zoomBy(0.7);
    else if (event.key === '-') zoomBy(1.4);
    else if (event.key === '0') own.value = undefined;
    else if (event.key === 'Enter' || event.key === ' ') timeRange.value = current;
    else if (event.key === 'Escape') timeRange.value = undefined;
    else return;
    event.preventDefault();
  };
  return (
    <section class="timeline" aria-label="Timeline">
      <TimelineControls
        onZoom={zoomBy}
        onFit={() => {
          own.value = timeRange.peek();
          follows.value = timeRange.peek() === undefined;
        }}
        follows={isLive(session) ? follows : undefined}
        showsFindings={showsFindings}
      />
      <div ref={frame} class="timeline-frame">
        {/* Screen readers have the list of requests; the canvas only needs a name. */}
        <button
          type="button"
          class="timeline-surface"
          aria-label="Timeline: arrow keys move it, plus and minus zoom, 0 shows all, Enter selects the time that is shown, Escape all of it"
          onKeyDown={onKeyDown}
        >
          <canvas
            ref={canvas}
            onWheel={onWheel}
            onPointerDown={(event) => brush(event, scene.current)}
            onPointerMove={(event) => hover(event, scene.current, tooltip)}
            onPointerLeave={() => (tooltip.value = undefined)}
          />
        </button>
      </div>
      <Tooltip state={tooltip.value} />
    </section>
  );
}

const isLive = (session: Session): boolean => asLive(session) !== undefined;

/** Follows the width of the frame. */
function observe(element: HTMLElement | null, width: { value: number }): (() => void) | undefined {
  if (element === null) return undefined;
  const observer = new ResizeObserver(() => {
    width.value = element.clientWidth;
  });
  observer.observe(element);
  return () => observer.disconnect();
}

/** Sets the size of a canvas in CSS pixels, for the density of the screen. */
function size(element: HTMLCanvasElement, width: number, height: number): void {
  const density = devicePixelRatio;
  if (element.width !== Math.round(width * density) || element.height !== Math.round(height * density)) {
    element.width = Math.round(width * density);
    element.height = Math.round(height * density);
    element.style.width = `${width}px`;
    element.style.height = `${height}px`;
  }
  element.getContext('2d')?.setTransform(density, 0, 0, density, 0, 0);
}
