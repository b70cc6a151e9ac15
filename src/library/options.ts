import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { addressesOf } from '../admin/client-settings.ts';
import { CLOCK_CHANGE, changedClock } from '../admin/clock.ts';
import { assertValidBody } from '../admin/validate.ts';
import { type ClockState, REAL_TIME } from '../domain/clock.ts';
import type { EmulatorOptions } from '../emulator.ts';
import { fixturesNamed, fixturesOf } from '../fixtures/default-fixtures.ts';
import { parseRelease } from '../fixtures/sections/release.ts';
import type { DownloadLimits } from '../http/downloads.ts';
import { parseDuration } from '../input/duration.ts';
import { foldersOf } from '../input/file-access.ts';
import { InputError } from '../input/input-error.ts';
import type { LoadingListener } from '../input/loading.ts';
import type { JournalOptions } from '../journal/journal.ts';
import { connectionOptions } from './connection-options.ts';
import type { SideglanceOptions } from './sideglance-options.ts';

/** The default of `host`. */
const LOCAL = '127.0.0.1';

/** Where Sideglance listens, with defaults filled in. */
export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /** APIs with their own port. */
  readonly own: readonly { readonly name: string; readonly mount: string; readonly port: number }[];
  readonly admin: {
    readonly isOff: boolean;
    /** Whether other machines can reach the server. */
    readonly isExposed: boolean;
    readonly origins: readonly string[];
    readonly token: string | undefined;
    /** Its own port; `undefined` for the common port. */
    readonly port: number | undefined;
  };
}

/**
 * Fills in the defaults of the options about ports and access. Generates an admin token when other machines can reach
 * the admin API and no token was given.
 * @throws InputError for an unknown API.
 */
export function listenOptions({ host = LOCAL, port = 0, listen = {}, admin = {} }: SideglanceOptions): ListenOptions {
  const isOff = admin === false;
  const { token, port: adminPort, origins = [] } = isOff ? {} : admin;
  const isExposed = !isLoopback(host);
  const generated = isOff || !isExposed ? undefined : randomBytes(18).toString('hex');
  return {
    host,
    port,
    own: ownMounts(listen),
    admin: { isOff, isExposed, origins: origins.map(originOf), token: token ?? generated, port: adminPort },
  };
}

/** The origin of an address, as browsers write it. */
const originOf = (address: string): string => new URL(address).origin;

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);

function ownMounts(listen: Readonly<Record<string, number>>): ListenOptions['own'] {
  const mounts = addressesOf('');
  return Object.entries(listen).map(([name, port]) => {
    const mount = mounts[name];
    if (mount === undefined) {
      throw new InputError('listen', [
        { pointer: `/${name}`, message: 'unknown API', found: name, allowed: Object.keys(mounts) },
      ]);
    }
    return { name, mount, port };
  });
}

/**
 * Converts options to those of an emulator, except for access to the admin API.
 * @throws InputError for invalid fixtures, an invalid clock, and connections of an unknown API.
 */
export function emulatorOptions(options: SideglanceOptions): EmulatorOptions {
  const {
    fixtures,
    scenarios = [],
    seed,
    release,
    clock,
    journalMemory,
    onRequest,
    onAdminRequest,
    onLoading,
    coverage,
    externalUrl,
    trustProxy,
  } = options;
  return {
    ...(fixtures !== undefined && { fixtures: loadFixtures(fixtures, onLoading) }),
    fixtureFolders: fixtureFolders(options),
    scenarios: [scenarios].flat(),
    ...(seed !== undefined && { seed: String(seed) }),
    ...(release !== undefined && { release: parseRelease(release) }),
    clock: clockState(clock),
    journal: journalOptions(options),
    ...(journalMemory !== undefined && { journalMemory }),
    ...(onRequest !== undefined && { onRequest }),
    ...(onAdminRequest !== undefined && { onAdminRequest }),
    ...(onLoading !== undefined && { onLoading }),
    downloads: downloadLimits(options),
    ...(coverage !== undefined && { coverage }),
    ...(externalUrl !== undefined && { externalUrl }),
    ...(trustProxy !== undefined && { trustProxy }),
    connections: connectionOptions(options),
  };
}

function downloadLimits({
  host = LOCAL,
  importHosts,
  importTimeout,
  importMaxSize,
}: SideglanceOptions): DownloadLimits {
  return {
    allowsLoopback: isLoopback(host),
    ...(importHosts !== undefined && { hosts: importHosts }),
    ...(importTimeout !== undefined && { timeout: parseDuration(importTimeout) }),
    ...(importMaxSize !== undefined && { maxBytes: importMaxSize }),
  };
}

const journalOptions = (options: SideglanceOptions): Partial<JournalOptions> => {
  const { journalSize, journalBodies, journalWorldMemory, journalSecrets } = options;
  return {
    ...(journalSize !== undefined && { capacity: journalSize }),
    ...(journalBodies !== undefined && { bodyBytes: journalBodies === 'off' ? 0 : journalBodies }),
    ...(journalWorldMemory !== undefined && { maxBytes: journalWorldMemory }),
    ...(journalSecrets !== undefined && { showsSecrets: journalSecrets }),
  };
};

/** @throws InputError for a folder that does not exist. */
function fixtureFolders({ fixtures, fixtureFolders: given = [] }: SideglanceOptions): readonly string[] {
  const missing = given.find((folder) => foldersOf([folder])[0] !== resolve(folder));
  if (missing !== undefined) {
    const issue = { pointer: '', message: 'is not a folder', found: missing, allowed: 'an existing folder' };
    throw new InputError('fixtureFolders', [issue]);
  }
  const files = typeof fixtures === 'string' || Array.isArray(fixtures) ? [fixtures].flat() : [];
  return foldersOf([...files, ...given]);
}

/** Loads the fixtures of an option. @throws InputError for invalid ones. */
export const loadFixtures = (fixtures: NonNullable<SideglanceOptions['fixtures']>, onStep?: LoadingListener) =>
  typeof fixtures === 'string' || Array.isArray(fixtures)
    ? fixturesNamed([fixtures].flat() as readonly string[], undefined, onStep)
    : fixturesOf(fixtures as Readonly<Record<string, unknown>>);

function clockState(clock: SideglanceOptions['clock']): ClockState {
  if (clock === undefined) return REAL_TIME;
  if (typeof clock !== 'string') {
    assertValidBody({ request: CLOCK_CHANGE }, clock);
    return changedClock(REAL_TIME, clock, { place: 'clock' });
  }
  if (Number.isNaN(Date.parse(clock))) {
    throw new InputError('clock', [{ pointer: '', message: 'is not a time', found: clock, allowed: 'ISO 8601' }]);
  }
  return changedClock(REAL_TIME, { freeze: clock }, { place: 'clock' });
}
