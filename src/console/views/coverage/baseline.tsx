import { useSignal } from '@preact/signals';
import { messageOf } from '../../state/actions.ts';
import { PickFile } from '../../ui/pick-file.tsx';
import { type Cell, compare, readBaseline } from './cells.ts';

/** The cells of a baseline, with the name of its file. */
interface Loaded {
  readonly file: string;
  readonly cells: ReadonlySet<string>;
}

/** Compares the coverage with a file of an earlier run. */
export function Baseline({ cells }: { readonly cells: readonly Cell[] }) {
  const loaded = useSignal<Loaded | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const open = async (file: File): Promise<void> => {
    try {
      loaded.value = { file: file.name, cells: readBaseline(await file.text()) };
      problem.value = undefined;
    } catch (error) {
      problem.value = `${file.name}: ${messageOf(error)}`;
    }
  };
  const result = loaded.value === undefined ? undefined : compare(cells, loaded.value.cells);
  return (
    <div class="toolbar">
      <PickFile label="Compare with a baseline" onPick={(file) => void open(file)} />
      {problem.value !== undefined && <span class="word word-fail">{problem.value}</span>}
      {result !== undefined && (
        <>
          <span role="status" class={result.missing.length === 0 ? 'word word-pass' : 'word word-fail'}>
            {result.missing.length === 0 ? 'no cell is missing' : `${result.missing.length} missing`}
          </span>
          <span class="quiet">
            {result.added.length} new, compared with {loaded.value?.file}
          </span>
          <Names names={result.missing} title="Missing" />
          <Names names={result.added} title="New" />
        </>
      )}
    </div>
  );
}

function Names({ names, title }: { readonly names: readonly string[]; readonly title: string }) {
  if (names.length === 0) return null;
  return (
    <details>
      <summary>{title}</summary>
      <ul class="plain-list">
        {names.map((name) => (
          <li key={name}>
            <code>{name}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
