import { asLive } from '../../session/live.ts';
import { session } from '../../session/session.ts';
import { useLiveResource } from '../../state/resource.ts';
import { route, showView } from '../../state/route.ts';
import { Editor } from './editor/editor.tsx';
import { FaultForm } from './fault-form.tsx';
import { Library } from './library.tsx';
import { Overview } from './overview.tsx';
import { ScenarioDetail } from './scenario-detail.tsx';
import { filter, world } from './state.ts';

/** Where the view can be besides a scenario. */
const PLACES: readonly (readonly [detail: string, title: string])[] = [
  ['', 'In effect'],
  ['fault/', 'One-off fault'],
  ['write/', 'Write a scenario'],
];

/** The library on the left; what is in effect, a scenario, or a form on the right. */
export function ScenariosView() {
  const operation = filter.operation.value.trim();
  // Only whole names: the server rejects others.
  const input = /^[\w.-]+\.\w+$/.test(operation) ? { query: { operation } } : {};
  const all = useLiveResource('listScenarios', {}, world.value);
  const matching = useLiveResource('listScenarios', input, world.value);
  const { detail } = route.value;
  const names = asLive(session.value)?.worlds.value ?? ['default'];
  const [place] = PLACES.find(([id]) => id !== '' && detail.startsWith(id)) ?? [''];
  return (
    <div class="split">
      <nav class="split-side scenario-side" aria-label="Scenarios">
        <div class="side-head">
          <h2 class="view-name">Scenarios</h2>
          <label class="inline-field">
            <span>World</span>
            <select value={world.value} onChange={(event) => (world.value = event.currentTarget.value)}>
              {names.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        </div>
        <ul class="side-list side-places">
          {PLACES.map(([id, title]) => (
            <li key={id}>
              <a
                href={`#scenarios/${id}`}
                aria-current={(id === '' ? detail === '' : place === id) ? 'true' : undefined}
                onClick={(event) => {
                  event.preventDefault();
                  showView('scenarios', id);
                }}
              >
                {title}
              </a>
            </li>
          ))}
        </ul>
        <Library
          scenarios={(operation === '' ? all : matching).value.value?.scenarios ?? []}
          problem={matching.error.value}
          selected={detail}
        />
      </nav>
      <section class="split-main scenario-main" aria-label="Scenario">
        {place === 'fault/' && <FaultForm start={detail.slice('fault/'.length)} />}
        {place === 'write/' && <Editor key={detail} name={detail.slice('write/'.length)} />}
        {place === '' && detail === '' && <Overview list={all.value.value} />}
        {place === '' && detail !== '' && <ScenarioDetail key={detail} name={detail} />}
      </section>
    </div>
  );
}
