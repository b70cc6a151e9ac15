import type { Release } from '../base/release.ts';
import { nearestHint, nearestName } from '../contract/nearest.ts';
import type { ClockState } from '../domain/clock.ts';
import type { ScenarioSet } from '../faults/engine/scenario-set.ts';
import type { Scenario } from '../faults/fault.ts';
import { parseScenario } from '../faults/scenario-file/load.ts';
import type { KnownOperations } from '../faults/scenario-file/operations.ts';
import { fixturesNamed, fixturesOf } from '../fixtures/default-fixtures.ts';
import type { FixtureSet } from '../fixtures/fixture-set.ts';
import type { FileAccess } from '../input/file-access.ts';
import { InputError } from '../input/input-error.ts';
import type { Fixtures } from '../input/types/fixtures.ts';
import type { Scenario as ScenarioFile } from '../input/types/scenarios.ts';
import type { World } from '../world/world.ts';
import { assertValidName, DEFAULT_WORLD } from '../world/world-name.ts';
import type { Worlds } from '../world/worlds.ts';
import { type Addresses, addressesOf, type ClientSettings, clientSettings } from './client-settings.ts';
import { type ClockChange, changedClock } from './clock.ts';
import { type Configuration, parseConfiguration } from './configuration.ts';
import type { AdminContext } from './operation.ts';
import { AdminError, alreadyExists, noSuchName } from './problems.ts';
import { snapshotOf } from './snapshots.ts';

/** Options of a new world. */
export interface NewWorld extends Configuration {
  /** Generated when omitted. */
  readonly name?: string;
  /** Fixture file, directory or `default`; a list of these; or the fixtures themselves. */
  readonly fixtures?: string | readonly string[] | Fixtures;
  /** World to copy in its current state, instead of loading fixtures. */
  readonly fork?: string;
  /** Snapshot of that world (of the default world when `fork` is omitted) to copy instead of the current state. */
  readonly snapshot?: string;
  /** Seed for generated ids and random choices. */
  readonly seed?: string | number;
  /** Label of its requests in the journal, such as the name of a test. */
  readonly label?: string;
  /** Scenarios to enable from the start: names, or scenarios as in a scenario file. */
  readonly scenarios?: readonly (string | ScenarioFile)[];
  /** A time (ISO 8601) at which the clock is frozen, or a change of the clock. */
  readonly clock?: string | ClockChange;
}

/** A world, as the admin API lists it. */
export interface WorldSummary {
  readonly name: string;
  /** Address of its root, without a trailing slash. */
  readonly url: string;
  /** Seed for generated ids and random choices. */
  readonly seed: string;
  /** Release of the services of OpenStack. */
  readonly release: Release;
  /** Address of its admin API. */
  readonly admin: string;
  readonly addresses: Addresses;
}

/** A world with its client settings. */
export interface WorldView extends WorldSummary {
  /** Settings for its first user; `null` for a world without users. */
  readonly settings: ClientSettings | null;
  /** Settings for clients with a fixed address, whose login names select the world; `null` for the default world. */
  readonly settingsByLogIn: ClientSettings | null;
}

/**
 * Creates a world. Without options, it starts in the initial state of the default world.
 * @throws InputError for invalid options.
 * @throws AdminError 404 for an unknown world or snapshot to copy, 409 for a name that is in use.
 */
export function createWorld(request: NewWorld, context: AdminContext): World {
  const { worlds } = context.host;
  assertOneSource(request);
  const name = request.name ?? worlds.freeName();
  assertValidName(name, 'world');
  if (worlds.get(name) !== undefined) {
    throw alreadyExists(`World "${name}" exists already.`, { pointer: '/name', found: name });
  }
  const parent = request.fork === undefined ? worlds.default : findWorld(worlds, request.fork, '/fork');
  return buildWorld(name, parent, request, context);
}

/** Lists the worlds. */
export const listWorlds = (context: AdminContext): readonly WorldSummary[] =>
  context.host.worlds.list().map((world) => summarize(world, context));

/**
 * Returns a world with its addresses and client settings.
 * @throws AdminError 404 for an unknown world.
 */
export function showWorld(name: string, context: AdminContext, { user }: WorldQuery = {}): WorldView {
  const world = findWorld(context.host.worlds, name, '/name');
  if (user !== undefined) assertKnownUser(world, user);
  return presentWorld(world, context, user);
}

/** Whose client settings are returned. */
export interface WorldQuery {
  /** Name of the user; the first user when omitted. */
  readonly user?: string;
}

function assertKnownUser({ identity }: World, user: string): void {
  const names = identity.directory.users.map(({ name }) => name);
  if (names.includes(user)) return;
  throw noSuchName(`User "${user}" does not exist in this world`, { pointer: '/user', found: user, names });
}

/**
 * Drops a world with everything in it.
 * @throws AdminError 400 for the default world, 404 for an unknown world.
 */
export function dropWorld(name: string, worlds: Worlds): void {
  if (name === DEFAULT_WORLD) {
    throw new AdminError(400, 'The default world cannot be dropped; POST reset restores its initial state.');
  }
  findWorld(worlds, name, '/name');
  worlds.drop(name);
}

