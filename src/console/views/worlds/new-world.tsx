import { useSignal } from '@preact/signals';
import type { CreateWorldBody } from '../../api/types.ts';
import { showView } from '../../state/route.ts';
import { Action } from '../../ui/action.tsx';

/** What a new world starts from, besides the current state of another one. */
const FIXTURES = '(fixtures of the server)';

/** A form for a new world. @param from - world that is offered first as the one to copy. */
export function NewWorld({ worlds, from }: { readonly worlds: readonly string[]; readonly from: string }) {
  const name = useSignal('');
  const start = useSignal(FIXTURES);
  const seed = useSignal('');
  const body: CreateWorldBody = {
    ...(name.value !== '' && { name: name.value }),
    ...(start.value !== FIXTURES && { fork: start.value }),
    ...(seed.value !== '' && { seed: seed.value }),
  };
  const others = [from, ...worlds.filter((world) => world !== from)];
  return (
    <details class="side-details" open={innerWidth > 900}>
      <summary>New world</summary>
      <form class="side-form" aria-label="New world" onSubmit={(event) => event.preventDefault()}>
        <label class="field">
          <span>Name</span>
          <input
            type="text"
            placeholder="generated"
            value={name.value}
            onInput={(event) => (name.value = event.currentTarget.value)}
          />
        </label>
        <label class="field">
          <span>Start from</span>
          <select value={start.value} onChange={(event) => (start.value = event.currentTarget.value)}>
            <option>{FIXTURES}</option>
            {others.map((world) => (
              <option key={world} value={world}>
                the state of {world}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>Seed</span>
          <input
            type="text"
            placeholder="that of its parent"
            value={seed.value}
            onInput={(event) => (seed.value = event.currentTarget.value)}
          />
        </label>
        <Action
          id="createWorld"
          input={{ body }}
          kind="primary"
          submits
          done={`Created ${name.value === '' ? 'a world' : name.value}.`}
          onDone={(world) => {
            name.value = '';
            showView('worlds', world.name);
          }}
        >
          Create
        </Action>
      </form>
    </details>
  );
}
