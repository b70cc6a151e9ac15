import { computed, signal, useSignal } from '@preact/signals';
import { RecordingProblem } from '../../recording/problem.ts';
import { readRecording } from '../../recording/read.ts';
import { RecordedSession } from '../../session/recorded.ts';
import { keyOf, type Session, type SessionEntry, session } from '../../session/session.ts';
import { messageOf } from '../../state/actions.ts';
import { selected } from '../../state/filter.ts';
import { showView } from '../../state/route.ts';
import { StatusBadge } from '../../ui/badges.tsx';
import { Empty } from '../../ui/empty.tsx';
import { JsonText, prettyJson } from '../../ui/json.tsx';
import { PickFile } from '../../ui/pick-file.tsx';
import { Scroll } from '../../ui/scroll.tsx';
import { type Pair, pairsOf, plain } from './differences.ts';

/** The run on the right, which stays while other views are shown. */
const other = signal<RecordedSession | undefined>(undefined);
const problem = signal<string | undefined>(undefined);

async function open(file: File): Promise<void> {
  try {
    other.value = new RecordedSession(await readRecording(file.name, file, () => undefined));
    problem.value = undefined;
  } catch (error) {
    problem.value = `${error instanceof RecordingProblem ? `${error.place}: ` : ''}${messageOf(error)}`;
  }
}

/** Pairs of what the page shows and the other run. */
const pairs = computed((): readonly Pair[] => {
  const left = session.value;
  if (left === undefined || other.value === undefined) return [];
  void left.entries.version.value;
  return pairsOf(left.entries.items, other.value.entries.items);
});

/** What the page shows beside a recording. */
export function CompareView() {
  const isDifferentOnly = useSignal(true);
  const shown = isDifferentOnly.value ? pairs.value.filter(({ differences }) => differences.length > 0) : pairs.value;
  const current = session.value;
  if (current === undefined) return null;
  return (
    <div class="view">
      <div class="toolbar">
        <h2 class="view-name">Compare</h2>
        <PickFile label="Open the other recording" onPick={(file) => void open(file)} />
        <label class="check">
          <input
            type="checkbox"
            checked={isDifferentOnly.value}
            onChange={(event) => (isDifferentOnly.value = event.currentTarget.checked)}
          />
          Differences only
        </label>
      </div>
      {problem.value !== undefined && <div class="callout callout-error">{problem.value}</div>}
      {other.value === undefined ? (
        <Empty>Open a second recording: its requests appear beside those that the page shows.</Empty>
      ) : (
        <>
          <Runs left={current} right={other.value} />
          <PairTable pairs={shown} left={current} />
        </>
      )}
    </div>
  );
}

/** Names and verdicts of both runs. */
function Runs({ left, right }: { readonly left: Session; readonly right: RecordedSession }) {
  const differing = pairs.value.filter(({ differences }) => differences.length > 0).length;
  return (
    <p role="status">
      {differing === 0 ? 'No differences' : `${differing} of ${pairs.value.length} requests differ`} between{' '}
      <b>{left.title.value}</b> {verdictOf(left)} and <b>{right.title.value}</b> {verdictOf(right)}. Ids, times and
      addresses are not compared.
    </p>
  );
}

const verdictOf = (run: Session): string => {
  const { findings } = run;
  const verdict = run instanceof RecordedSession ? (run.recording.about.verdict ?? run.recording.conduct.verdict) : '';
  return `(${[verdict, `${findings.value.length} findings`].filter((text) => text !== '').join(', ')})`;
};

function PairTable({ pairs: list, left }: { readonly pairs: readonly Pair[]; readonly left: Session }) {
  const opened = useSignal(-1);
  return (
    <Scroll label="Pairs of requests">
      <table class="table data-table pair-table">
        <thead>
          <tr>
            <th scope="col">Left</th>
            <th scope="col">Right</th>
            <th scope="col">Differs</th>
          </tr>
        </thead>
        <tbody>
          {list.map((pair, index) => {
            const { left: one, right: two, differences } = pair;
            return [
              <tr key={`${one?.id ?? ''}/${two?.id ?? ''}`} class={differences.length > 0 ? 'is-different' : undefined}>
                <td>{one !== undefined && <Side entry={one} />}</td>
                <td>{two !== undefined && <Side entry={two} />}</td>
                <td>
                  <button
                    type="button"
                    class="link"
                    aria-expanded={opened.value === index}
                    onClick={() => (opened.value = opened.value === index ? -1 : index)}
                  >
                    {differences.length === 0 ? 'equal' : differences.join(', ')}
                  </button>
                </td>
              </tr>,
              opened.value === index && (
                <tr key="opened" class="pair-bodies">
                  <td>{one !== undefined && <Bodies entry={one} other={two} session={left} />}</td>
                  <td>{two !== undefined && <Bodies entry={two} other={one} />}</td>
                  <td />
                </tr>
              ),
            ];
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

function Side({ entry }: { readonly entry: SessionEntry }) {
  return (
    <span class="pair-side">
      <StatusBadge status={entry.status} /> <b>{entry.method}</b> <span class="mono">{entry.url}</span>
      {entry.fault !== undefined && <span class="badge badge-injected">{entry.fault.kind}</span>}
    </span>
  );
}

interface BodiesProps {
  readonly entry: SessionEntry;
  /** The entry on the other side. */
  readonly other: SessionEntry | undefined;
  /** The session of the page, if the entry is one of it. */
  readonly session?: Session;
}

/** The bodies of one side; lines that the other side does not have are marked. */
function Bodies({ entry, other: across, session: of }: BodiesProps) {
  const open = (): void => {
    selected.value = keyOf(entry);
    showView('requests');
  };
  return (
    <div>
      <BodyLines title="Request body" text={entry.request.body?.text} across={across?.request.body?.text} />
      <BodyLines title="Response body" text={entry.response.body?.text} across={across?.response.body?.text} />
      {of !== undefined && (
        <button type="button" class="button button-plain" onClick={open}>
          Details
        </button>
      )}
    </div>
  );
}

interface BodyLinesProps {
  readonly title: string;
  readonly text: string | undefined;
  readonly across: string | undefined;
}

function BodyLines({ title, text, across }: BodyLinesProps) {
  if (text === undefined) return null;
  const known = new Set(linesOf(across ?? '').map(plain));
  return (
    <section>
      <h3>{title}</h3>
      <pre class="block">
        {linesOf(text).map((line, index) => (
          // Lines never move.
          <div key={index} class={known.has(plain(line)) ? undefined : 'is-changed-line'}>
            <JsonText text={line} />
          </div>
        ))}
      </pre>
    </section>
  );
}

/** The lines of a body. */
const linesOf = (text: string): readonly string[] => (prettyJson(text) ?? text).split('\n');
