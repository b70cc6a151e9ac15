import type { Contract } from '../contract/contract.ts';
import type { ClockState } from '../domain/clock.ts';
import type { ScenarioSet } from '../faults/engine/scenario-set.ts';
import type { Scenario } from '../faults/fault.ts';
import { nearestScenario } from '../faults/scenario-file/library.ts';
import { parseScenario } from '../faults/scenario-file/load.ts';
import type { KnownOperations } from '../faults/scenario-file/operations.ts';
import { fixturesNamed, fixturesOf } from '../fixtures/default-fixtures.ts';
import type { FixtureSet } from '../fixtures/fixture-file.ts';
import { InputError } from '../input/input-error.ts';
import type { World } from '../world/world.ts';
import { assertValidName, type Worlds } from '../world/worlds.ts';
import { type Addresses, addressesOf, type ClientSettings, clientSettings } from './client-settings.ts';
import { type ClockChange, changedClock } from './clock.ts';
import { type Configuration, parseConfiguration } from './configuration.ts';
import { AdminError } from './problems.ts';
import { snapshotOf } from './snapshots.ts';

/** A world to make. */
export interface NewWorld extends Configuration {
  /** One is made up when left out. */
  readonly name?: string;
  /** Fixture file, directory or `default`; a list of these; or the fixtures themselves. */
  readonly fixtures?: string | readonly string[] | Readonly<Record<string, unknown>>;
  /** World to start from as it is now. */
  readonly fork?: string;
  /** Snapshot of that world (of the default one where none is named), to start from in place of how it is now. */
  readonly snapshot?: string;
  readonly seed?: string | number;
  /** What plays from the start: names of scenarios, or scenarios themselves. */
  readonly scenarios?: readonly (string | Readonly<Record<string, unknown>>)[];
  /** A time at which the clock stands still, or a change of the clock. */
  readonly clock?: string | ClockChange;
}

/** A world as the admin API shows it. */
export interface WorldView {
  readonly name: string;
  /** Address of its root, no slash at the end. */
  readonly url: string;
  readonly seed: string;
  /** Address of its admin API. */
  readonly admin: string;
  readonly addresses: Addresses;
  /** Settings for its first user; `null` for a world without users. */
  readonly settings: ClientSettings | null;
  /** The same for clients with a fixed address: names with the world's, at plain addresses. `null` for the default one. */
  readonly settingsByLogIn: ClientSettings | null;
}

/** What it takes to read a world that somebody asks for. */
export interface Known {
  readonly contracts: readonly Contract[];
  readonly operations: KnownOperations;
}

/**
 * Makes a world; one that says nothing starts as the default world started.
 * @throws InputError
 * @throws AdminError 404 for a fork of nothing, 409 for a name that is taken.
 */
export function createWorld(worlds: Worlds, request: NewWorld, { contracts, operations }: Known): World {
  assertOneStart(request);
  const name = request.name ?? worlds.freeName();
  assertValidName(name, 'world');
  if (worlds.get(name) !== undefined) {
    throw new AdminError(409, `There is a world "${name}" already.`, [
      { pointer: '/name', message: 'there is a world of this name', found: name, allowed: 'a name that is free' },
    ]);
  }
  const parent = request.fork === undefined ? worlds.default : worlds.get(request.fork);
  if (parent === undefined) {
    throw new AdminError(404, `There is no world "${request.fork}" to fork.`, [
      {
        pointer: '/fork',
        message: 'there is no such world',
        found: request.fork,
        allowed: worlds.list().map((world) => world.name),
      },
    ]);
  }
  const { seed, scenarios } = request;
  const snapshot = request.snapshot === undefined ? undefined : snapshotOf(parent, request.snapshot, '/snapshot');
  const clock = clockOf(snapshot?.clock ?? parent.clock.state, request);
  const options = {
    ...parseConfiguration(request, contracts),
    ...(seed !== undefined && { seed: String(seed) }),
    ...(clock !== undefined && { clock }),
    ...(scenarios !== undefined && { scenarios: scenariosGiven(scenarios, operations) }),
  };
  if (snapshot !== undefined || request.fork !== undefined) return worlds.fork(name, parent, options, snapshot);
  return worlds.create(name, {
    ...options,
    ...(request.fixtures !== undefined && { fixtures: fixturesGiven(request.fixtures) }),
  });
}

