import { basename } from 'node:path';
import type { ScenarioView } from '../index.ts';
import { listing } from './admin-group.ts';
import { table } from './table.ts';

/** Which scenarios are listed. */
export interface ScenarioSelection {
  /** Part of the name or description. */
  readonly search?: string | undefined;
  readonly enabled?: boolean | undefined;
  /** Name of the file that a scenario comes from, without its extension. */
  readonly theme?: string | undefined;
}

/** The theme of scenarios for each documented status of each operation. */
const ANSWERS = 'documented-responses';

/** The theme of a scenario: its file, or `admin` for one that was added by a request. */
export function themeOf({ place }: ScenarioView): string {
  if (/[\\/]answers[\\/][^\\/]+$/.test(place)) return ANSWERS;
  return basename(place).replace(/\.(json|ya?ml)$/, '');
}

/** Selects scenarios; all given members must match. */
export function selectScenarios(
  scenarios: readonly ScenarioView[],
  { search, enabled, theme }: ScenarioSelection,
): readonly ScenarioView[] {
  const words = (search ?? '').toLowerCase().split(/\s+/);
  return scenarios.filter((scenario) => {
    if (enabled === true && !scenario.enabled) return false;
    if (theme !== undefined && themeOf(scenario) !== theme) return false;
    const text = `${scenario.name} ${scenario.description}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Formats scenarios, one a line. */
export const scenarioTable = (scenarios: readonly ScenarioView[]): string =>
  listing(
    ['NAME', 'STATE', 'HITS', 'DESCRIPTION'],
    scenarios.map(({ name, enabled, hits, description }) => [
      name,
      enabled ? 'enabled' : 'disabled',
      String(hits),
      description,
    ]),
    'no scenario matches',
  );

/** Formats a summary: the themes with their numbers of scenarios, and the enabled scenarios. */
export function themeTable(scenarios: readonly ScenarioView[]): string {
  const themes = new Map<string, ScenarioView[]>();
  for (const scenario of scenarios) {
    const theme = themeOf(scenario);
    themes.set(theme, [...(themes.get(theme) ?? []), scenario]);
  }
  const rows = [...themes].map(([theme, members]) => [
    theme,
    String(members.length),
    String(members.filter(({ enabled }) => enabled).length),
    exampleOf(members),
  ]);
  const enabled = scenarios.filter((scenario) => scenario.enabled);
  return [
    table([['THEME', 'SCENARIOS', 'ENABLED', 'EXAMPLE'], ...rows]),
    '',
    enabled.length === 0 ? 'No scenario is enabled.' : scenarioTable(enabled),
    '',
    'List scenarios with --theme <theme>, --operation <name>, --search <words>, --enabled or --all.',
  ].join('\n');
}

const exampleOf = ([first]: readonly ScenarioView[]): string => first?.name ?? '';
