import { type FaultState, initialFaults } from '../../faults/engine/engine.ts';
import { ScenarioSet } from '../../faults/engine/scenario-set.ts';
import type { ScenarioLibrary } from '../../faults/scenario-file/library.ts';
import { parseScenario } from '../../faults/scenario-file/load.ts';

/** The scenarios of a world as a JSON value. */
export interface SavedScenarios {
  /** Scenarios that were added to the world, as written; `null` for one that was removed. */
  readonly own: Readonly<Record<string, unknown>>;
  /** Enabled scenarios, in the order in which they were enabled. State files contain the name: do not rename. */
  readonly playing: readonly {
    readonly name: string;
    readonly calls?: number;
    readonly until?: number;
    readonly since?: number;
    readonly isWanted: boolean;
  }[];
}

/** Converts the scenarios of a world, and which of them are enabled, to a JSON value. */
export function savedScenarios({ scenarios }: FaultState): SavedScenarios {
  return {
    own: Object.fromEntries([...(scenarios?.own ?? [])].map(([name, scenario]) => [name, scenario?.document ?? null])),
    playing: [...(scenarios?.enabled ?? [])].map(([name, { calls, until, since, isWanted }]) => ({
      name,
      ...(calls !== undefined && { calls }),
      ...(until !== undefined && { until }),
      ...(since !== undefined && { since }),
      isWanted,
    })),
  };
}

/** The inverse of `savedScenarios`. Skips enabled scenarios whose file no longer exists. */
export function restoreFaults(seed: string, saved: SavedScenarios | undefined, library: ScenarioLibrary): FaultState {
  const initial = initialFaults(seed, library);
  if (saved === undefined) return initial;
  let scenarios = new ScenarioSet(library);
  for (const [name, document] of Object.entries(saved.own)) {
    scenarios =
      document === null
        ? scenarios.without(name)
        : scenarios.with(parseScenario(document, 'admin', library.operations));
  }
  for (const { name, ...rest } of saved.playing) {
    const scenario = scenarios.get(name);
    if (scenario !== undefined) scenarios = scenarios.enabling({ scenario, ...rest });
  }
  return { ...initial, scenarios };
}