/** Converts a world to the form that the admin API shows. */
export function presentWorld(world: World, context: AdminContext, user?: string): WorldView {
  const { directory } = world.identity;
  const caFile = context.host.caFile();
  const choice = { caFile, ...(user !== undefined && { user }) };
  const plainRoot = context.rootOf(DEFAULT_WORLD);
  const byLogIn =
    world.name === DEFAULT_WORLD ? undefined : clientSettings(plainRoot, directory, { ...choice, world: world.name });
  return {
    ...summarize(world, context),
    settings: clientSettings(context.rootOf(world.name), directory, choice) ?? null,
    settingsByLogIn: byLogIn ?? null,
  };
}

function summarize(world: World, { rootOf }: AdminContext): WorldSummary {
  const root = rootOf(world.name);
  return {
    name: world.name,
    url: root,
    seed: world.ids.seed,
    release: world.release,
    admin: `${root}/__admin`,
    addresses: addressesOf(root),
  };
}

function findWorld(worlds: Worlds, name: string, pointer: string): World {
  const world = worlds.get(name);
  if (world !== undefined) return world;
  throw noSuchName(`World "${name}" does not exist`, {
    pointer,
    found: name,
    names: worlds.list().map((each) => each.name),
  });
}

function buildWorld(name: string, parent: World, request: NewWorld, { host }: AdminContext): World {
  const { seed, scenarios, fixtures } = request;
  const snapshot = request.snapshot === undefined ? undefined : snapshotOf(parent, request.snapshot, '/snapshot');
  const clock = clockOf(snapshot?.clock ?? parent.clock.state, request);
  const options = {
    ...parseConfiguration(request, host.contracts),
    ...(seed !== undefined && { seed: String(seed) }),
    ...(clock !== undefined && { clock }),
    ...(scenarios !== undefined && { scenarios: scenariosWith(scenarios, host.known) }),
  };
  const world =
    snapshot !== undefined || request.fork !== undefined
      ? host.worlds.fork(name, parent, options, snapshot)
      : host.worlds.create(name, {
          ...options,
          ...(fixtures !== undefined && { fixtures: loadFixtures(fixtures, host.files) }),
        });
  world.journal.label = request.label;
  return world;
}

/** @throws InputError for a world with fixtures that is also a copy of another world. */
function assertOneSource(request: NewWorld): void {
  const member = request.fork === undefined ? 'snapshot' : 'fork';
  if (request.fixtures === undefined || request[member] === undefined) return;
  throw new InputError('world', [
    {
      pointer: `/${member}`,
      message: 'cannot be combined with fixtures',
      found: request[member],
      allowed: 'one of the two',
    },
  ]);
}

/** Adds scenarios to the ones that a world inherits. Throws `InputError` for an unknown name and an invalid scenario. */
const scenariosWith =
  (scenarios: NonNullable<NewWorld['scenarios']>, operations: KnownOperations) =>
  (inherited: ScenarioSet): ScenarioSet =>
    scenarios.reduce<ScenarioSet>((set, given, index) => {
      const pointer = `/scenarios/${index}`;
      if (typeof given === 'string')
        return set.enabling({ scenario: scenarioNamed(set, given, pointer), isWanted: true });
      const scenario = readPart(pointer, 'scenario', () => parseScenario(given, 'admin', operations));
      const known = set.with(scenario);
      return given['enabled'] === false ? known : known.enabling({ scenario, isWanted: true });
    }, inherited);

function scenarioNamed(set: ScenarioSet, name: string, pointer: string): Scenario {
  const scenario = set.get(name);
  if (scenario !== undefined) return scenario;
  const nearest = nearestName(
    name,
    set.all().map((each) => each.name),
  );
  throw new InputError('world', [
    {
      pointer,
      message: `unknown scenario${nearestHint(nearest)}`,
      found: name,
      allowed: 'the name of a scenario, or a scenario',
    },
  ]);
}

/** Reads a part of a request; prefixes the pointers of its errors with that of the part. */
function readPart<T>(pointer: string, place: string, read: () => T): T {
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

function clockOf(start: ClockState, { clock }: NewWorld): ClockState | undefined {
  if (clock === undefined) return undefined;
  const change = typeof clock === 'string' ? { freeze: clock } : clock;
  return changedClock(start, change, { place: 'world', pointer: '/clock' });
}

function loadFixtures(fixtures: NonNullable<NewWorld['fixtures']>, files: FileAccess | undefined): FixtureSet {
  try {
    if (typeof fixtures === 'string') return fixturesNamed([fixtures], files);
    if (Array.isArray(fixtures)) return fixturesNamed(fixtures as readonly string[], files);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const issues = error.issues.map((issue) => ({ ...issue, message: `${error.place}: ${issue.message}` }));
    throw new InputError(error.place, [
      { pointer: '/fixtures', message: 'cannot be loaded', found: fixtures, allowed: 'fixture files' },
      ...issues,
    ]);
  }
  return readPart('/fixtures', 'fixtures', () => fixturesOf(fixtures as Readonly<Record<string, unknown>>, files));
}
