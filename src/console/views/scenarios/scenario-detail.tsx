import { useSignal } from '@preact/signals';
import type { Scenario } from '../../api/types.ts';
import { showRequests } from '../../state/filter.ts';
import { useLiveResource } from '../../state/resource.ts';
import { showView } from '../../state/route.ts';
import { Action, CurlButton } from '../../ui/action.tsx';
import { JsonText } from '../../ui/json.tsx';
import { EnableForm } from './enable-form.tsx';
import { themeOf, world } from './state.ts';

/** One scenario: what it does, how often its rules fired, its states, and its rules as written. */
export function ScenarioDetail({ name }: { readonly name: string }) {
  const params = { name };
  const { value, error } = useLiveResource('showScenario', { params }, world.value);
  const scenario = value.value;
  if (error.value !== undefined) return <div class="view callout callout-error">{error.value}</div>;
  if (scenario === undefined) return null;
  return (
    <div class="view">
      <div class="view-title">
        <h2 class="view-name">{name}</h2>
        <span class={scenario.enabled ? 'word word-active' : 'word'}>{scenario.enabled ? 'enabled' : 'disabled'}</span>
        <span class="quiet">{themeOf(scenario.place)}</span>
        <CurlButton id="showScenario" input={{ params }} world={world.value} />
      </div>
      <p>{scenario.description}</p>
      {scenario.expect !== undefined && (
        <p>
          <b>A correct client:</b> {scenario.expect}
        </p>
      )}
      {scenario.notes?.map((note) => (
        <div key={note} class="callout">
          {note}
        </div>
      ))}
      <EnableForm scenario={scenario} />
      <div class="toolbar">
        <button type="button" class="button button-plain" onClick={() => showRequests(`scenario:${name}`)}>
          Requests that it changed
        </button>
        <button type="button" class="button button-plain" onClick={() => showView('scenarios', `write/${name}`)}>
          Edit a copy
        </button>
        {scenario.place === 'admin' && (
          <Action
            id="deleteScenario"
            input={{ params }}
            world={world.value}
            kind="danger"
            done={`Deleted ${name}.`}
            onDone={() => showView('scenarios')}
          >
            Delete
          </Action>
        )}
      </div>
      {scenario.states !== undefined && <States scenario={scenario} states={scenario.states} />}
      <Rules scenario={scenario} />
    </div>
  );
}

function States({
  scenario,
  states,
}: {
  readonly scenario: Scenario;
  readonly states: NonNullable<Scenario['states']>;
}) {
  const of = useSignal('');
  const { all, now, initial, per } = states;
  return (
    <>
      <h2>States</h2>
      <p class="quiet">
        {per === 'rule' ? 'One state for all requests' : `A state for each ${per}`}, {initial} at the beginning.
      </p>
      <div class="toolbar">
        {all.map((state) => (
          <Action
            key={state}
            id="setScenarioState"
            input={{ params: { name: scenario.name }, body: { state, ...(of.value !== '' && { of: of.value }) } }}
            world={world.value}
            kind={state === now ? 'primary' : 'plain'}
            done={`The state is ${state}.`}
          >
            {state}
          </Action>
        ))}
        {per !== 'rule' && (
          <label class="inline-field">
            <span>for one {per}</span>
            <input
              type="text"
              placeholder="all"
              value={of.value}
              onInput={(event) => (of.value = event.currentTarget.value)}
            />
          </label>
        )}
      </div>
      <ul class="row-list">
        {Object.entries(states.of).map(([id, state]) => (
          <li key={id}>
            <code>{id}</code> <b>{state}</b>
          </li>
        ))}
      </ul>
    </>
  );
}

function Rules({ scenario }: { readonly scenario: Scenario }) {
  return (
    <>
      <h2>Rules</h2>
      <ol class="rule-list" start={0}>
        {(scenario.rules ?? []).map((rule, index) => {
          const { seen = 0, fired = 0, last } = scenario.ruleHits[index] ?? {};
          return (
            // Rules have no names; their order is their identity.
            <li key={`${scenario.name}/${index}`}>
              <div class="quiet">
                rule {index}: {scenario.enabled ? `matched ${seen}, fired ${fired}` : 'not armed'}
                {scenario.enabled && fired === 0 && ', never fired'}
                {last !== undefined && `, last ${last}`}
              </div>
              <pre>
                <JsonText text={JSON.stringify(rule, null, 2)} />
              </pre>
            </li>
          );
        })}
      </ol>
    </>
  );
}
