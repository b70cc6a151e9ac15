import type { Json } from '../base/json.ts';
import { nearestName } from '../contract/nearest.ts';
import type { ArmedFaultReport, FaultEngine, ScenarioReport, StatesReport } from '../faults/engine/engine.ts';
import type { Named, RuleExplanation } from '../faults/engine/explain.ts';
import type { UnusedFault } from '../faults/fault.ts';
import { parseArmedFault, parseScenario } from '../faults/scenario-file/load.ts';
import type { KnownOperations } from '../faults/scenario-file/operations.ts';
import { InputError } from '../input/input-error.ts';
import type { World } from '../world/world.ts';
import { type AdminError, notFound } from './problems.ts';

/** How often a rule of a scenario matched in a world. */
export interface RuleHits {
  /** Requests that the rule matched. */
  readonly seen: number;
  /** Requests that it affected. */
  readonly taken: number;
  /** When it last affected one, by the world's clock: ISO 8601. Absent when it never did. */
  readonly last?: string;
}

/** The states of a scenario, as the admin API shows them. */
export interface StatesView {
  readonly initial: string;
  /** What has its own state: `image`, `project`, `user` or `client`; `rule` for one state for all requests. */
  readonly per: string;
  /** The names of all states. */
  readonly all: readonly string[];
  /** The state of everything that is not listed in `of`. */
  readonly now: string;
  /** States by id of image, project or user, or by client. */
  readonly of: Readonly<Record<string, string>>;
}

/** A scenario, as the admin API shows it. */
export interface ScenarioView {
  readonly name: string;
  readonly description: string;
  /** What a correct client does in this scenario. */
  readonly expect?: string;
  readonly enabled: boolean;
  /** Its place among the enabled scenarios, from 1; lower ones match first. */
  readonly order?: number;
  /** Requests that its rules affected in this world since it was enabled. */
  readonly hits: number;
  /** The same for each rule, in the order of its rules. */
  readonly ruleHits: readonly RuleHits[];
  /** Remaining requests, when it was enabled for a number of requests. */
  readonly callsLeft?: number;
  /** When it expires, when it was enabled for a time: ISO 8601. */
  readonly until?: string;
  /** Absent for a scenario without states. */
  readonly states?: StatesView;
  /** Warnings about rules that are valid but unusual. */
  readonly notes?: readonly string[];
  /** The file that it came from, or `admin`. */
  readonly place: string;
}

/** A scenario with its rules, as written. */
export interface ScenarioDetails extends ScenarioView {
  readonly rules: readonly unknown[];
}

/** How long a scenario stays enabled; until it is disabled when nothing is given. */
export interface ScenarioLimit {
  /** Disables it after it affected this many requests. */
  readonly calls?: number;
  /** Disables it after this many seconds of the world's clock. */
  readonly seconds?: number;
}

/** A one-off fault, as the admin API shows it. */
export interface FaultView {
  readonly id: string;
  /** Operations that it matches, as dialect.operation. */
  readonly operations: readonly string[];
  readonly seen: number;
  readonly taken: number;
  /** When it last affected a request, by the world's clock: ISO 8601. Absent when it never did. */
  readonly last?: string;
  /** Whether it is used up and will affect no more requests. */
  readonly spent: boolean;
}

/** A possible request, for `explain`; omitted members match anything. */
export interface ProbeView {
  /** `image-v2.deleteImage`. */
  readonly operation: string;
  /** Id of the image in the path. */
  readonly image?: string;
  /** Id or name of the project that sends it. */
  readonly project?: string;
  /** Id or name of the user who sends it. */
  readonly user?: string;
  /** Name of the client, as in its User-Agent. */
  readonly client?: string;
}

/** The scenarios of a world, and what was asked about them. */
export interface ScenarioList {
  readonly scenarios: readonly ScenarioView[];
  /** Without a probe: enabled rules and one-off faults that have affected no request yet. */
  readonly unusedFaults?: readonly UnusedFault[];
  /** With a probe: the rules that the request meets, in order. */
  readonly asked?: readonly RuleExplanation[];
}

/**
 * Lists the scenarios of a world. With a probe, lists only scenarios with a rule for its operation, and explains them.
 * @throws InputError for an unknown operation, and for a probe without an operation.
 */
