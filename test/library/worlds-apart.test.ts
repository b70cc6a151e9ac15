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
import { seededRandom, WireClient } from '../support/traffic.ts';

const WORLDS = 200;
/** The world that some worlds fork. */
const PARENT = 'parent';

/** Scripts all of whose requests tell their world, wherever they are sent. */
const TELLING: readonly Script[] = [
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
const SCRIPTS: readonly Script[] = [...TELLING, signingClient('demo-ak', 'demo-sk'), anonymousClient];

interface Play {
  readonly script: Script;
  /** A call of the world's admin API before it: method, path and body. */
  readonly before?: readonly [method: string, path: string, body?: object];
}

/** All that happens in a world. */
interface Plan {
  readonly name: string;
  /** What makes it. */
  readonly world: object;
  /** Found by log-in at the plain addresses rather than by the path of its own. */
  readonly isByLogIn: boolean;
  /** Where its clock stands, in milliseconds since 1970. */
  readonly time: number;
  readonly plays: readonly Play[];
}

const BEFORE: readonly Play['before'][] = [
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

/** A plan that is the same for the same number, and unlike those of others. */
function planOf(number: number): Plan {
  const random = seededRandom(number);
  const name = `t${number}`;
  const time = NOON + random(1000) * 60_000;
  const isByLogIn = random(2) === 0;
  const scripts = isByLogIn ? TELLING : SCRIPTS;
  const starts = [{}, { fork: PARENT }, { seed: number }, { scenarios: ['delete-conflict'] }];
  const world = {
    name,
    ...starts[random(starts.length)],
    clock: new Date(time).toISOString(),
    progress: { '*': random(2) === 0 ? { by: 'once' } : { by: 'polls', polls: 1 + random(2) } },
  };
  const plays = Array.from({ length: 2 }, (): Play => {
    const before = BEFORE[random(BEFORE.length)];
    return { script: scripts[random(scripts.length)] as Script, ...(before !== undefined && { before }) };
  });
  return { name, world, isByLogIn, time, plays };
}

const PLANS = Array.from({ length: WORLDS }, (_, number) => planOf(number));

let agent: Agent;
let crowd: StartedEmulator;
let lonely: StartedEmulator;

const start = async (): Promise<StartedEmulator> => {
  const started = await startEmulator({ frozenAt: NOON });
  await admin(started, 'default', 'POST', '/worlds', { name: PARENT });
  await admin(started, PARENT, 'POST', '/images', { name: 'of the parent', visibility: 'public' });
  return started;
};

async function admin(at: StartedEmulator, world: string, method: string, path: string, body?: object): Promise<void> {
  const wire = new WireClient({ port: Number(new URL(at.url).port), prefix: `/w/${world}`, agent });
  const { status, body: said } = await wire.send(method, `/__admin${path}`, { body });
  if (status >= 300) throw new Error(`${method} ${path} in ${world}: ${status} ${said}`);
}

beforeAll(async () => {
  agent = new Agent({ keepAlive: true, maxSockets: 64 });
  crowd = await start();
  lonely = await start();
});
afterAll(async () => {
  agent.destroy();
  await crowd.close();
  await lonely.close();
});

const make = (at: StartedEmulator, { world }: Plan): Promise<void> => admin(at, 'default', 'POST', '/worlds', world);

/** Lets a plan come about; answers all that its clients heard. */
async function carryOut(at: StartedEmulator, { name, isByLogIn, plays }: Plan): Promise<readonly string[]> {
  const world = worldOf(at, name);
  const servers = Object.fromEntries(world.servers.listAll().map((server) => [server.name, server.id]));
  const wire = new WireClient({
    port: Number(new URL(at.url).port),
    program: 'the same everywhere',
    agent,
    ...(!isByLogIn && { prefix: `/w/${name}` }),
  });
  for (const [nth, { script, before }] of plays.entries()) {
    if (before !== undefined) await admin(at, name, ...before);
    const suffix = isByLogIn ? `@${name}` : '';
    await script({ wire, name: `image ${nth}`, suffix, now: world.clock.now(), servers });
  }
  return wire.transcript;
}

function worldOf(at: StartedEmulator, name: string) {
  const world = at.worlds.get(name);
  if (world === undefined) throw new Error(`no world ${name}`);
  return world;
}

/** All that a world tells of itself. */
function stateOf(at: StartedEmulator, name: string): object {
  const world = worldOf(at, name);
  return {
    clock: world.clock.state,
    seed: world.ids.seed,
    limits: world.limits,
    snapshots: [...world.snapshots.keys()],
    images: world.images.list({ audience: { kind: 'everyone' }, limit: 1000 }).images,
    tasks: [...world.tasks.list({ owner: null })],
    faults: world.faults.armed().map(({ id, seen, taken }) => [id, seen, taken]),
    scenarios: world.faults.list().flatMap((each) => (each.isEnabled ? [[each.name, each.callsLeft, each.rules]] : [])),
    recorded: world.journal.recorded,
    journal: world.journal.query({ limit: 1000 }).map(({ milliseconds: _took, ...entry }) => entry),
    coverage: world.coverage.cells().filter(({ natural, injected }) => natural + injected > 0),
  };
}

const tokenIn = (transcript: readonly string[]): string | undefined =>
  transcript.map((text) => /^X-Subject-Token\n(.+)$/im.exec(text)?.[1]).find((token) => token !== undefined);

describe(`${WORLDS} worlds at once`, () => {
  test('do not affect each other: images, tokens, faults, counters, journal, coverage and clock', async () => {
    const before = stateOf(crowd, 'default');
    await Promise.all(PLANS.map((plan) => make(crowd, plan)));
    const heard = await Promise.all(PLANS.map((plan) => carryOut(crowd, plan)));

    for (const [number, plan] of PLANS.entries()) {
      await make(lonely, plan);
      expect([plan, heard[number]]).toEqual([plan, await carryOut(lonely, plan)]);
      const [one, other] = [stateOf(crowd, plan.name), stateOf(lonely, plan.name)];
      // `toEqual` is slow for large values, but says where they differ.
      if (!isDeepStrictEqual(one, other)) expect([plan, one]).toEqual([plan, other]);
      lonely.worlds.drop(plan.name);
    }
    expect(stateOf(crowd, 'default')).toEqual(before);
    expect(stateOf(crowd, PARENT)).toEqual(stateOf(lonely, PARENT));

    const client = (prefix: string) => new WireClient({ port: Number(new URL(crowd.url).port), prefix, agent });
    const look = async (prefix: string, token: string): Promise<number> =>
      (await client(prefix).send('GET', '/image/v2/images?limit=1', { token })).status;
    const holders = PLANS.flatMap((plan, number) => {
      const token = tokenIn(heard[number] ?? []);
      const isGood = token !== undefined && worldOf(crowd, plan.name).identity.callerOf(token) !== undefined;
      return isGood ? [{ plan, token }] : [];
    });
    expect(holders.length).toBeGreaterThan(WORLDS / 4);
    await Promise.all(
      holders.map(async ({ plan: { name, isByLogIn }, token }, nth) => {
        const other = holders[(nth + 1) % holders.length]?.plan.name;
        const seen = [await look(`/w/${name}`, token), await look(`/w/${other}`, token), await look('', token)];
        expect([name, ...seen]).toEqual([name, 200, 401, isByLogIn ? 200 : 401]);
      }),
    );
  });
});