/** @throws InputError for a world that shall start in two ways at once. */
function assertOneStart(request: NewWorld): void {
  const member = request.fork === undefined ? 'snapshot' : 'fork';
  if (request.fixtures === undefined || request[member] === undefined) return;
  throw new InputError('world', [
    {
      pointer: `/${member}`,
      message: 'a world starts from a fork or from fixtures',
      found: request[member],
      allowed: 'one of the two',
    },
  ]);
}

/** The scenarios of a world that inherits some. Throws `InputError` for one that is not there or not as it should be. */
const scenariosGiven =
  (scenarios: NonNullable<NewWorld['scenarios']>, operations: KnownOperations) =>
  (inherited: ScenarioSet): ScenarioSet =>
    scenarios.reduce<ScenarioSet>((set, given, index) => {
      const pointer = `/scenarios/${index}`;
      if (typeof given === 'string')
        return set.enabling({ scenario: scenarioNamed(set, given, pointer), isWanted: true });
      const scenario = below(pointer, 'scenario', () => parseScenario(given, 'admin', operations));
      const known = set.with(scenario);
      return given['enabled'] === false ? known : known.enabling({ scenario, isWanted: true });
    }, inherited);

function scenarioNamed(set: ScenarioSet, name: string, pointer: string): Scenario {
  const scenario = set.get(name);
  if (scenario !== undefined) return scenario;
  const nearest = nearestScenario(
    name,
    set.all().map((each) => each.name),
  );
  throw new InputError('world', [
    {
      pointer,
      message: `no scenario is called that${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`,
      found: name,
      allowed: 'the name of a scenario, or a scenario',
    },
  ]);
}

/** What is read of a part of a request; its errors point into the whole. */
function below<T>(pointer: string, place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      place,
      error.issues.map((issue) => ({ ...issue, pointer: `${pointer}${issue.pointer}` })),
    );
  }
}

/**
 * @param root - address of the world's root, no slash at the end.
 * @param plainRoot - address of the process.
 */
export function presentWorld(world: World, root: string, plainRoot: string): WorldView {
  const { directory } = world.identity;
  return {
    name: world.name,
    url: root,
    seed: world.ids.seed,
    admin: `${root}/__admin`,
    addresses: addressesOf(root),
    settings: clientSettings(root, directory) ?? null,
    settingsByLogIn: root === plainRoot ? null : (clientSettings(plainRoot, directory, { world: world.name }) ?? null),
  };
}

function clockOf(start: ClockState, { clock }: NewWorld): ClockState | undefined {
  if (clock === undefined) return undefined;
  const change = typeof clock === 'string' ? { freeze: clock } : clock;
  return changedClock(start, change, 'world', '/clock');
}

function fixturesGiven(fixtures: NonNullable<NewWorld['fixtures']>): FixtureSet {
  try {
    if (typeof fixtures === 'string') return fixturesNamed([fixtures]);
    if (Array.isArray(fixtures)) return fixturesNamed(fixtures as readonly string[]);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const issues = error.issues.map((issue) => ({ ...issue, message: `${error.place}: ${issue.message}` }));
    throw new InputError(error.place, [
      { pointer: '/fixtures', message: 'these fixtures cannot be loaded', found: fixtures, allowed: 'fixture files' },
      ...issues,
    ]);
  }
  return below('/fixtures', 'fixtures', () => fixturesOf(fixtures as Readonly<Record<string, unknown>>));
}
