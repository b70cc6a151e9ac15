import { Agent } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  adminClient,
  anonymousClient,
  computeClient,
  iamClient,
  identityClient,
  imageClient,
  rackspaceClient,
  type Script,
  signingClient,
} from '../support/clients.ts';
import { NOON, type StartedEmulator, startEmulator } from '../support/emulator.ts';
import { entriesOf } from '../support/journal.ts';
import { seededRandom, WireClient } from '../support/traffic.ts';

const WORLDS = 200;
/** The world that some worlds fork. */
const PARENT = 'parent';

/** Scripts that log in, so that their tokens select the world at the plain addresses. */
const SCRIPTS_BY_LOG_IN: readonly Script[] = [
  imageClient('demo'),
  imageClient('alt_demo'),
  imageClient('demo2', 'demo'),
  computeClient('web-1'),
  computeClient('db-1'),
  rackspaceClient('demo', 'demo-api-key', 'stopped-1'),
  iamClient,
  identityClient,
  adminClient,
];
const SCRIPTS: readonly Script[] = [...SCRIPTS_BY_LOG_IN, signingClient('demo-ak', 'demo-sk'), anonymousClient];

interface Step {
  readonly script: Script;
  /** A request to the admin API of the world before the script: method, path and body. */
  readonly before?: readonly [method: string, path: string, body?: object];
}

/** What happens in one world. */
interface Plan {
  readonly name: string;
  /** Body of the request that creates the world. */
  readonly world: object;
  /** Whether clients select the world by login at the plain addresses, not by its path. */
  readonly isByLogIn: boolean;
  /** Time of its frozen clock, in milliseconds since 1970. */
  readonly time: number;
  readonly steps: readonly Step[];
}

const ADMIN_REQUESTS: readonly Step['before'][] = [
  undefined,
  [
    'POST',
    '/faults',
    { match: { operation: 'image-v2.showImage' }, calls: { from: 1, to: 2 }, fault: { answer: 404 } },
  ],
  ['POST', '/faults', { match: { operation: 'image-v2.deleteImage' }, fault: { answer: 403 } }],
  ['POST', '/scenarios/delete-conflict/enable', { calls: 2 }],
  ['PUT', '/clock', { advance: '25h' }],
  ['PUT', '/configuration', { quotas: { images: 3 } }],
  ['POST', '/images', { name: 'placed', visibility: 'public' }],
  ['POST', '/snapshots', {}],
  ['POST', '/reset'],
];

/** Builds the plan of a world at random, with its number as the seed. */
function planOf(number: number): Plan {
  const random = seededRandom(number);
  const name = `t${number}`;
  const time = NOON + random(1000) * 60_000;
  const isByLogIn = random(2) === 0;
  const scripts = isByLogIn ? SCRIPTS_BY_LOG_IN : SCRIPTS;
  const origins = [{}, { fork: PARENT }, { seed: number }, { scenarios: ['delete-conflict'] }];
  const world = {
    name,
    ...origins[random(origins.length)],
    clock: new Date(time).toISOString(),
    progress: { '*': random(2) === 0 ? { by: 'once' } : { by: 'polls', polls: 1 + random(2) } },
  };
  const steps = Array.from({ length: 2 }, (): Step => {
    const before = ADMIN_REQUESTS[random(ADMIN_REQUESTS.length)];
    return { script: scripts[random(scripts.length)] as Script, ...(before !== undefined && { before }) };
  });
  return { name, world, isByLogIn, time, steps };
}

const PLANS = Array.from({ length: WORLDS }, (_, number) => planOf(number));

let agent: Agent;
let concurrent: StartedEmulator;
let sequential: StartedEmulator;

const start = async (): Promise<StartedEmulator> => {
  const started = await startEmulator({ frozenAt: NOON });
  await admin(started, 'default', 'POST', '/worlds', { name: PARENT });
  await admin(started, PARENT, 'POST', '/images', { name: 'of the parent', visibility: 'public' });
  return started;
};

async function admin(
  emulator: StartedEmulator,
  world: string,
  method: string,
  path: string,
  body?: object,
): Promise<void> {
  const wire = new WireClient({ port: Number(new URL(emulator.url).port), prefix: `/w/${world}`, agent });
  const { status, body: text } = await wire.send(method, `/__admin${path}`, { body });
  if (status >= 300) throw new Error(`${method} ${path} in ${world}: ${status} ${text}`);
}

beforeAll(async () => {
  agent = new Agent({ keepAlive: true, maxSockets: 64 });
  concurrent = await start();
  sequential = await start();
});
afterAll(async () => {
  agent.destroy();
  await concurrent.close();
  await sequential.close();
});

