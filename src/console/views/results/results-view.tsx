import { signal } from '@preact/signals';
import { messageOf } from '../../state/actions.ts';
import { openFile } from '../../state/open.ts';
import { Empty } from '../../ui/empty.tsx';
import { onGridKey } from '../../ui/grid-keys.ts';
import { PickFile } from '../../ui/pick-file.tsx';
import { Scroll } from '../../ui/scroll.tsx';
import { type Result, readResults } from './read-results.ts';

/** The results that were opened, which stay while other views are shown. */
const results = signal<readonly Result[]>([]);
const problem = signal<string | undefined>(undefined);
const chosen = signal<Result | undefined>(undefined);
const shownVerdict = signal('');

/** Recordings that were opened together with results, by the names of their files. */
const recordings = signal<ReadonlyMap<string, File>>(new Map());

/** Where a file says that it is a recording. */
const HEAD = 200;

async function open(file: File): Promise<void> {
  try {
    if ((await file.slice(0, HEAD).text()).includes('"sideglance-recording"')) {
      recordings.value = new Map([...recordings.peek(), [file.name, file]]);
      return;
    }
    const read = readResults(await file.text());
    // Several files are one matrix: shards of a sweep, or several clients.
    const isNew = ({ row, column }: Result): boolean =>
      !read.some((each) => each.row === row && each.column === column);
    results.value = [...results.peek().filter(isNew), ...read];
    problem.value = undefined;
  } catch (error) {
    problem.value = `${file.name}: ${messageOf(error)}`;
  }
}

/** Groups results in the order in which they come. */
function groupBy(list: readonly Result[], keyOf: (result: Result) => string): ReadonlyMap<string, readonly Result[]> {
  const groups = new Map<string, Result[]>();
  for (const result of list) {
    const group = groups.get(keyOf(result));
    if (group === undefined) groups.set(keyOf(result), [result]);
    else group.push(result);
  }
  return groups;
}

/** The verdicts of a sweep or of conformance cases. */
export function ResultsView() {
  const verdicts = groupBy(results.value, ({ verdict }) => verdict);
  return (
    <div class="view">
      <div class="toolbar">
        <h2 class="view-name">Sweep and conformance</h2>
        <PickFile label="Open results" isMultiple onPick={(file) => void open(file)} />
        {results.value.length > 0 && (
          <button
            type="button"
            class="button button-plain"
            onClick={() => {
              results.value = [];
              recordings.value = new Map();
              chosen.value = undefined;
            }}
          >
            Clear
          </button>
        )}
        <fieldset class="chips" aria-label="Verdicts">
          {[...verdicts].map(([verdict, list]) => (
            <button
              key={verdict}
              type="button"
              class="chip"
              aria-pressed={shownVerdict.value === verdict}
              onClick={() => (shownVerdict.value = shownVerdict.value === verdict ? '' : verdict)}
            >
              {verdict} {list.length}
            </button>
          ))}
        </fieldset>
      </div>
      {problem.value !== undefined && <div class="callout callout-error">{problem.value}</div>}
      {results.value.length === 0 ? (
        <Empty>
          Open a file that <code>sideglance sweep --json</code> or <code>sideglance conform --json</code> wrote, and
          with it the recordings of <code>--recordings</code>. Files stay in the page.
        </Empty>
      ) : (
        <Matrix />
      )}
    </div>
  );
}

/** The name of a result in each direction. The longer list of names goes down, because pages scroll that way. */
interface Axes {
  readonly title: string;
  readonly down: (result: Result) => string;
  readonly across: (result: Result) => string;
}

function axesOf(list: readonly Result[]): Axes {
  const [rowOf, columnOf] = [({ row }: Result) => row, ({ column }: Result) => column];
  const isWide = new Set(list.map(columnOf)).size > new Set(list.map(rowOf)).size;
  return isWide
    ? { title: 'Fault or client', down: columnOf, across: rowOf }
    : { title: 'Call or case', down: rowOf, across: columnOf };
}

function Matrix() {
  const wanted = shownVerdict.value;
  const shown = results.value.filter(({ verdict }) => wanted === '' || verdict === wanted);
  const { title, down, across } = axesOf(results.value);
  const columns = [...new Set(shown.map(across))];
  const rows = groupBy(shown, down);
  return (
    <>
      {chosen.value !== undefined && <Chosen result={chosen.value} />}
      <Scroll label="Matrix">
        <table class="heat-table" onKeyDown={onGridKey}>
          <thead>
            <tr>
              <th scope="col">{title}</th>
              {columns.map((column) => (
                <th key={column} scope="col" class="slanted">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...rows].map(([row, list]) => (
              <tr key={row}>
                <th scope="row">{row}</th>
                {columns.map((column) => {
                  const result = list.find((each) => across(each) === column);
                  return (
                    <td key={column}>
                      {result !== undefined && <Verdict result={result} isEntrance={result === shown[0]} />}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

interface VerdictProps {
  readonly result: Result;
  /** Whether Tab enters the matrix here. */
  readonly isEntrance: boolean;
}

function Verdict({ result, isEntrance }: VerdictProps) {
  const { row, column, verdict, reason } = result;
  return (
    <button
      type="button"
      class={`heat-cell verdict-cell word-${verdict.replaceAll(' ', '-')}`}
      tabIndex={isEntrance ? 0 : -1}
      aria-label={`${row}, ${column}: ${verdict}`}
      aria-pressed={chosen.value === result}
      title={reason}
      onClick={() => (chosen.value = result)}
    >
      {verdict}
    </button>
  );
}

/** One result with its recording. */
function Chosen({ result: { row, column, verdict, reason, recording } }: { readonly result: Result }) {
  return (
    <section class="block" aria-label="Chosen result">
      <div class="view-title">
        <b class="mono">{row}</b>
        <span>{column}</span>
        <span class={`word word-${verdict.replaceAll(' ', '-')}`}>{verdict}</span>
      </div>
      <p>{reason}</p>
      {recording === undefined ? (
        <p class="quiet">It has no recording: a sweep writes them with --recordings, for what is not handled.</p>
      ) : (
        <RecordingLink path={recording} />
      )}
    </section>
  );
}

/** Opens a recording: the file that was opened with the results, or the one beside this page on a server. */
function RecordingLink({ path }: { readonly path: string }) {
  const file = recordings.value.get(path.split(/[/\\]/).at(-1) ?? path);
  if (file !== undefined) {
    return (
      <button type="button" class="button button-primary" onClick={() => void openFile(file)}>
        Open {path}
      </button>
    );
  }
  return (
    <p>
      <a href={`?file=${encodeURIComponent(path)}`}>Open {path}</a>{' '}
      <span class="quiet">
        if it is beside this page on a server; otherwise choose it with <i>Open results</i>, or run{' '}
        <code>sideglance open {path}</code>
      </span>
    </p>
  );
}