export function listScenarios(world: World, probe: Partial<ProbeView> = {}): ScenarioList {
  const { operation } = probe;
  const reports = world.faults.list();
  if (operation === undefined) {
    assertEmptyProbe(probe);
    return { scenarios: reports.map(presentScenario), unusedFaults: world.faults.unusedFaults() };
  }
  const asked = explainRequest(world, { ...probe, operation });
  const matching = reports.filter(({ rules }) => rules.some(({ operations }) => operations.includes(operation)));
  return { scenarios: matching.map(presentScenario), asked };
}

/**
 * Explains which rules a request meets, in order, and what each rule would do.
 * @throws InputError for an unknown operation.
 */
function explainRequest(world: World, probe: ProbeView): readonly RuleExplanation[] {
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

/** @throws InputError for a probe without an operation. */
function assertEmptyProbe(probe: Partial<ProbeView>): void {
  const [first] = Object.entries(probe);
  if (first === undefined) return;
  throw new InputError('query', [
    { pointer: `/${first[0]}`, message: 'needs an operation', found: first[1], allowed: ['operation'] },
  ]);
}

/**
 * Sets the state of a scenario.
 * @param change.of - id of an image, project or user, or a client, whose state changes; all of them when omitted.
 * @throws AdminError 404 for an unknown scenario.
 * @throws InputError for an unknown state.
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

/**
 * Returns a scenario with its rules.
 * @throws AdminError 404 for an unknown scenario.
 */
export function showScenario(world: World, name: string): ScenarioDetails {
  const report = world.faults.report(name);
  const scenario = world.faults.scenario(name);
  if (report === undefined || scenario === undefined) throw noSuchScenario(world, name);
  return { ...presentScenario(report), rules: scenario.document['rules'] as readonly unknown[] };
}

/**
 * Adds a scenario, or replaces the one with this name.
 * @throws InputError for an invalid scenario, and for one that contains another name.
 */
export function putScenario(world: World, name: string, value: Json, known: KnownOperations): ScenarioDetails {
  const written = value['scenario'] ?? value['name'];
  if (written !== undefined && written !== name) {
    throw new InputError('scenario', [
      { pointer: '/scenario', message: 'differs from the name in the path', found: written, allowed: [name] },
    ]);
  }
  // Responses of this API contain `name`, so a client may send it back.
  const { name: _name, ...rest } = value;
  const scenario = parseScenario({ ...rest, scenario: name }, 'admin', known);
  world.changeScenarios((faults) => faults.put(scenario));
  return showScenario(world, name);
}

/**
 * Removes a scenario.
 * @throws AdminError 404 for an unknown scenario.
 */
export function deleteScenario(world: World, name: string): void {
  if (!world.changeScenarios((faults) => faults.remove(name))) throw noSuchScenario(world, name);
}

/**
 * Enables a scenario in all given worlds that have it.
 * @throws AdminError 404 when no world has it.
 */
export function enableScenario(worlds: readonly World[], name: string, limit: ScenarioLimit = {}): ScenarioView {
  return toggle(worlds, name, (faults) => faults.enable(name, limit));
}

/**
 * Disables a scenario in all given worlds that have it.
 * @throws AdminError 404 when no world has it.
 */
export function disableScenario(worlds: readonly World[], name: string): ScenarioView {
  return toggle(worlds, name, (faults) => faults.disable(name));
}

/**
 * Arms a one-off fault.
 * @throws InputError for an invalid rule.
 */
export const armFault = (world: World, value: Json, known: KnownOperations): FaultView =>
  presentArmedFault(world.faults.arm(parseArmedFault(value, 'fault', known)));

/** Lists the one-off faults of a world. */
export const listFaults = (world: World): readonly FaultView[] => world.faults.armed().map(presentArmedFault);

function toggle(worlds: readonly World[], name: string, change: (faults: FaultEngine) => void): ScenarioView {
  const worldsWithIt = worlds.filter((world) => world.faults.scenario(name) !== undefined);
  const [first] = worldsWithIt;
  if (first === undefined) throw noSuchScenario(worlds[0] as World, name);
  for (const world of worldsWithIt) world.changeScenarios(change);
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

const presentArmedFault = ({ id, rule, seen, taken, lastTaken, isSpent }: ArmedFaultReport): FaultView => ({
  id,
  operations: rule.operations,
  seen,
  taken,
  ...lastOf(lastTaken),
  spent: isSpent,
});

function noSuchScenario(world: World, name: string): AdminError {
  const names = world.faults.list().map((report) => report.name);
  const nearest = nearestName(name, names);
  const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  return notFound(`Scenario "${name}" does not exist in this world.${hint}`, {
    pointer: '',
    found: name,
    allowed: nearest === undefined ? 'a scenario of GET scenarios' : [nearest],
  });
}
