import { useComputed } from '@preact/signals';
import { asLive } from '../../session/live.ts';
import { keyOf, type SessionEntry, session } from '../../session/session.ts';
import { filtered, placeOf, query, selected, timeRange } from '../../state/filter.ts';
import { timeMode } from '../../state/preferences.ts';
import { SourceBadge, StatusBadge } from '../../ui/badges.tsx';
import { clockTime, duration, elapsed } from '../../ui/format.ts';
import { VirtualList } from '../../ui/virtual-list.tsx';

/** Height of a row in pixels; the style sheet has the same. */
const ROW_HEIGHT = 28;

/** The requests that match the filters. */
export function RequestList() {
  const current = session.value;
  const isFollowing = useComputed(
    () => asLive(session.value)?.isPaused.value === false && timeRange.value === undefined,
  );
  if (current === undefined) return null;
  const { entries } = current;
  void entries.version.value;
  const shown = filtered.value;
  const origin = entries.at(0)?.started ?? 0;
  const at = selected.value === undefined ? -1 : entries.indexOf(selected.value);
  const place = at < 0 ? -1 : placeOf(shown, at);
  const selectedRow = shown[place] === at ? place : -1;
  const entryAt = (row: number): SessionEntry | undefined => entries.at(shown[row] ?? -1);
  const select = (row: number): void => {
    const entry = entryAt(row);
    if (entry !== undefined) selected.value = keyOf(entry);
  };
  return (
    <section class="request-list" aria-label="Requests">
      <div class="request-row request-head" aria-hidden="true">
        <span>Time</span>
        <span>Status</span>
        <span>Request</span>
        <span class="cell-operation">Operation</span>
        <span class="cell-client">Client</span>
        <span class="cell-took">Took</span>
      </div>
      {shown.length === 0 && <Empty total={entries.length} />}
      <VirtualList
        label="Requests"
        length={shown.length}
        rowHeight={ROW_HEIGHT}
        selected={selectedRow}
        onSelect={select}
        follows={isFollowing}
        idOf={(row) => `request-${shown[row]}`}
        row={(row) => {
          const entry = entryAt(row);
          return entry === undefined ? null : (
            <Row
              id={`request-${shown[row]}`}
              entry={entry}
              origin={origin}
              isSelected={row === selectedRow}
              onSelect={() => select(row)}
            />
          );
        }}
      />
    </section>
  );
}

interface RowProps {
  readonly id: string;
  readonly entry: SessionEntry;
  /** When the first request of the session started. */
  readonly origin: number;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}

function Row({ id, entry, origin, isSelected, onSelect }: RowProps) {
  const { method, url, operation, status, attempt, milliseconds, outcome, world, violations } = entry;
  const client = entry.userAgent?.split(/[ /]/)[0] ?? '';
  return (
    <div id={id} class="request-row" role="option" tabIndex={-1} aria-selected={isSelected} onMouseDown={onSelect}>
      <span class="cell-time">{timeOf(entry, origin)}</span>
      <span class="cell-status">
        {outcome === 'pending' ? <span class="status status-pending">…</span> : <StatusBadge status={status} />}
      </span>
      <span class="cell-request" title={`${method} ${url}`}>
        <b>{method}</b> {url}
        {attempt > 1 && <span class="badge badge-attempt">try {attempt}</span>}
        <SourceBadge entry={entry} />
        {violations !== undefined && <span class="badge badge-violation">invalid</span>}
        {outcome === 'client gone' && <span class="badge badge-gone">client gone</span>}
      </span>
      <span class="cell-operation">{operation ?? 'no operation'}</span>
      <span class="cell-client" title={entry.userAgent}>
        {world === 'default' ? client : `${world} ${client}`}
      </span>
      <span class="cell-took">{duration(milliseconds)}</span>
    </div>
  );
}

/** The time of an entry, as the user wants it. */
function timeOf({ started, time }: SessionEntry, origin: number): string {
  if (timeMode.value === 'relative') return elapsed(started - origin);
  return clockTime(timeMode.value === 'wall' ? started : time);
}

function Empty({ total }: { readonly total: number }) {
  if (total > 0) {
    return (
      <div class="empty">
        No request matches.{' '}
        <button
          type="button"
          class="button button-plain"
          onClick={() => {
            query.value = '';
            timeRange.value = undefined;
          }}
        >
          Clear the filters
        </button>
      </div>
    );
  }
  return (
    <div class="empty">
      {session.value?.kind === 'live' ? (
        <>
          No requests yet. Set the variables of your client with <code>eval "$(npx sideglance env)"</code>, and send
          one: it appears here at once.
        </>
      ) : (
        'The recording has no requests.'
      )}
    </div>
  );
}
