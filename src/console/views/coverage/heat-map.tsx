import { useSignal } from '@preact/signals';
import { showRequests } from '../../state/filter.ts';
import { showView } from '../../state/route.ts';
import { onGridKey } from '../../ui/grid-keys.ts';
import { Scroll } from '../../ui/scroll.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { countOf, type Kind, kindOf, type MapCell, nameOf } from './cells.ts';

const KINDS: Readonly<Record<Kind, string>> = {
  natural: 'natural',
  profile: 'by profile',
  injected: 'injected only',
  unmet: 'not received',
  undocumented: 'not documented',
};

/** What the heat map shows. */
export interface HeatMapProps {
  readonly cells: readonly MapCell[];
  /** Whether a click on a cell without responses leads to the scenario that causes it. */
  readonly hasScenarios: boolean;
}

/** Operations by statuses, one API at a time. */
export function HeatMap({ cells, hasScenarios }: HeatMapProps) {
  const chosen = useSignal('');
  const text = useSignal('');
  const only = useSignal<Kind | ''>('');
  const dialects = [...new Set(cells.map(({ dialect }) => dialect))];
  const dialect = dialects.includes(chosen.value) ? chosen.value : (dialects[0] ?? '');
  const words = text.value.toLowerCase();
  const shown = cells.filter(
    (cell) =>
      cell.dialect === dialect &&
      cell.operation.toLowerCase().includes(words) &&
      (only.value === '' || kindOf(cell) === only.value),
  );
  return (
    <div class="heat">
      <div class="toolbar">
        <input
          type="search"
          data-search
          aria-label="Search operations"
          placeholder="Search operations"
          value={text.value}
          onInput={(event) => (text.value = event.currentTarget.value)}
        />
        <fieldset class="chips" aria-label="Kinds of cells">
          {(Object.keys(KINDS) as Kind[]).map((kind) => (
            <button
              key={kind}
              type="button"
              class="chip"
              aria-pressed={only.value === kind}
              onClick={() => (only.value = only.value === kind ? '' : kind)}
            >
              <span class={`heat-swatch heat-${kind}`} aria-hidden="true" /> {KINDS[kind]}
            </button>
          ))}
        </fieldset>
      </div>
      <Tabs
        label="APIs"
        tabs={dialects.map((id) => ({ id, title: titleOf(id, cells) }))}
        selected={dialect}
        onSelect={(id) => (chosen.value = id)}
      >
        <Grid cells={shown} hasScenarios={hasScenarios} />
      </Tabs>
    </div>
  );
}

function titleOf(dialect: string, cells: readonly MapCell[]): string {
  const own = cells.filter((cell) => cell.dialect === dialect && cell.isDocumented);
  return `${dialect} ${own.filter((cell) => countOf(cell) > 0).length}/${own.length}`;
}

function Grid({ cells, hasScenarios }: HeatMapProps) {
  const statuses = [...new Set(cells.map(({ status }) => status))].sort((one, other) => one - other);
  const operations = new Map<string, Map<number, MapCell>>();
  for (const cell of cells) {
    const row = operations.get(cell.operation) ?? new Map<number, MapCell>();
    operations.set(cell.operation, row.set(cell.status, cell));
  }
  const [first] = operations.values();
  const entrance = first?.get(Math.min(...first.keys()));
  if (cells.length === 0) return <p class="quiet">No cell matches.</p>;
  return (
    <Scroll label="Cells">
      <table class="heat-table" onKeyDown={onGridKey}>
        <thead>
          <tr>
            <th scope="col">Operation</th>
            {statuses.map((status) => (
              <th key={status} scope="col">
                {status}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...operations].map(([operation, row]) => (
            <tr key={operation}>
              <th scope="row" title={operation}>
                {operation}
              </th>
              {statuses.map((status) => {
                const cell = row.get(status);
                return (
                  <td key={status}>
                    {cell !== undefined && (
                      <HeatCell cell={cell} hasScenarios={hasScenarios} isEntrance={cell === entrance} />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

interface HeatCellProps {
  readonly cell: MapCell;
  readonly hasScenarios: boolean;
  /** Whether Tab enters the map here. */
  readonly isEntrance: boolean;
}

function HeatCell({ cell, hasScenarios, isEntrance }: HeatCellProps) {
  const { dialect, operation, status, natural, byProfile, injected } = cell;
  const count = countOf(cell);
  const kind = kindOf(cell);
  const facts = count === 0 ? 'not received' : `natural ${natural}, by profile ${byProfile}, injected ${injected}`;
  const target = count === 0 ? 'Show the scenario that causes it' : 'Show the requests';
  const open = (): void => {
    if (count > 0) showRequests(`op:${dialect}.${operation} status:${status}`);
    else if (hasScenarios) showView('scenarios', `${dialect}.${operation}.${status}`);
  };
  return (
    <button
      type="button"
      class={`heat-cell heat-${kind}`}
      tabIndex={isEntrance ? 0 : -1}
      aria-label={`${nameOf(cell)}: ${facts}. ${target}`}
      title={`${nameOf(cell)}: ${facts}`}
      onClick={open}
    >
      {count === 0 ? '·' : count > 999 ? '999+' : count}
    </button>
  );
}
