import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Session, SessionEntry } from '../../../session/session.ts';
import { messageOf } from '../../../state/actions.ts';
import { selected } from '../../../state/filter.ts';
import { SourceBadge, StatusBadge } from '../../../ui/badges.tsx';
import { clockTime, duration, fullTime } from '../../../ui/format.ts';
import { Tabs } from '../../../ui/tabs.tsx';
import { CopyMenu } from './copy-menu.tsx';
import { ImageTab } from './image-tab.tsx';
import { Messages } from './messages.tsx';
import { Why } from './why.tsx';

/** The tab that is shown, also for the next request. */
const tab = { current: 'messages' };

/** What is shown. */
export interface DetailProps {
  readonly entry: SessionEntry;
  readonly session: Session;
}

/** Everything about one request. */
export function Detail({ entry, session }: DetailProps) {
  const shown = useSignal(tab.current);
  const { whole, problem } = useWhole(entry, session);
  const select = (id: string): void => {
    tab.current = id;
    shown.value = id;
  };
  const tabs = [
    { id: 'messages', title: 'Request and response' },
    { id: 'why', title: 'Why' },
    ...(entry.image === undefined ? [] : [{ id: 'image', title: 'Image' }]),
  ];
  const id = tabs.some((each) => each.id === shown.value) ? shown.value : 'messages';
  return (
    <section class="detail" aria-label="Details of the request">
      <Heading entry={entry} whole={whole.value} />
      {problem.value !== undefined && <div class="callout callout-error">{problem.value}</div>}
      <Tabs label="Details" tabs={tabs} selected={id} onSelect={select}>
        {id === 'messages' && <Messages entry={whole.value ?? entry} isWhole={whole.value !== undefined} />}
        {id === 'why' && <Why entry={entry} session={session} />}
        {id === 'image' && <ImageTab entry={entry} session={session} />}
      </Tabs>
    </section>
  );
}

/** Returns an entry with its bodies, once the server has sent them. */
function useWhole(
  entry: SessionEntry,
  session: Session,
): { readonly whole: Signal<SessionEntry | undefined>; readonly problem: Signal<string | undefined> } {
  const whole = useSignal<SessionEntry | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  useEffect(() => {
    session.detail(entry).then(
      (value) => {
        whole.value = value;
      },
      (error: unknown) => {
        problem.value = messageOf(error);
      },
    );
  }, [entry, session, whole, problem]);
  return { whole, problem };
}

function Heading({ entry, whole }: { readonly entry: SessionEntry; readonly whole: SessionEntry | undefined }) {
  const { id, world, method, url, status, operation, time, started, timings, connection, attempt, label } = entry;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['operation', operation ?? 'none'],
    ['time', `${clockTime(started)} UTC`],
    ['took', `${duration(timings.lastByte)}, first byte after ${duration(timings.firstByte)}`],
    ["world's time", Math.abs(time - started) > 1000 ? fullTime(time) : undefined],
    ['world', world],
    ['attempt', String(attempt)],
    ['connection', `${connection.id}, request ${connection.request}`],
    ['user', entry.user],
    ['label', label],
    ['outcome', entry.outcome === 'complete' ? undefined : entry.outcome],
  ];
  return (
    <header class="detail-head">
      <div class="detail-title">
        <StatusBadge status={status} />
        <h2>
          <b>{method}</b> <span class="detail-url">{url}</span>
        </h2>
        <SourceBadge entry={entry} />
        <button
          type="button"
          class="button button-quiet"
          aria-label="Close the details"
          onClick={() => (selected.value = undefined)}
        >
          ×
        </button>
      </div>
      <dl class="facts facts-inline">
        <div>
          <dt>id</dt>
          <dd>{id}</dd>
        </div>
        {facts.map(([name, text]) =>
          text === undefined ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ),
        )}
      </dl>
      <CopyMenu entry={whole ?? entry} />
    </header>
  );
}
