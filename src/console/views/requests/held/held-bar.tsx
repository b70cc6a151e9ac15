import { useSignal } from '@preact/signals';
import type { HeldRequest } from '../../../api/types.ts';
import { asLive, type LiveSession } from '../../../session/live.ts';
import { session } from '../../../session/session.ts';
import { useLiveResource } from '../../../state/resource.ts';
import { Action } from '../../../ui/action.tsx';
import { StatusBadge } from '../../../ui/badges.tsx';
import { HeldDialog } from './held-dialog.tsx';

/** How often the held requests are read, in milliseconds: no event tells of them. */
const POLL = 1000;

/** The requests that wait for a decision; nothing if there is none, and for a recording. */
export function HeldBar() {
  const live = asLive(session.value);
  return live === undefined ? null : <LiveHeldBar key={live} live={live} />;
}

/** What a dialog is open for. */
interface Opened {
  readonly held: HeldRequest;
  readonly mode: 'answer' | 'change';
}

function LiveHeldBar({ live }: { readonly live: LiveSession }) {
  const { value } = useLiveResource('listHeld', { query: live.scope }, undefined, POLL);
  const opened = useSignal<Opened | undefined>(undefined);
  const list = value.value?.held ?? [];
  return (
    <>
      <div class="hidden-label" role="status">
        {list.length === 0 ? '' : `${list.length} ${list.length === 1 ? 'request is' : 'requests are'} held`}
      </div>
      {list.length > 0 && (
        <section class="held" aria-label="Held requests">
          <ul>
            {list.map((held) => (
              <Held
                key={`${held.world}/${held.id}/${held.since}`}
                held={held}
                onOpen={(mode) => (opened.value = { held, mode })}
              />
            ))}
          </ul>
        </section>
      )}
      {opened.value !== undefined && <HeldDialog {...opened.value} onClose={() => (opened.value = undefined)} />}
    </>
  );
}

/** Seconds until a time, rounded up. */
const secondsTo = (time: string): number => Math.max(0, Math.ceil((Date.parse(time) - Date.now()) / 1000));

interface HeldProps {
  readonly held: HeldRequest;
  readonly onOpen: (mode: Opened['mode']) => void;
}

function Held({ held, onOpen }: HeldProps) {
  const { id, world, at, method, url, operation, user, until, response } = held;
  const params = { held_id: id };
  return (
    <li>
      <span class="held-text" title={`${operation}${user === undefined ? '' : `, ${user}`}`}>
        <span class="badge badge-injected">{at} held</span>{' '}
        {response !== undefined && <StatusBadge status={response.status} />} <b>{method}</b> {url}{' '}
        <span class="quiet">
          {world === 'default' ? '' : `${world}, `}goes on in {secondsTo(until)} s
        </span>
      </span>
      <span class="held-actions">
        <Action
          id="continueHeld"
          input={{ params, body: {} }}
          world={world}
          kind="primary"
          title={at === 'request' ? 'Run the operation' : 'Send the response as it is'}
          done="The request goes on."
        >
          Let go
        </Action>
        <button type="button" class="button button-plain" onClick={() => onOpen('change')}>
          Change…
        </button>
        <button type="button" class="button button-plain" onClick={() => onOpen('answer')}>
          Answer…
        </button>
        <Action
          id="respondHeld"
          input={{ params, body: { fault: { cut: 'reset' } } }}
          world={world}
          kind="danger"
          title="Reset the connection without a response"
          done="The connection was reset."
        >
          Reset
        </Action>
      </span>
    </li>
  );
}
