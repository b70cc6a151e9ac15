import { InputError } from '../domain/input-error.ts';
import type { FaultEngine, OneOffReport, ScenarioReport } from '../faults/engine.ts';
import { nearestScenario } from '../faults/library.ts';
import type { KnownOperations } from '../faults/operations.ts';
import { parseOneOff, parseScenario } from '../faults/scenario-file.ts';
import type { World } from '../world.ts';
import { AdminError } from './problems.ts';

type Json = Readonly<Record<string, unknown>>;

/** What one rule of a scenario did in a world. */
export interface RuleHits {
  /** Calls that came to the rule. */
  readonly seen: number;
  /** Calls to which it did something. */
  readonly taken: number;
}

/** A scenario as the admin API shows it. */
export interface ScenarioView {
  readonly name: string;
  readonly description: string;
  /** What a good client does when it meets this. */
  readonly expect?: string;
  readonly enabled: boolean;
  /** Calls to which its rules did something in this world since it was enabled. */
  readonly hits: number;
  /** The same by rule, in the order of its rules. */
  readonly ruleHits: readonly RuleHits[];
  /** Calls it still takes, where it was enabled for so many. */
  readonly callsLeft?: number;
  /** When it goes off, where it was enabled for a time: ISO 8601. */
  readonly until?: string;
  /** The file it came from, or who put it. */
  readonly place: string;
}

/** A scenario with its rules, as they were written. */
export interface ScenarioDetails extends ScenarioView {
  readonly rules: readonly unknown[];
}

/** How long an enabled scenario stays so; for good when nothing is said. */
export interface ScenarioLimit {
  /** Goes off after it took so many calls. */
  readonly calls?: number;
  /** Goes off after so long by the world's clock. */
  readonly seconds?: number;
}

/** A fault that was armed on its own, as the admin API shows it. */
export interface FaultView {
  readonly id: string;
  /** Operations it is for, as dialect.operation. */
  readonly operations: readonly string[];
  readonly seen: number;
  readonly taken: number;
  /** It will do nothing more. */
  readonly spent: boolean;
}

export const listScenarios = (world: World): readonly ScenarioView[] => world.faults.list().map(presentScenario);

/** @throws AdminError 404 */
export function showScenario(world: World, name: string): ScenarioDetails {
  const report = world.faults.report(name);
  const scenario = world.faults.scenario(name);
  if (report === undefined || scenario === undefined) throw noSuchScenario(world, name);
  return { ...presentScenario(report), rules: scenario.document['rules'] as readonly unknown[] };
}

/**
 * Puts a scenario in; the name in the address is its name.
 * @throws InputError
 */
export function putScenario(
  world: World,
  name: string,
  value: Json,
  known: KnownOperations,
): { readonly isNew: boolean; readonly scenario: ScenarioDetails } {
  const written = value['scenario'] ?? value['name'];
  if (written !== undefined && written !== name) {
    throw new InputError('scenario', [
      { pointer: '/scenario', message: 'is not the name in the address', found: written, allowed: [name] },
    ]);
  }
  // `name` is what the admin API itself shows, so it is taken as well.
  const { name: _name, ...rest } = value;
  const scenario = parseScenario({ ...rest, scenario: name }, 'admin', known);
  const isNew = world.faults.scenario(name) === undefined;
  world.changeScenarios((faults) => faults.put(scenario));
  return { isNew, scenario: showScenario(world, name) };
}

/** @throws AdminError 404 */
export function deleteScenario(world: World, name: string): void {
  if (!world.changeScenarios((faults) => faults.remove(name))) throw noSuchScenario(world, name);
}

/** @throws AdminError 404 where no world has it; worlds that have it not are passed over where others do. */
export function enableScenario(worlds: readonly World[], name: string, limit: ScenarioLimit = {}): ScenarioView {
  return toggle(worlds, name, (faults) => faults.enable(name, limit));
}

/** @throws AdminError 404, as `enableScenario`. */
export function disableScenario(worlds: readonly World[], name: string): ScenarioView {
  return toggle(worlds, name, (faults) => faults.disable(name));
}

/** @throws InputError */
export const armFault = (world: World, value: Json, known: KnownOperations): FaultView =>
  presentFault(world.faults.arm(parseOneOff(value, 'fault', known)));

export const listFaults = (world: World): readonly FaultView[] => world.faults.armed().map(presentFault);

function toggle(worlds: readonly World[], name: string, change: (faults: FaultEngine) => void): ScenarioView {
  const having = worlds.filter((world) => world.faults.scenario(name) !== undefined);
  const [first] = having;
  if (first === undefined) throw noSuchScenario(worlds[0] as World, name);
  for (const world of having) world.changeScenarios(change);
  return presentScenario(first.faults.report(name) as ScenarioReport);
}

const presentScenario = (report: ScenarioReport): ScenarioView => ({
  name: report.name,
  description: report.description,
  ...(report.expect !== undefined && { expect: report.expect }),
  enabled: report.isEnabled,
  hits: report.rules.reduce((sum, { taken }) => sum + taken, 0),
  ruleHits: report.rules.map(({ seen, taken }) => ({ seen, taken })),
  ...(report.callsLeft !== undefined && { callsLeft: report.callsLeft }),
  ...(report.until !== undefined && { until: new Date(report.until).toISOString() }),
  place: report.place,
});

const presentFault = ({ id, rule, seen, taken, isSpent }: OneOffReport): FaultView => ({
  id,
  operations: rule.operations,
  seen,
  taken,
  spent: isSpent,
});

function noSuchScenario(world: World, name: string): AdminError {
  const names = world.faults.list().map((report) => report.name);
  const nearest = nearestScenario(name, names);
  const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  return new AdminError(404, `There is no scenario "${name}" in this world.${hint}`, [
    {
      pointer: '',
      message: 'there is no such scenario',
      found: name,
      allowed: nearest === undefined ? 'what GET scenarios lists' : [nearest],
    },
  ]);
}
