import type { ListScenariosResponse, Scenario } from '../../api/types.ts';
import { showRequests } from '../../state/filter.ts';
import { useLiveResource } from '../../state/resource.ts';
import { showView } from '../../state/route.ts';
import { Action } from '../../ui/action.tsx';
import { Empty } from '../../ui/empty.tsx';
import { world } from './state.ts';

/** What is in effect: enabled scenarios with their hits, one-off faults, rules that never fired, and rules that never can. */
export function Overview({ list }: { readonly list: ListScenariosResponse | undefined }) {
  const enabled = (list?.scenarios ?? []).filter((scenario) => scenario.enabled);
  const unused = list?.unusedFaults ?? [];
  const noted = (list?.scenarios ?? []).filter(({ notes }) => notes !== undefined);
  return (
    <div class="view">
      <h2>Enabled scenarios</h2>
      {enabled.length === 0 ? (
        <Empty>No scenario is enabled in this world. Choose one from the library.</Empty>
      ) : (
        <ul class="row-list">
          {enabled.map((scenario) => (
            <EnabledRow key={scenario.name} scenario={scenario} />
          ))}
        </ul>
      )}
      <OneOffFaults />
      {unused.length > 0 && (
        <>
          <h2>Armed, and never fired</h2>
          <ul class="row-list">
            {unused.map(({ scenario, rule, operations }) => (
              <li key={`${scenario}/${rule}`}>
                <b>{scenario}</b> rule {rule}
                <span class="quiet">{listed(operations)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {noted.length > 0 && (
        <>
          <h2>Rules that can never fire, and other notes</h2>
          <ul class="row-list">
            {noted.map(({ name, notes = [] }) => (
              <li key={name}>
                <ScenarioLink name={name} />
                <span>{notes.join('; ')}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** Names of operations, so many that they fit. */
const listed = (operations: readonly string[]): string =>
  operations.length <= 3
    ? operations.join(', ')
    : `${operations.slice(0, 3).join(', ')} and ${operations.length - 3} more`;

/** A link to a scenario. */
function ScenarioLink({ name }: { readonly name: string }) {
  return (
    <button type="button" class="link" onClick={() => showView('scenarios', name)}>
      {name}
    </button>
  );
}

function EnabledRow({ scenario }: { readonly scenario: Scenario }) {
  const { name, hits, order, callsLeft, until, states, ruleHits } = scenario;
  const silent = ruleHits.filter(({ fired }) => fired === 0).length;
  return (
    <li>
      <span class="quiet">{order}</span>
      <ScenarioLink name={name} />
      <span>
        {hits} {hits === 1 ? 'hit' : 'hits'}
      </span>
      {silent > 0 && (
        <span class="quiet">
          {silent} of {ruleHits.length} rules never fired
        </span>
      )}
      {states !== undefined && <span class="word word-frozen">state {states.now}</span>}
      {callsLeft !== undefined && <span class="quiet">{callsLeft} requests left</span>}
      {until !== undefined && <span class="quiet">until {until}</span>}
      <div class="toolbar">
        <button type="button" class="button button-plain" onClick={() => showRequests(`scenario:${name}`)}>
          Requests
        </button>
        <Action id="disableScenario" input={{ params: { name } }} world={world.value} done={`Disabled ${name}.`}>
          Disable
        </Action>
      </div>
    </li>
  );
}

function OneOffFaults() {
  const { value } = useLiveResource('listFaults', {}, world.value);
  const faults = value.value?.faults ?? [];
  return (
    <>
      <h2>One-off faults</h2>
      {faults.length === 0 ? (
        <p class="quiet">None is armed.</p>
      ) : (
        <ul class="row-list">
          {faults.map(({ id, operations, seen, fired, expired }) => (
            <li key={id}>
              <b>{id}</b>
              <span>{listed(operations)}</span>
              <span class="quiet">
                matched {seen}, fired {fired}
                {expired && ', expired'}
              </span>
              <div class="toolbar">
                <button type="button" class="button button-plain" onClick={() => showRequests(`scenario:${id}`)}>
                  Requests
                </button>
                <Action
                  id="disarmFault"
                  input={{ params: { fault_id: id } }}
                  world={world.value}
                  done={`Disarmed ${id}.`}
                >
                  Disarm
                </Action>
              </div>
            </li>
          ))}
        </ul>
      )}
      {faults.length > 1 && (
        <Action id="disarmFaults" input={{}} world={world.value} kind="danger" done="Disarmed all one-off faults.">
          Disarm all
        </Action>
      )}
    </>
  );
}
