/** Starts this emulator with the settings that a request list needs. */
import { FIRST_RELEASE, type Release } from '../../src/base/release.ts';
import type { Web } from '../../src/domain/web.ts';
import { createEmulator } from '../../src/emulator.ts';
import { DEFAULT_SEED } from '../../src/fixtures/build-origin.ts';
import { defaultFixtures } from '../../src/fixtures/default-fixtures.ts';
import type { FixtureSet } from '../../src/fixtures/fixture-set.ts';
import type { CaseFile } from './case.ts';
import type { Target } from './session.ts';

/** Limits of the recorded services, unless a list has its own. */
const LIMITS = { imageSizeCap: 2 * 1024 ** 2, userStorageQuota: 5 * 1024 ** 2 };

const merge = <T extends { readonly name: string }>(defaults: readonly T[], others: readonly T[] = []): T[] => [
  ...defaults.filter(({ name }) => !others.some((other) => other.name === name)),
  ...others,
];

/** What releases with the role `manager` have in addition, and the accounts of lists about several releases. */
const accountsIn = (release: Release): Pick<FixtureSet, 'roles' | 'users'> => {
  const manager = release === FIRST_RELEASE ? 'member' : 'manager';
  return {
    roles: [manager, 'service'],
    users: [
      { name: 'demo_manager', password: 'secret', project: 'demo', roles: { demo: [manager] } },
      { name: 'svc', password: 'secret', project: 'service', roles: { service: ['service'] } },
    ],
  };
};

/** Fixtures of a list: no images and no metadata definitions, the default users and those of the list. */
function fixturesFor({ limits, releases, fixtures = {} }: CaseFile, release: Release): FixtureSet {
  const defaults = defaultFixtures();
  const accounts = releases === undefined ? undefined : accountsIn(release);
  return {
    ...defaults,
    images: [],
    servers: [],
    metadefs: [],
    ...fixtures,
    release,
    domains: merge([{ name: 'Default' }], fixtures.domains),
    roles: [...new Set([...defaults.roles, ...(accounts?.roles ?? []), ...(fixtures.roles ?? [])])],
    projects: merge(defaults.projects, fixtures.projects),
    users: merge(merge(defaults.users, accounts?.users), fixtures.users),
    limits: { ...LIMITS, ...limits },
  };
}

/** A running emulator. */
export interface RunningEmulator {
  readonly target: Target;
  close(): Promise<void>;
}

/** Options of an emulator for a list. */
export interface OwnOptions {
  /** Files elsewhere that no server has to hold. */
  readonly files?: Web;
  /** Release of the services; Zed when omitted. */
  readonly release?: Release;
}

/**
 * Starts an emulator for a list.
 * @param web - address of a file server from which images can be imported.
 */
export async function startOwnEmulator(
  file: CaseFile,
  web: string,
  { files, release = FIRST_RELEASE }: OwnOptions = {},
): Promise<RunningEmulator> {
  const fixtures = { ...fixturesFor(file, release), ...(files !== undefined && { web: files }) };
  const emulator = createEmulator({ fixtures, seed: DEFAULT_SEED });
  const { server, port } = await emulator.listen({ host: '127.0.0.1', port: 0 });
  const { clock } = emulator.worlds.default;
  return {
    target: {
      identity: `http://127.0.0.1:${port}/identity/v3`,
      web,
      isPrompt: true,
      advance: (seconds) => clock.advance(seconds * 1000),
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
