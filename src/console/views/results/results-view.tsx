import { signal } from '@preact/signals';
import { messageOf } from '../../state/actions.ts';
import { Empty } from '../../ui/empty.tsx';
import { PickFile } from '../../ui/pick-file.tsx';
import { Scroll } from '../../ui/scroll.tsx';
import { type Result, readResults } from './read-results.ts';

/** The results that were opened, which stay while other views are shown. */
const results = signal<readonly Result[]>([]);
const problem = signal<string | undefined>(undefined);
const chosen = signal<Result | undefined>(undefined);
const shownVerdict = signal('');

async function open(file: File): Promise<void> {
  try {
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
        <PickFile label="Open results" onPick={(file) => void open(file)} />
        {results.value.length > 0 && (
          <button
            type="button"
            class="button button-plain"
            onClick={() => {
              results.value = [];
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
          Open a file that <code>sideglance sweep --json</code> or <code>sideglance conform --json</code> wrote. It
          stays in the page.
        </Empty>
      ) : (
        <Matrix />
      )}
    </div>
  );
}

function Matrix() {
  const wanted = shownVerdict.value;
  const shown = results.value.filter(({ verdict }) => wanted === '' || verdict === wanted);
  const columns = [...new Set(shown.map(({ column }) => column))];
  const rows = groupBy(shown, ({ row }) => row);
  return (
    <>
      {chosen.value !== undefined && <Chosen result={chosen.value} />}
      <Scroll label="Matrix">
        <table class="heat-table">
          <thead>
            <tr>
              <th scope="col">Call or case</th>
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
                  const result = list.find((each) => each.column === column);
                  return <td key={column}>{result !== undefined && <Verdict result={result} />}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

function Verdict({ result }: { readonly result: Result }) {
  const { row, column, verdict, reason } = result;
  return (
    <button
      type="button"
      class={`heat-cell verdict-cell word-${verdict.replaceAll(' ', '-')}`}
      aria-label={`${row}, ${column}: ${verdict}`}
      title={reason}
      onClick={() => (chosen.value = result)}
    >
      {verdict}
    </button>
  );
}

/** One result; its recording opens in this page if the server has it, or from the file. */
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
        <p class="quiet">It has no recording; a sweep writes them with --recordings.</p>
      ) : (
        <p>
          <a href={`?file=${encodeURIComponent(recording)}`}>Open {recording}</a>{' '}
          <span class="quiet">
            if it is beside this page on a server; otherwise drop the file on the page, or run{' '}
            <code>sideglance open {recording}</code>
          </span>
        </p>
      )}
    </section>
  );
}
