import { Agent, type Server } from 'node:http';
import type { Express } from 'express';
import request from 'supertest';
import type { AdminAccess } from '../../src/admin/index.ts';
import type { ClockState } from '../../src/domain/clock.ts';
import { createEmulator, type Emulator } from '../../src/emulator.ts';
import { DEFAULT_SEED } from '../../src/fixtures/build-origin.ts';
import { defaultFixtures } from '../../src/fixtures/default-fixtures.ts';
import type { FixtureSet } from '../../src/fixtures/fixture-set.ts';

/** Noon, 21 November 2026, UTC: the time of frozen clocks in tests. */
export const NOON = Date.UTC(2026, 10, 21, 12);

/** Options of an emulator in tests. */
export interface TestOptions {
  readonly fixtures?: FixtureSet;
  readonly seed?: string;
  /** Milliseconds since 1970 at which the clock is frozen; the system time when omitted. */
  readonly frozenAt?: number;
  readonly clock?: ClockState;
  /** Scenario files in addition to the shipped ones. */
  readonly scenarios?: readonly string[];
  readonly admin?: AdminAccess;
}

/**
 * Creates an emulator with the default fixtures and a fixed seed. It does not listen; pass `emulator.app` to supertest.
 */
export function createTestEmulator(options: TestOptions = {}): Emulator {
  const state = options.frozenAt === undefined ? options.clock : { frozenAt: options.frozenAt, offset: 0 };
  return createEmulator({
    fixtures: options.fixtures ?? defaultFixtures(),
    seed: options.seed ?? DEFAULT_SEED,
    ...(state !== undefined && { clock: state }),
    ...(options.scenarios !== undefined && { scenarios: options.scenarios }),
    ...(options.admin !== undefined && { admin: options.admin }),
  });
}

/** Keeps connections open between requests, for tests that send many. */
export const KEEP_ALIVE = new Agent({ keepAlive: true });

/** An emulator that listens. */
export interface StartedEmulator extends Emulator {
  /** `http://127.0.0.1:<port>`, without a trailing slash. */
  readonly url: string;
  readonly server: Server;
  close(): Promise<void>;
}

/** Like `createTestEmulator`, but listens on a free port of 127.0.0.1. */
export async function startEmulator(options: TestOptions = {}): Promise<StartedEmulator> {
  const emulator = createTestEmulator(options);
  const { server, port } = await emulator.listen({ host: '127.0.0.1', port: 0 });
  return {
    ...emulator,
    server,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Options of a login. */
export interface LoginOptions {
  /** `demo` when omitted. */
  readonly user?: string;
  readonly password?: string;
  /** The project of the user when omitted. */
  readonly project?: string;
  readonly world?: string;
}

/** Projects of default users, when they are not named after the user. */
const PROJECTS: Readonly<Record<string, string>> = {
  demo2: 'demo',
  demo_reader: 'demo',
  glance: 'service',
  nova: 'service',
};

/**
 * Logs in by password at `/identity/v3`.
 * @param target - `emulator.app`, a server or an address.
 * @returns the token.
 */
export async function login(target: Express | Server | string, options: LoginOptions = {}): Promise<string> {
  const { user = 'demo', password = 'secret', world } = options;
  const project = options.project ?? PROJECTS[user] ?? user;
  const domain = { id: 'default' };
  const response = await request(target)
    .post(`${world === undefined ? '' : `/w/${world}`}/identity/v3/auth/tokens`)
    .send({
      auth: {
        identity: { methods: ['password'], password: { user: { name: user, domain, password } } },
        scope: { project: { name: project, domain } },
      },
    });
  const token = response.headers['x-subject-token'];
  if (response.status !== 201 || token === undefined) {
    throw new Error(`login of ${user} returned ${response.status}: ${response.text}`);
  }
  return token;
}
