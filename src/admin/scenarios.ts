import type { Json } from '../base/json.ts';
import type { FaultEngine, ScenarioReport } from '../faults/engine/engine.ts';
import type { Named, RuleExplanation } from '../faults/engine/explain.ts';
import { reportOf } from '../faults/engine/scenario-report.ts';
import type { Scenario, UnusedFault } from '../faults/fault.ts';
import { parseArmedFault, parseScenario } from '../faults/scenario-file/load.ts';
import type { KnownOperations } from '../faults/scenario-file/operations.ts';
import { InputError } from '../input/input-error.ts';
import type { World } from '../world/world.ts';
import { DEFAULT_WORLD } from '../world/world-name.ts';
import type { AdminContext } from './operation.ts';
import type { PortHandle } from './ports.ts';
import { noSuchName } from './problems.ts';
import {
  type FaultView,
  type ProbeView,
  presentArmedFault,
  presentScenario,
  type ScenarioDetails,
  type ScenarioLimit,
  type ScenarioView,
} from './scenario-views.ts';
import { noSuchScenario } from './unknown-scenario.ts';

/** The scenarios of a world; with a probe, also the rules that its request is evaluated against. */
export interface ScenarioList {
  readonly scenarios: readonly ScenarioView[];
  /** Without a probe: enabled rules and one-off faults that have not fired yet. */
  readonly unusedFaults?: readonly UnusedFault[];
  /** With a probe: what each rule for the operation would do with the request, in evaluation order. */
  readonly explanations?: readonly RuleExplanation[];
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
  const explanations = explainRequest(world, { ...probe, operation });
  const matching = reports.filter(({ rules }) => rules.some(({ operations }) => operations.includes(operation)));
  return { scenarios: matching.map(presentScenario), explanations };
}

/**
 * Explains what each rule would do with a request, in evaluation order.
 * @throws InputError for an unknown operation.
 */
function explainRequest(world: World, probe: ProbeView): readonly RuleExplanation[] {
  const { users, projects } = world.identity.directory;
  const named = <T extends Named>(list: readonly T[], text: string): Named =>
    list.find(({ id, name }) => id === text || name === text) ?? { id: text, name: text };
  return world.faults.explain({
    operation: probe.operation,
    ...(probe.image !== undefined && { image: { id: probe.image, value: world.images.peek(probe.image) } }),
    ...(probe.project !== undefined && { project: named(projects, probe.project) }),
    ...(probe.user !== undefined && { user: named(users, probe.user) }),
    ...(probe.client !== undefined && { client: probe.client }),
  });
}

