import { useSignal } from '@preact/signals';
import { asLive } from '../../session/live.ts';
import { session } from '../../session/session.ts';
import { useLiveResource } from '../../state/resource.ts';
import { showView } from '../../state/route.ts';
import { Action, CurlButton } from '../../ui/action.tsx';
import { Empty } from '../../ui/empty.tsx';

/** Snapshots of a world: take, restore, fork, drop. */
export function SnapshotsTab({ world }: { readonly world: string }) {
  const name = useSignal('');
  const { value, error } = useLiveResource('listSnapshots', {}, world);
  const snapshots = value.value?.snapshots ?? [];
  return (
    <>
      <form class="toolbar" aria-label="New snapshot" onSubmit={(event) => event.preventDefault()}>
        <label class="inline-field">
          <span>Name</span>
          <input
            type="text"
            placeholder="generated"
            value={name.value}
            onInput={(event) => (name.value = event.currentTarget.value)}
          />
        </label>
        <Action
          id="takeSnapshot"
          input={{ body: name.value === '' ? {} : { name: name.value } }}
          world={world}
          kind="primary"
          submits
          done="Took a snapshot."
          onDone={() => (name.value = '')}
        >
          Take a snapshot
        </Action>
        <CurlButton id="listSnapshots" input={{}} world={world} />
      </form>
      {error.value !== undefined && <div class="callout callout-error">{error.value}</div>}
      {snapshots.length === 0 ? (
        <Empty>No snapshots yet. A snapshot keeps the state of this moment; restoring it takes no time.</Empty>
      ) : (
        <ul class="row-list">
          {snapshots.map((snapshot) => (
            <SnapshotRow key={snapshot.name} name={snapshot.name} world={world} />
          ))}
        </ul>
      )}
    </>
  );
}

function SnapshotRow({ name, world }: { readonly name: string; readonly world: string }) {
  const params = { name };
  return (
    <li>
      <b class="mono">{name}</b>
      <div class="toolbar">
        <Action
          id="restoreSnapshot"
          input={{ params }}
          world={world}
          kind="primary"
          done={`Restored ${name}.`}
          onDone={() => asLive(session.peek())?.readHistory()}
        >
          Restore
        </Action>
        <Action
          id="createWorld"
          input={{ body: { fork: world, snapshot: name } }}
          title="Creates a world in the state of the snapshot"
          done={`Created a world from ${name}.`}
          onDone={(created) => showView('worlds', created.name)}
        >
          Fork
        </Action>
        <Action id="dropSnapshot" input={{ params }} world={world} kind="danger" done={`Dropped ${name}.`}>
          Drop
        </Action>
      </div>
    </li>
  );
}
