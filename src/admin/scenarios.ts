import type { Json } from '../base/json.ts';
import type { ArmedFaultReport, FaultEngine, ScenarioReport, StatesReport } from '../faults/engine/engine.ts';
import type { Named, RuleExplanation } from '../faults/engine/explain.ts';
import type { UnusedFault } from '../faults/fault.ts';
import { nearestScenario } from '../faults/scenario-file/library.ts';
import { parseArmedFault, parseScenario } from '../faults/scenario-file/load.ts';
import type { KnownOperations } from '../faults/scenario-file/operations.ts';
import { InputError } from '../input/input-error.ts';
import type { World } from '../world/world.ts';
import { AdminError } from './problems.ts';

/** What one rule of a scenario did in a world. */
export interface RuleHits {
  /** Calls that came to the rule. */
  readonly seen: number;
  /** Calls to which it did something. */
  readonly taken: number;
  /** When it last did, by the world's clock: ISO 8601; absent where it never did. */
  readonly last?: string;
}

/** The states of a scenario as the admin API shows them. */
export interface StatesView {
  readonly initial: string;
  /** What has a state of its own; `rule`: one for all calls. */
  readonly per: string;
  /** All that it can be in. */
  readonly all: readonly string[];
  /** What all are in that are not in `of`. */
  readonly now: string;
  /** By id of image, project or user, or by client. */
  readonly of: Readonly<Record<string, string>>;
}

/** A scenario as the admin API shows it. */
export interface ScenarioView {
  readonly name: string;
  readonly description: string;
  /** What a good client does when it meets this. */
  readonly expect?: string;
  readonly enabled: boolean;
  /** Its place among those that play, from 1: lower ones are asked first. */
  readonly order?: number;
  /** Calls to which its rules did something in this world since it was enabled. */
  readonly hits: number;
  /** The same by rule, in the order of its rules. */
  readonly ruleHits: readonly RuleHits[];
  /** Calls it still takes, where it was enabled for so many. */
  readonly callsLeft?: number;
  /** When it goes off, where it was enabled for a time: ISO 8601. */
  readonly until?: string;
  /** For scenarios that have states. */
  readonly states?: StatesView;
  /** What is odd about it, though it is not wrong. */
  readonly notes?: readonly string[];
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
  /** When it last did something, by the world's clock: ISO 8601. */
  readonly last?: string;
  /** It will do nothing more. */
  readonly spent: boolean;
}

/** A call that might come, as far as it is known. */
export interface ProbeView {
  /** `image-v2.deleteImage`. */
  readonly operation: string;
  /** Id of the image in its path. */
  readonly image?: string;
  /** Id or name of who calls. */
  readonly project?: string;
  readonly user?: string;
  /** What the client calls itself. */
  readonly client?: string;
}

/** All scenarios of a world, and how they stand. */
export const listScenarios = (world: World): readonly ScenarioView[] => world.faults.list().map(presentScenario);

/** The same with the rules that were armed and have done nothing yet. */
export const overview = (
  world: World,
): { readonly scenarios: readonly ScenarioView[]; readonly unusedFaults: readonly UnusedFault[] } => ({
  scenarios: listScenarios(world),
  unusedFaults: world.faults.unusedFaults(),
});

/**
 * The rules that a call would be offered to, in this order, and what each would do with it.
 * @throws InputError for an operation that there is not.
 */
export function explainCall(world: World, probe: ProbeView): readonly RuleExplanation[] {
  const { users, projects } = world.identity.directory;
  const named = <T extends Named>(list: readonly T[], text: string): Named =>
    list.find(({ id, name }) => id === text || name === text) ?? { id: text, name: text };
  return world.faults.outlook({
    operation: probe.operation,
    ...(probe.image !== undefined && { image: { id: probe.image, value: world.images.peek(probe.image) } }),
    ...(probe.project !== undefined && { project: named(projects, probe.project) }),
    ...(probe.user !== undefined && { user: named(users, probe.user) }),
    ...(probe.client !== undefined && { client: probe.client }),
  });
}

/** Refuses what tells of a call without its operation. */
export function assertNoProbe(probe: Partial<ProbeView>): void {
  const [first] = Object.entries(probe);
  if (first === undefined) return;
  throw new InputError('query', [
    { pointer: `/${first[0]}`, message: 'tells of a call of no operation', found: first[1], allowed: ['operation'] },
  ]);
}

/** The scenarios that have a rule for an operation, and what a call of it would meet. */
export function explainOperation(
  world: World,
  probe: ProbeView,
): { readonly scenarios: readonly ScenarioView[]; readonly asked: readonly RuleExplanation[] } {
  const asked = explainCall(world, probe);
  const scenarios = world.faults
    .list()
    .filter(({ rules }) => rules.some(({ operations }) => operations.includes(probe.operation)))
    .map(presentScenario);
  return { scenarios, asked };
}

/**
 * Puts a scenario into a state.
 * @param change.of - id of an image, project or user, or a client; all of them when left out.
 * @throws AdminError 404
 * @throws InputError for a state that it has not.
 */
export function setScenarioState(
  world: World,
  name: string,
  { state, of }: { readonly state: string; readonly of?: string },
): ScenarioView {
  if (world.faults.scenario(name) === undefined) throw noSuchScenario(world, name);
  world.faults.setState(name, state, of);
  return presentScenario(world.faults.report(name) as ScenarioReport);
}

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
  presentFault(world.faults.arm(parseArmedFault(value, 'fault', known)));

/** All one-off faults of a world. */
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
  ...(report.order !== undefined && { order: report.order }),
  hits: report.rules.reduce((sum, { taken }) => sum + taken, 0),
  ruleHits: report.rules.map(({ seen, taken, lastTaken }) => ({ seen, taken, ...lastOf(lastTaken) })),
  ...(report.callsLeft !== undefined && { callsLeft: report.callsLeft }),
  ...(report.until !== undefined && { until: new Date(report.until).toISOString() }),
  ...(report.states !== undefined && { states: presentStates(report.states) }),
  ...(report.notes.length > 0 && { notes: report.notes }),
  place: report.place,
});

const presentStates = ({ initial, per, all, common, own }: StatesReport): StatesView => ({
  initial,
  per,
  all,
  now: common,
  of: Object.fromEntries(own),
});

const lastOf = (lastTaken: number | undefined): { readonly last?: string } =>
  lastTaken === undefined ? {} : { last: new Date(lastTaken).toISOString() };

const presentFault = ({ id, rule, seen, taken, lastTaken, isSpent }: ArmedFaultReport): FaultView => ({
  id,
  operations: rule.operations,
  seen,
  taken,
  ...lastOf(lastTaken),
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
