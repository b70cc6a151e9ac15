import type { Signal } from '@preact/signals';
import { timeRange } from '../state/filter.ts';

/** What the controls do. */
export interface ControlsProps {
  readonly onZoom: (factor: number) => void;
  /** Shows all, or the selected time range. */
  readonly onFit: () => void;
  /** Whether the timeline moves along with new requests; `undefined` for a recording. */
  readonly follows: Signal<boolean> | undefined;
  /** Whether findings about clients are marked. */
  readonly showsFindings: Signal<boolean>;
}

/** Zoom, fit and follow. */
export function TimelineControls({ onZoom, onFit, follows, showsFindings }: ControlsProps) {
  return (
    <div class="timeline-controls">
      <button
        type="button"
        class="button button-quiet"
        aria-label="Zoom in"
        title="Zoom in (+, Ctrl+wheel)"
        onClick={() => onZoom(0.6)}
      >
        +
      </button>
      <button
        type="button"
        class="button button-quiet"
        aria-label="Zoom out"
        title="Zoom out (-)"
        onClick={() => onZoom(1.7)}
      >
        −
      </button>
      <button
        type="button"
        class="button button-quiet"
        title={timeRange.value === undefined ? 'Show all (0)' : 'Zoom to the selected time'}
        aria-label={timeRange.value === undefined ? 'Fit all' : 'Zoom to the selected time'}
        onClick={onFit}
      >
        {timeRange.value === undefined ? 'Fit' : 'Zoom'}
      </button>
      <button
        type="button"
        class="button button-quiet"
        aria-pressed={showsFindings.value}
        title="Mark what conduct rules find about clients"
        aria-label="Mark findings"
        onClick={() => (showsFindings.value = !showsFindings.value)}
      >
        !
      </button>
      {follows !== undefined && (
        <button
          type="button"
          class="button button-quiet"
          aria-pressed={follows.value}
          title="Follow: move along with new requests"
          aria-label="Follow new requests"
          onClick={() => (follows.value = !follows.value)}
        >
          ⇥
        </button>
      )}
    </div>
  );
}
