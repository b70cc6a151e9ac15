import { type Finding, keyOf, session } from '../../session/session.ts';
import { selected, showRequests } from '../../state/filter.ts';
import { StatusBadge } from '../../ui/badges.tsx';
import { Empty } from '../../ui/empty.tsx';

/** Findings, each with the requests that show it. */
export function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  if (findings.length === 0) return <Empty>No finding.</Empty>;
  return (
    <ul class="row-list">
      {findings.map((finding, index) => (
        // Findings have no ids, and the list is replaced as a whole.
        <FindingRow key={`${finding.rule}/${index}`} finding={finding} />
      ))}
    </ul>
  );
}

/** The search for the requests of a finding. */
const searchOf = ({ world, entries }: Finding): string => `world:${world} id:${entries.join(',')}`;

function FindingRow({ finding }: { readonly finding: Finding }) {
  const { rule, severity, client, message, entries, world } = finding;
  return (
    <li class="finding">
      <span class={`word word-${severity}`}>{severity}</span>
      <b class="mono">{rule}</b>
      <span>{message}</span>
      <span class="quiet">{client}</span>
      <div class="toolbar">
        {entries.slice(0, 6).map((id) => (
          <Evidence key={id} id={id} world={world} finding={finding} />
        ))}
        {entries.length > 0 && (
          <button type="button" class="button button-plain" onClick={() => showRequests(searchOf(finding))}>
            On the timeline
          </button>
        )}
      </div>
    </li>
  );
}

interface EvidenceProps {
  readonly id: number;
  readonly world: string;
  readonly finding: Finding;
}

/** One request that shows a finding. */
function Evidence({ id, world, finding }: EvidenceProps) {
  const entries = session.value?.entries;
  const key = keyOf({ world, id });
  void entries?.version.value;
  const entry = entries?.at(entries.indexOf(key));
  const show = (): void => {
    showRequests(searchOf(finding), entry);
    selected.value = key;
  };
  return (
    <button
      type="button"
      class="button button-plain"
      title={entry === undefined ? undefined : `${entry.method} ${entry.url}`}
      onClick={show}
    >
      request {id} {entry !== undefined && <StatusBadge status={entry.status} />}
    </button>
  );
}
