import type { Rule } from '../faults/fault.ts';
import type { World } from '../world/world.ts';
import { type AdminError, noSuchName, notFound } from './problems.ts';

/** The name of a scenario for one response of an operation: `image-v2.deleteImage.403`. */
const OF_RESPONSE = /^(.+)\.(\d{3})$/;

/** Maximum number of scenarios to suggest. */
const MAX_SUGGESTIONS = 3;

/** Creates the error for a name that no scenario of a world has. */
export function noSuchScenario(world: World, name: string): AdminError {
  const [, operation = '', status = ''] = OF_RESPONSE.exec(name) ?? [];
  const documented = world.faults.documentedStatuses(operation);
  if (documented !== undefined && !documented.includes(Number(status))) {
    return undocumented(world, { operation, status: Number(status), documented });
  }
  const names = world.faults.list().map((report) => report.name);
  const allowed = 'a scenario that GET /__admin/scenarios lists';
  return noSuchName(`Scenario "${name}" does not exist in this world`, { pointer: '', found: name, names, allowed });
}

/** A status that an operation does not document. */
interface Undocumented {
  readonly operation: string;
  readonly status: number;
  readonly documented: readonly number[];
}

function undocumented(world: World, { operation, status, documented }: Undocumented): AdminError {
  const others = scenariosWith(world, operation, status).map((name) => `"${name}"`);
  const scenarios = others.length === 0 ? '' : `scenario ${others.join(' or ')}, or `;
  return notFound(
    `${status} is not documented for ${operation} (${documented.join(', ')}): use ${scenarios}a rule with "undocumented: true".`,
    { pointer: '', found: `${operation}.${status}`, allowed: documented.map((one) => `${operation}.${one}`) },
  );
}

/** Names of the scenarios that return a status from an operation, those for the fewest operations first. */
function scenariosWith({ faults }: World, operation: string, status: number): readonly string[] {
  const returns = ({ operations, sequence }: Rule): boolean =>
    operations.includes(operation) && sequence.some((fault) => fault.kind === 'answer' && fault.status === status);
  return faults
    .list()
    .flatMap(({ name, rules }) => {
      const rule = (faults.scenario(name)?.rules ?? []).find(returns);
      return rule === undefined ? [] : [{ name, size: rules.length * rule.operations.length }];
    })
    .sort((a, b) => a.size - b.size)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ name }) => name);
}