const createWorld = (emulator: StartedEmulator, { world }: Plan): Promise<void> =>
  admin(emulator, 'default', 'POST', '/worlds', world);

/** Runs a plan and returns the responses that its clients received. */
async function runPlan(emulator: StartedEmulator, { name, isByLogIn, steps }: Plan): Promise<readonly string[]> {
  const world = worldOf(emulator, name);
  const servers = Object.fromEntries(world.servers.listAll().map((server) => [server.name, server.id]));
  const wire = new WireClient({
    port: Number(new URL(emulator.url).port),
    program: 'same',
    agent,
    ...(!isByLogIn && { prefix: `/w/${name}` }),
  });
  for (const [index, { script, before }] of steps.entries()) {
    if (before !== undefined) await admin(emulator, name, ...before);
    const suffix = isByLogIn ? `@${name}` : '';
    await script({ wire, name: `image ${index}`, suffix, now: world.clock.now(), servers });
  }
  return wire.transcript;
}

function worldOf(emulator: StartedEmulator, name: string) {
  const world = emulator.worlds.get(name);
  if (world === undefined) throw new Error(`no world ${name}`);
  return world;
}

/** Returns everything that can be read from a world. */
function stateOf(emulator: StartedEmulator, name: string): object {
  const world = worldOf(emulator, name);
  return {
    clock: world.clock.state,
    seed: world.ids.seed,
    limits: world.limits,
    snapshots: [...world.snapshots.keys()],
    images: world.images.list({ audience: { kind: 'everyone' }, limit: 1000 }).images,
    tasks: [...world.tasks.list({ owner: null })],
    faults: world.faults.armed().map(({ id, seen, fired }) => [id, seen, fired]),
    scenarios: world.faults.list().flatMap((each) => (each.isEnabled ? [[each.name, each.callsLeft, each.rules]] : [])),
    recorded: world.journal.recorded,
    journal: entriesOf(world, { limit: 1000 }).map(
      // Connections and sequence numbers are counted over all worlds.
      ({
        milliseconds: _took,
        started: _started,
        timings: _timings,
        connection: _connection,
        sequence: _sequence,
        ...entry
      }) => entry,
    ),
    coverage: world.coverage.cells().filter(({ natural, injected }) => natural + injected > 0),
  };
}

const tokenIn = (transcript: readonly string[]): string | undefined =>
  transcript.map((text) => /^X-Subject-Token\n(.+)$/im.exec(text)?.[1]).find((token) => token !== undefined);

describe(`${WORLDS} concurrent worlds`, () => {
  test('do not affect each other: images, tokens, faults, counters, journal, coverage and clock', async () => {
    const before = stateOf(concurrent, 'default');
    await Promise.all(PLANS.map((plan) => createWorld(concurrent, plan)));
    const transcripts = await Promise.all(PLANS.map((plan) => runPlan(concurrent, plan)));

    for (const [number, plan] of PLANS.entries()) {
      await createWorld(sequential, plan);
      expect([plan, transcripts[number]]).toEqual([plan, await runPlan(sequential, plan)]);
      const [actual, expected] = [stateOf(concurrent, plan.name), stateOf(sequential, plan.name)];
      // `toEqual` is slow for large values, but shows the difference.
      if (!isDeepStrictEqual(actual, expected)) expect([plan, actual]).toEqual([plan, expected]);
      sequential.worlds.drop(plan.name);
    }
    expect(stateOf(concurrent, 'default')).toEqual(before);
    expect(stateOf(concurrent, PARENT)).toEqual(stateOf(sequential, PARENT));

    const client = (prefix: string) => new WireClient({ port: Number(new URL(concurrent.url).port), prefix, agent });
    const listStatus = async (prefix: string, token: string): Promise<number> =>
      (await client(prefix).send('GET', '/image/v2/images?limit=1', { token })).status;
    const validTokens = PLANS.flatMap((plan, number) => {
      const token = tokenIn(transcripts[number] ?? []);
      const isValid = token !== undefined && worldOf(concurrent, plan.name).identity.callerOf(token) !== undefined;
      return isValid ? [{ plan, token }] : [];
    });
    expect(validTokens.length).toBeGreaterThan(WORLDS / 4);
    await Promise.all(
      validTokens.map(async ({ plan: { name, isByLogIn }, token }, index) => {
        const other = validTokens[(index + 1) % validTokens.length]?.plan.name;
        const statuses = [
          await listStatus(`/w/${name}`, token),
          await listStatus(`/w/${other}`, token),
          await listStatus('', token),
        ];
        expect([name, ...statuses]).toEqual([name, 200, 401, isByLogIn ? 200 : 401]);
      }),
    );
  });
});
