import { useSignal } from '@preact/signals';
import type { GetConductResponse } from '../../api/types.ts';
import { asLive } from '../../session/live.ts';
import { RecordedSession } from '../../session/recorded.ts';
import { session } from '../../session/session.ts';
import { useLiveResource } from '../../state/resource.ts';
import { CurlButton } from '../../ui/action.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Scroll } from '../../ui/scroll.tsx';
import { Findings } from './findings.tsx';

type Rules = GetConductResponse['rules'];

/** The findings of the conduct rules, with their evidence. */
export function ConductView() {
  const current = session.value;
  if (current instanceof RecordedSession) {
    const { verdict } = current.recording.conduct;
    return (
      <div class="view">
        <h2 class="view-name">
          Conduct <span class={`word word-${verdict}`}>{verdict}</span>
        </h2>
        <Findings findings={current.findings.value} />
        <p class="quiet">What each rule had the opportunity to see needs a running server.</p>
      </div>
    );
  }
  return asLive(current) === undefined ? null : <LiveConduct />;
}

function LiveConduct() {
  const worlds = asLive(session.value)?.worlds.value ?? ['default'];
  const chosen = useSignal('');
  const isSequential = useSignal(false);
  const world = worlds.includes(chosen.value) ? chosen.value : (worlds[0] ?? 'default');
  const query = isSequential.value ? { query: { sequential: true } } : {};
  const { value, error } = useLiveResource('getConduct', query, world);
  const report = value.value;
  return (
    <div class="view">
      <div class="toolbar">
        <h2 class="view-name">Conduct</h2>
        <label class="inline-field">
          <span>World</span>
          <select value={world} onChange={(event) => (chosen.value = event.currentTarget.value)}>
            {worlds.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label class="check" title="Each client does one thing at a time, whatever connections it uses">
          <input
            type="checkbox"
            checked={isSequential.value}
            onChange={(event) => (isSequential.value = event.currentTarget.checked)}
          />
          Clients are sequential
        </label>
        {report !== undefined && (
          <span role="status" class={`word word-${report.verdict}`}>
            {report.verdict}
          </span>
        )}
        <CurlButton id="getConduct" input={query} world={world} />
      </div>
      {error.value !== undefined && <div class="callout callout-error">{error.value}</div>}
      {report !== undefined && (
        <>
          {report.findings.length === 0 ? (
            <Empty>No finding. Rules without an opportunity are inconclusive.</Empty>
          ) : (
            <Findings findings={report.findings.map((finding) => ({ ...finding, world }))} />
          )}
          <RuleTable rules={report.rules} />
        </>
      )}
    </div>
  );
}

function RuleTable({ rules }: { readonly rules: Rules }) {
  return (
    <>
      <h2>Rules</h2>
      <Scroll label="Rules">
        <table class="table data-table">
          <thead>
            <tr>
              <th scope="col">Rule</th>
              <th scope="col">Verdict</th>
              <th scope="col" class="number">
                Opportunities
              </th>
              <th scope="col">Severity</th>
              <th scope="col">A good client</th>
            </tr>
          </thead>
          <tbody>
            {rules.map(({ rule, verdict, opportunities, severity, title }) => (
              <tr key={rule}>
                <th scope="row" class="mono">
                  {rule}
                </th>
                <td>
                  <span class={`word word-${verdict}`}>{verdict}</span>
                </td>
                <td class="number">{opportunities}</td>
                <td>{severity}</td>
                <td>{title}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
