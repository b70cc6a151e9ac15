import { useSignal } from '@preact/signals';
import type { EnableScenarioBody, Scenario } from '../../api/types.ts';
import { Action } from '../../ui/action.tsx';
import { world } from './state.ts';

/** Enables a scenario until it is disabled, for a number of requests, or for a time; in one world or in all of them. */
export function EnableForm({ scenario: { name, enabled, callsLeft, until } }: { readonly scenario: Scenario }) {
  const calls = useSignal('');
  const seconds = useSignal('');
  const inAll = useSignal(false);
  const query = inAll.value ? { query: { worlds: 'all' as const } } : {};
  const body: EnableScenarioBody = {
    ...(calls.value !== '' && { calls: Number(calls.value) }),
    ...(seconds.value !== '' && { seconds: Number(seconds.value) }),
  };
  return (
    <form class="toolbar form-band" aria-label="Enable the scenario" onSubmit={(event) => event.preventDefault()}>
      <label class="inline-field">
        <span>For requests</span>
        <input
          type="number"
          class="short"
          min={1}
          placeholder="all"
          value={calls.value}
          onInput={(event) => (calls.value = event.currentTarget.value)}
        />
      </label>
      <label class="inline-field">
        <span>For seconds</span>
        <input
          type="number"
          class="short"
          min={1}
          placeholder="ever"
          value={seconds.value}
          onInput={(event) => (seconds.value = event.currentTarget.value)}
        />
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={inAll.value}
          onChange={(event) => (inAll.value = event.currentTarget.checked)}
        />
        In all worlds
      </label>
      <Action
        id="enableScenario"
        input={{ params: { name }, body, ...query }}
        world={world.value}
        kind="primary"
        submits
        done={`Enabled ${name}.`}
      >
        {enabled ? 'Enable again' : 'Enable'}
      </Action>
      {enabled && (
        <Action
          id="disableScenario"
          input={{ params: { name }, ...query }}
          world={world.value}
          done={`Disabled ${name}.`}
        >
          Disable
        </Action>
      )}
      {callsLeft !== undefined && <span class="quiet">{callsLeft} requests left</span>}
      {until !== undefined && <span class="quiet">until {until}</span>}
    </form>
  );
}
