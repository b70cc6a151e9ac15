/** The emulator of this source, set to what a request list wants. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmulator } from '../../src/emulator.ts';
import { DEFAULT_SEED } from '../../src/fixtures/build-origin.ts';
import { defaultFixtures } from '../../src/fixtures/default-fixtures.ts';
import type { FixtureSet } from '../../src/fixtures/fixture-file.ts';
import type { CaseFile } from './case.ts';
import type { Target } from './play.ts';

/** What the services were set to when they were recorded, where a list does not say otherwise. */
const LIMITS = { imageSizeCap: 2 * 1024 ** 2, userStorageQuota: 5 * 1024 ** 2 };

const withOthers = <T extends { readonly name: string }>(usual: readonly T[], others: readonly T[] = []): T[] => [
  ...usual.filter(({ name }) => !others.some((other) => other.name === name)),
  ...others,
];

/** The cloud that a list is played in: no images, and beside the usual people those that the list brings. */
function fixturesFor({ limits, fixtures = {} }: CaseFile): FixtureSet {
  const usual = defaultFixtures();
  return {
    ...usual,
    images: [],
    servers: [],
    ...fixtures,
    domains: withOthers([{ name: 'Default' }], fixtures.domains),
    roles: [...new Set([...usual.roles, ...(fixtures.roles ?? [])])],
    projects: withOthers(usual.projects, fixtures.projects),
    users: withOthers(usual.users, fixtures.users),
    limits: { ...LIMITS, ...limits },
  };
}

/** A cloud of this process, and how to be rid of it. */
export interface Opened {
  readonly target: Target;
  close(): Promise<void>;
}

/** Starts an emulator for a list. @param web - address of what images may be imported from. */
export async function openOwn(file: CaseFile, web: string): Promise<Opened> {
  const emulator = createEmulator({ fixtures: fixturesFor(file), seed: DEFAULT_SEED });
  const { server, port } = await emulator.listen({ host: '127.0.0.1', port: 0 });
  const { clock } = emulator.worlds.default;
  return {
    target: {
      identity: `http://127.0.0.1:${port}/identity/v3`,
      web,
      isPrompt: true,
      pass: (seconds) => clock.advance(seconds * 1000),
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Serves what images are imported from: `/image.bin` is there, `/nothere` is not. */
export async function openWeb(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const file = Buffer.alloc(65_536);
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/image.bin' ? 200 : 404;
    response.end(request.url === '/image.bin' ? file : 'not here');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
