import { useComputed } from '@preact/signals';
import type { Scenario } from '../../api/types.ts';
import { useResource } from '../../state/resource.ts';
import { showView } from '../../state/route.ts';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { filter, themeOf } from './state.ts';

/** Height of a row in pixels; the style sheet has the same. */
const ROW_HEIGHT = 28;

const STATUSES = ['4', '400', '401', '403', '404', '409', '413', '429', '5', '500', '502', '503', '504'];

/** What the library shows. */
export interface LibraryProps {
  readonly scenarios: readonly Scenario[];
  readonly problem: string | undefined;
  readonly selected: string;
}

/** All scenarios, by theme, operation, status and text. */
export function Library({ scenarios, problem, selected }: LibraryProps) {
  const { text, theme } = filter;
  const themes = [...new Set(scenarios.map(({ place }) => themeOf(place)))].sort();
  const shown = matching(scenarios);
  const at = shown.findIndex(({ name }) => name === selected);
  const select = (index: number): void => {
    const scenario = shown[index];
    if (scenario !== undefined) showView('scenarios', scenario.name);
  };
  return (
    <>
      <div class="side-form library-filter">
        <input
          type="search"
          data-search
          aria-label="Search scenarios"
          placeholder="Search names and descriptions"
          value={text.value}
          onInput={(event) => (text.value = event.currentTarget.value)}
        />
        <div class="field-row">
          <select
            aria-label="Theme"
            value={theme.value}
            onChange={(event) => (theme.value = event.currentTarget.value)}
          >
            <option value="">any theme</option>
            {themes.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
          <select
            aria-label="Status"
            value={filter.status.value}
            onChange={(event) => (filter.status.value = event.currentTarget.value)}
          >
            <option value="">any status</option>
            {STATUSES.map((each) => (
              <option key={each} value={each}>
                {each.length === 1 ? `${each}xx` : each}
              </option>
            ))}
          </select>
        </div>
        <OperationField />
        {problem !== undefined && <div class="callout callout-error">{problem}</div>}
        <span class="quiet" role="status">
          {shown.length.toLocaleString('en-US')} scenarios
        </span>
      </div>
      <div class="library-list">
        <VirtualList
          label="Library"
          length={shown.length}
          rowHeight={ROW_HEIGHT}
          selected={at}
          onSelect={select}
          idOf={(index) => `scenario-${index}`}
          row={(index) => {
            const { name = '', enabled = false, hits = 0 } = shown[index] ?? {};
            return (
              <div
                id={`scenario-${index}`}
                class="library-row"
                role="option"
                tabIndex={-1}
                aria-selected={index === at}
                title={shown[index]?.description}
                onClick={() => select(index)}
                onKeyDown={() => undefined}
              >
                <span class="library-name">{name}</span>
                {enabled && <span class="word word-active">{hits === 0 ? 'on' : `on, ${hits}×`}</span>}
              </div>
            );
          }}
        />
      </div>
    </>
  );
}

function OperationField() {
  const contracts = useResource('listContracts', {});
  const names = useComputed(() =>
    (contracts.value.value ?? []).map(({ dialect, operation }) => `${dialect}.${operation}`),
  );
  return (
    <>
      <input
        type="text"
        list="library-operations"
        aria-label="Operation"
        placeholder="any operation"
        value={filter.operation.value}
        onChange={(event) => (filter.operation.value = event.currentTarget.value)}
      />
      <datalist id="library-operations">
        {names.value.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}

/** The scenarios that match all filters; enabled ones first. */
function matching(scenarios: readonly Scenario[]): readonly Scenario[] {
  const words = filter.text.value.toLowerCase().split(/\s+/);
  const { value: status } = filter.status;
  const statusPattern = status.length === 1 ? new RegExp(`\\b${status}\\d\\d\\b`) : new RegExp(`\\b${status}\\b`);
  const found = scenarios.filter(({ name, description, place }) => {
    const text = `${name} ${description}`;
    const lower = text.toLowerCase();
    return (
      words.every((word) => lower.includes(word)) &&
      (filter.theme.value === '' || themeOf(place) === filter.theme.value) &&
      (status === '' || statusPattern.test(text))
    );
  });
  return [...found.filter(({ enabled }) => enabled), ...found.filter(({ enabled }) => !enabled)];
}
