import { asLive } from '../../session/live.ts';
import { session } from '../../session/session.ts';
import { filtered, isFiltering, timeRange } from '../../state/filter.ts';
import { TIME_MODES, type TimeMode, timeMode } from '../../state/preferences.ts';
import { duration } from '../../ui/format.ts';

/** How many requests are shown, and how: time range, pause, and the form of times. */
export function Summary() {
  const current = session.value;
  if (current === undefined) return null;
  void current.entries.version.value;
  const total = current.entries.length;
  const shown = filtered.value.length;
  const missed = current.entries.missed.value;
  return (
    <div class="summary">
      <span role="status" class={isFiltering.value ? 'summary-count is-busy' : 'summary-count'}>
        {shown === total
          ? total.toLocaleString('en-US')
          : `${shown.toLocaleString('en-US')} of ${total.toLocaleString('en-US')}`}{' '}
        {total === 1 ? 'request' : 'requests'}
      </span>
      {missed > 0 && <span title="The journal was full: --journal-size">{missed.toLocaleString('en-US')} dropped</span>}
      {timeRange.value !== undefined && (
        <button
          type="button"
          class="chip"
          aria-label="Clear the time range"
          onClick={() => (timeRange.value = undefined)}
        >
          {duration(timeRange.value.to - timeRange.value.from)} ×
        </button>
      )}
      <PauseButton />
      <label class="time-mode">
        <span class="hidden-label">Times</span>
        <select value={timeMode.value} onChange={(event) => (timeMode.value = event.currentTarget.value as TimeMode)}>
          {TIME_MODES.map((mode) => (
            <option key={mode} value={mode}>
              {mode} time
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function PauseButton() {
  const live = asLive(session.value);
  if (live === undefined) return null;
  const isPaused = live.isPaused.value;
  return (
    <button type="button" class="button button-plain" aria-pressed={isPaused} onClick={() => live.pause(!isPaused)}>
      {isPaused ? `Resume (${live.waiting.value.toLocaleString('en-US')})` : 'Pause'}
    </button>
  );
}
