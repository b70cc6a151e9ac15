import type { Scenario, UnusedFault } from '../fault.ts';
import type { ScenarioCounters } from './scenario-counters.ts';
import type { Enabled } from './scenario-set.ts';

/** Returns the rules of a scenario that fired. */
export function firedRulesOf(
  scenario: Scenario | undefined,
  counters: ScenarioCounters,
): readonly Pick<UnusedFault, 'scenario' | 'rule'>[] {
  if (scenario === undefined) return [];
  return scenario.rules.flatMap((rule, index) =>
    (counters.find(rule)?.fired ?? 0) > 0 ? [{ scenario: scenario.name, rule: index }] : [],
  );
}

/** Returns the rules of an enabled scenario that have not fired; none if no user enabled it. */
export function unusedRulesOf(entry: Enabled | undefined, counters: ScenarioCounters): readonly UnusedFault[] {
  if (entry === undefined || !entry.isWanted) return [];
  const { name, rules } = entry.scenario;
  return rules.flatMap((rule, index) =>
    (counters.find(rule)?.fired ?? 0) > 0 ? [] : [{ scenario: name, rule: index, operations: rule.operations }],
  );
}
