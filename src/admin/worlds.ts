import type { Contract } from '../contract/contract.ts';
import type { ClockState } from '../domain/clock.ts';
import { InputError } from '../domain/input-error.ts';
import { fixturesNamed, fixturesOf } from '../fixtures/default-fixtures.ts';
import type { FixtureSet } from '../fixtures/fixture-file.ts';
import type { World } from '../world.ts';
import type { Worlds } from '../worlds.ts';
import { type Addresses, addressesOf, type ClientSettings, clientSettings } from './client-settings.ts';
import { type ClockChange, changedClock } from './clock.ts';
import { demandProfiles, demandProgress } from './configuration.ts';
import { AdminError } from './problems.ts';

/** A world to make. */
export interface NewWorld {
  /** One is made up when left out. */
  readonly name?: string;
  /** Fixture file, directory or `default`; a list of these; or the fixtures themselves. */
  readonly fixtures?: string | readonly string[] | Readonly<Record<string, unknown>>;
  /** World to start from as it is now. */
  readonly fork?: string;
  readonly seed?: string | number;
  /** How what takes time gets on, as fixtures write it. */
  readonly progress?: Readonly<Record<string, unknown>>;
  /** Which side to take where documents disagree: by dialect, then by name of the profile. */
  readonly profiles?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
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
}

/**
 * Makes a world; one that says nothing starts as the default world started.
 * @throws InputError
 * @throws AdminError 404 for a fork of nothing, 409 for a name that is taken.
 */
export function createWorld(worlds: Worlds, request: NewWorld, contracts: readonly Contract[]): World {
  if (request.fork !== undefined && request.fixtures !== undefined) {
    throw new InputError('world', [
      {
        pointer: '/fork',
        message: 'a world starts from a fork or from fixtures',
        found: request.fork,
        allowed: 'one of the two',
      },
    ]);
  }
  const name = request.name ?? worlds.freeName();
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
  const clock = clockOf(parent, request);
  const seed = request.seed === undefined ? undefined : String(request.seed);
  const profiles = demandProfiles(request.profiles, contracts);
  const progress = demandProgress(request.progress, contracts);
  const options = {
    ...(progress !== undefined && { progress }),
    ...(profiles !== undefined && { profiles }),
    ...(seed !== undefined && { seed }),
    ...(clock !== undefined && { clock }),
  };
  return request.fork === undefined
    ? worlds.create(name, {
        ...options,
        ...(request.fixtures !== undefined && { fixtures: fixturesGiven(request.fixtures) }),
      })
    : worlds.fork(name, parent, options);
}

/** @param root - address of the world's root, no slash at the end. */
export function presentWorld(world: World, root: string): WorldView {
  return {
    name: world.name,
    url: root,
    seed: world.ids.seed,
    admin: `${root}/__admin`,
    addresses: addressesOf(root),
    settings: clientSettings(root, world.identity.directory) ?? null,
  };
}

function clockOf(parent: World, { clock }: NewWorld): ClockState | undefined {
  if (clock === undefined) return undefined;
  const change = typeof clock === 'string' ? { freeze: clock } : clock;
  return changedClock(parent.clock.state, change, 'world', '/clock');
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
  try {
    return fixturesOf(fixtures as Readonly<Record<string, unknown>>);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      'fixtures',
      error.issues.map((issue) => ({ ...issue, pointer: `/fixtures${issue.pointer}` })),
    );
  }
}
