import { asLive } from '../../session/live.ts';
import { session } from '../../session/session.ts';
import { showRequests } from '../../state/filter.ts';
import { showView } from '../../state/route.ts';
import { Action } from '../../ui/action.tsx';

/** The name of a world, and what can be done with all of it. */
export function WorldActions({ name, url }: { readonly name: string; readonly url: string }) {
  return (
    <header class="view-head">
      <div class="view-title">
        <h2>{name}</h2>
        <code class="quiet">{url}</code>
      </div>
      <fieldset class="toolbar" aria-label={`Actions on world ${name}`}>
        <button type="button" class="button button-plain" onClick={() => showRequests(`world:${name}`)}>
          Requests
        </button>
        <Action
          id="takeSnapshot"
          input={{ body: {} }}
          world={name}
          title="Keeps the state of this moment under a generated name"
          done={`Took a snapshot of ${name}.`}
        >
          Snapshot
        </Action>
        <Action
          id="createWorld"
          input={{ body: { fork: name } }}
          title="Creates a world from the current state of this one"
          done={`Forked ${name}.`}
          onDone={(world) => showView('worlds', world.name)}
        >
          Fork
        </Action>
        <Action
          id="resetWorld"
          input={{}}
          world={name}
          kind="danger"
          title="Restores the state that the world started from: images, tokens, counters, journal, clock"
          done={`Reset ${name}.`}
          onDone={() => asLive(session.peek())?.forget(name)}
        >
          Reset
        </Action>
        {name !== 'default' && (
          <Action
            id="dropWorld"
            input={{ params: { name } }}
            kind="danger"
            title="Removes the world with everything in it"
            done={`Dropped ${name}.`}
            onDone={() => asLive(session.peek())?.forget(name)}
          >
            Drop
          </Action>
        )}
      </fieldset>
    </header>
  );
}
