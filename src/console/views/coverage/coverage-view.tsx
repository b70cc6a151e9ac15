import { useSignal } from '@preact/signals';
import type { GetCoverageResponse } from '../../api/types.ts';
import { asLive } from '../../session/live.ts';
import { session } from '../../session/session.ts';
import { useLiveResource } from '../../state/resource.ts';
import { Action, CurlButton } from '../../ui/action.tsx';
import { Baseline } from './baseline.tsx';
import { cellsOf, cellsOfEntries } from './cells.ts';
import { HeatMap } from './heat-map.tsx';

/** The coverage of a server, or the responses of a recording. */
export function CoverageView() {
  const current = session.value;
  if (current === undefined) return null;
  if (asLive(current) !== undefined) return <LiveCoverage />;
  void current.entries.version.value;
  return (
    <div class="view">
      <h2 class="view-name">Responses of this recording</h2>
      <div class="callout">
        A recording does not know which responses are documented, so that it cannot show what is missing: that needs a
        running server, or <code>sideglance coverage</code>.
      </div>
      <HeatMap cells={cellsOfEntries(current.entries.items)} hasScenarios={false} />
    </div>
  );
}

/** All worlds since the process started, dropped ones included. */
const ALL = '(all worlds, also dropped ones)';

function LiveCoverage() {
  const chosen = useSignal(ALL);
  const isAll = chosen.value === ALL;
  const query = isAll ? { query: { worlds: 'all' as const } } : {};
  const world = isAll ? undefined : chosen.value;
  const { value, error } = useLiveResource('getCoverage', query, world);
  const report = value.value;
  const worlds = asLive(session.value)?.worlds.value ?? [];
  return (
    <div class="view">
      <div class="toolbar">
        <h2 class="view-name">Coverage</h2>
        <label class="inline-field">
          <span>World</span>
          <select value={chosen.value} onChange={(event) => (chosen.value = event.currentTarget.value)}>
            {[ALL, ...worlds].map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <Action id="clearCoverage" input={query} world={world} kind="danger" done="Coverage starts again at zero.">
          Clear
        </Action>
        <CurlButton id="getCoverage" input={query} world={world} />
      </div>
      {error.value !== undefined && <div class="callout callout-error">{error.value}</div>}
      {report !== undefined && (
        <>
          <Totals report={report} />
          <Baseline cells={report.cells} />
          <HeatMap cells={cellsOf(report)} hasScenarios />
          <Others report={report} />
        </>
      )}
    </div>
  );
}

function Totals({ report: { totals, annexes } }: { readonly report: GetCoverageResponse }) {
  const gate = useSignal('');
  const share = (100 * totals.received) / Math.max(1, totals.cells);
  const isMet = gate.value === '' || share >= Number(gate.value);
  return (
    <div class="totals">
      <strong class="totals-share">{share.toFixed(1)} %</strong>
      <span>
        {totals.received.toLocaleString('en-US')} of {totals.cells.toLocaleString('en-US')} documented responses
      </span>
      <span class="quiet">
        natural {totals.receivedNatural}, by profile {totals.receivedByProfile}, injected {totals.receivedInjected}, and
        of annexes {annexes.received} of {annexes.cells.toLocaleString('en-US')}
      </span>
      <label class="inline-field" title="As --fail-under of sideglance coverage">
        <span>Gate, %</span>
        <input
          type="number"
          class="short"
          min={0}
          max={100}
          value={gate.value}
          onInput={(event) => (gate.value = event.currentTarget.value)}
        />
      </label>
      {gate.value !== '' && (
        <span role="status" class={isMet ? 'word word-pass' : 'word word-fail'}>
          {isMet ? 'the gate passes' : 'the gate fails'}
        </span>
      )}
    </div>
  );
}

/** What was returned besides documented responses. */
function Others({ report: { observed, faults } }: { readonly report: GetCoverageResponse }) {
  if (observed.length + faults.length === 0) return null;
  return (
    <>
      <h2>Faults and responses of proxies</h2>
      <ul class="row-list">
        {observed.map(({ dialect, operation, answer, injected }) => (
          <li key={`${dialect}.${operation} ${answer}`}>
            <b>{answer}</b> {dialect}.{operation} <span class="quiet">{injected}×</span>
          </li>
        ))}
        {faults.map(({ dialect, operation, kind, count }) => (
          <li key={`${dialect}.${operation} ${kind}`}>
            <b>{kind}</b> {dialect}.{operation} <span class="quiet">{count}×</span>
          </li>
        ))}
      </ul>
    </>
  );
}