/** Checks that a probe without an operation has no other members. @throws InputError if it has. */
function assertEmptyProbe(probe: Partial<ProbeView>): void {
  const [first] = Object.entries(probe);
  if (first === undefined) return;
  throw new InputError('query', [
    { pointer: `/${first[0]}`, message: 'requires the parameter "operation"', found: first[1], allowed: ['operation'] },
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
  return detailsOf(scenario, report);
}

function detailsOf(scenario: Scenario, report: ScenarioReport): ScenarioDetails {
  const { rules = [] } = scenario.document as { readonly rules?: ScenarioDetails['rules'] };
  const { certificate } = scenario;
  return { ...presentScenario(report), ...(certificate !== undefined && { certificate }), rules };
}

/**
 * Adds a scenario, or replaces the one with this name.
 * @throws InputError for an invalid scenario, and for one that contains another name.
 */
export function putScenario({ world, host }: AdminContext, name: string, value: Json): ScenarioDetails {
  const scenario = readScenario(name, value, host.known);
  world.changeScenarios((faults) => faults.put(scenario));
  return showScenario(world, name);
}

/**
 * Returns a scenario as `putScenario` would return it, with the notes on its rules, and changes nothing.
 * @throws InputError for an invalid scenario, and for one that contains another name.
 */
export function checkScenario(name: string, value: Json, operations: KnownOperations): ScenarioDetails {
  const scenario = readScenario(name, value, operations);
  const status = {
    order: undefined,
    entry: undefined,
    fired: 0,
    machine: undefined,
    counterOf: (): undefined => undefined,
  };
  return detailsOf(scenario, reportOf(scenario, status));
}

function readScenario(name: string, value: Json, operations: KnownOperations): Scenario {
  const written = value['scenario'] ?? value['name'];
  if (written !== undefined && written !== name) {
    throw new InputError('scenario', [
      { pointer: '/scenario', message: 'differs from the name in the path', found: written, allowed: [name] },
    ]);
  }
  // Responses of this API contain `name`, so a client may send it back.
  const { name: _name, ...rest } = value;
  return parseScenario({ ...rest, scenario: name }, 'admin', operations);
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
 * @param ports - the ports of the process, which a scenario with a certificate changes.
 * @throws AdminError 404 when no world has it.
 * @throws InputError for a certificate, or a limit of it, that would have no effect.
 */
export function enableScenario(
  worlds: readonly World[],
  name: string,
  limit: ScenarioLimit = {},
  ports: readonly PortHandle[] = [],
): ScenarioView {
  const scenario = worlds.map(({ faults }) => faults.scenario(name)).find((each) => each !== undefined);
  if (scenario?.certificate !== undefined) assertPresentable(scenario, { worlds, limit, ports });
  const view = toggle(worlds, name, (faults) => faults.enable(name, limit));
  if (scenario?.certificate !== undefined) for (const port of ports) port.closeConnections();
  return view;
}

/**
 * Disables a scenario in all given worlds that have it.
 * @param ports - the ports of the process, which a scenario with a certificate changes.
 * @throws AdminError 404 when no world has it.
 */
export function disableScenario(
  worlds: readonly World[],
  name: string,
  ports: readonly PortHandle[] = [],
): ScenarioView {
  const hasCertificate = worlds.some(({ faults }) => faults.scenario(name)?.certificate !== undefined);
  const view = toggle(worlds, name, (faults) => faults.disable(name));
  if (hasCertificate) for (const port of ports) port.closeConnections();
  return view;
}

/** What a scenario with a certificate is enabled for. */
interface CertificateUse {
  readonly worlds: readonly World[];
  readonly limit: ScenarioLimit;
  readonly ports: readonly PortHandle[];
}

/** @throws InputError for a certificate that no port would present, and for a limit that it would not reach. */
function assertPresentable({ certificate, rules }: Scenario, { worlds, limit, ports }: CertificateUse): void {
  const reject = (pointer: string, message: string, found: unknown, allowed: string): never => {
    throw new InputError('scenario', [{ pointer, message, found, allowed }]);
  };
  if (ports.every((port) => port.certificate === undefined)) {
    reject('/certificate', 'has no effect: the server has no TLS', certificate, 'a server that was started with --tls');
  }
  if (!worlds.some((world) => world.name === DEFAULT_WORLD)) {
    const names = worlds.map((world) => world.name).join(', ');
    reject('/certificate', 'has no effect: all worlds share the ports', names, 'the default world');
  }
  if (limit.calls !== undefined && rules.length === 0) {
    reject('/calls', 'has no effect: handshakes are not counted', limit.calls, 'seconds');
  }
}

/**
 * Arms a one-off fault.
 * @throws InputError for an invalid rule.
 */
export const armFault = (world: World, value: Json, known: KnownOperations): FaultView =>
  presentArmedFault(world.faults.arm(parseArmedFault(value, 'fault', known)));

/** Lists the one-off faults of a world. */
export const listFaults = (world: World): readonly FaultView[] => world.faults.armed().map(presentArmedFault);

/**
 * Disarms a one-off fault.
 * @throws AdminError 404 for an unknown fault.
 */
export function disarmFault(world: World, id: string): void {
  if (world.faults.disarm(id)) return;
  const names = world.faults.armed().map((fault) => fault.id);
  const allowed = names.length === 0 ? 'no fault is armed' : names;
  throw noSuchName(`Fault "${id}" does not exist in this world`, { pointer: '', found: id, names, allowed });
}

function toggle(worlds: readonly World[], name: string, change: (faults: FaultEngine) => void): ScenarioView {
  const worldsWithIt = worlds.filter((world) => world.faults.scenario(name) !== undefined);
  const [first] = worldsWithIt;
  if (first === undefined) throw noSuchScenario(worlds[0] as World, name);
  for (const world of worldsWithIt) world.changeScenarios(change);
  return presentScenario(first.faults.report(name) as ScenarioReport);
}
