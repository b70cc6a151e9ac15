import type { SessionEntry } from '../session/session.ts';
import { SourceBadge, StatusBadge } from '../ui/badges.tsx';
import { duration } from '../ui/format.ts';

/** What is under the pointer. */
export interface TooltipState {
  readonly x: number;
  readonly y: number;
  readonly entry: SessionEntry | undefined;
  /** Actions and changes nearby. */
  readonly marks: readonly string[];
}

/** What is under the pointer on the timeline. */
export function Tooltip({ state }: { readonly state: TooltipState | undefined }) {
  if (state === undefined) return null;
  const { x, y, entry, marks } = state;
  const isRight = x > innerWidth * 0.6;
  return (
    <div
      class="tooltip"
      style={{ top: `${y + 14}px`, ...(isRight ? { right: `${innerWidth - x + 8}px` } : { left: `${x + 12}px` }) }}
    >
      {entry !== undefined && (
        <div>
          <StatusBadge status={entry.status} /> <b>{entry.method}</b> {entry.url} <SourceBadge entry={entry} />
          <div class="quiet">
            {entry.operation ?? 'no operation'}, {duration(entry.timings.lastByte)}
            {entry.attempt > 1 && `, attempt ${entry.attempt}`}
            {entry.fault !== undefined && `, ${entry.fault.scenario}, effect ${entry.fault.phase}`}
          </div>
        </div>
      )}
      {marks.map((text) => (
        <div key={text} class="quiet">
          {text}
        </div>
      ))}
    </div>
  );
}
