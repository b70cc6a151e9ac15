import { Agent } from 'node:http';
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
import { filesOf } from '../support/files.ts';
import { seededRandom, shuffled, WireClient } from '../support/traffic.ts';

const RUNS = 100;
/** A second world, which some clients select by login at the plain addresses. */
const OTHER_WORLD = 'elsewhere';

interface Client {
  readonly script: Script;
  readonly usesOtherWorld?: boolean;
}

/** Sixteen clients. Some share a user, a project or an access key. */
const CLIENTS: readonly Client[] = [
  { script: imageClient('demo') },
  { script: imageClient('demo') },
  { script: imageClient('demo2', 'demo') },
  { script: imageClient('alt_demo') },
  { script: imageClient('demo'), usesOtherWorld: true },
  { script: computeClient('web-1') },
  { script: computeClient('db-1') },
  { script: rackspaceClient('demo', 'demo-api-key', 'stopped-1') },
  { script: rackspaceClient('demo', 'demo-api-key', 'web-1'), usesOtherWorld: true },
  { script: signingClient('demo-ak', 'demo-sk') },
  { script: signingClient('demo-ak', 'demo-sk') },
  { script: iamClient },
  { script: identityClient },
  { script: identityClient },
  { script: anonymousClient },
  { script: adminClient },
];
const ALL = CLIENTS.map((_, number) => number);

/** Half of the showImage requests of each client fail. */
const CHANCE = `scenario: chance
description: Half of all showImage requests fail.
enabled: true
rules:
  - match: { operation: image-v2.showImage }
    undocumented: true
    calls: { chance: 0.5 }
    fault: { answer: 503, retryAfter: { date: 2 } }
`;

let emulator: StartedEmulator;
let agent: Agent;

const start = async (): Promise<StartedEmulator> => {
  const started = await startEmulator({
    frozenAt: NOON,
    scenarios: [filesOf({ 'chance.yaml': CHANCE })('chance.yaml')],
  });
  const progress = { '*': { pace: { by: 'polls', polls: 2 } } } as const;
  for (const world of [started.worlds.default, started.worlds.create(OTHER_WORLD)]) world.setProgress(progress);
  for (const world of started.worlds.list()) world.takeSnapshot('start');
  return started;
};

beforeAll(async () => {
  emulator = await start();
  agent = new Agent({ keepAlive: true, maxSockets: 32 });
});
afterAll(async () => {
  agent.destroy();
  await emulator.close();
});

interface Run {
  /** The emulator of `beforeAll` when omitted. */
  readonly target?: StartedEmulator;
  /** Seed for pauses of a few event loop turns before requests; no pauses when omitted. */
  readonly seed?: number;
}

/** Runs some of the clients at the same time and returns the transcript of each, by its number. */
async function runTogether(
  numbers: readonly number[],
  { target = emulator, seed }: Run = {},
): Promise<ReadonlyMap<number, string>> {
  for (const world of target.worlds.list()) world.restore('start');
  const random = seed === undefined ? undefined : seededRandom(seed);
  const servers = Object.fromEntries(target.worlds.default.servers.listAll().map(({ id, name }) => [name, id]));
  const transcripts = numbers.map(async (number) => {
    const { script, usesOtherWorld } = CLIENTS[number] as Client;
    const pause = async (): Promise<void> => {
      for (let turns = random?.(4) ?? 0; turns > 0; turns -= 1) await new Promise(setImmediate);
    };
    const wire = new WireClient({
      port: Number(new URL(target.url).port),
      program: `client-${number}/1.0`,
      agent,
      pause,
    });
    const suffix = usesOtherWorld ? `@${OTHER_WORLD}` : '';
    await script({ wire, name: `image of ${number}`, suffix, now: NOON, servers });
    return [number, wire.transcript.join('\n\n')] as const;
  });
  return new Map(await Promise.all(transcripts));
}

/** Runs the clients one after the other and returns their transcripts. */
async function runAlone(target?: StartedEmulator): Promise<ReadonlyMap<number, string>> {
  const transcripts = new Map<number, string>();
  for (const number of ALL) {
    const run = await runTogether([number], { ...(target && { target }) });
    transcripts.set(number, run.get(number) as string);
  }
  return transcripts;
}

describe('the responses to a client', () => {
  test('are byte-identical alone and among sixteen concurrent clients, in a hundred random orders', async () => {
    const alone = await runAlone();
    for (let run = 0; run < RUNS; run += 1) {
      const transcripts = await runTogether(shuffled(ALL, seededRandom(run)), { seed: run });
      for (const number of ALL)
        expect([run, number, transcripts.get(number)]).toEqual([run, number, alone.get(number)]);
    }
  });

  test('are the same after a restart with the same seed', async () => {
    const other = await start();
    try {
      expect(await runAlone(other)).toEqual(await runAlone());
    } finally {
      await other.close();
    }
  });

  test('depend on X-Sideglance-Client, not on the order of otherwise identical clients', async () => {
    const receive = async (names: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> => {
      emulator.worlds.default.restore('start');
      const transcripts = new Map<string, readonly string[]>();
      for (const name of names) {
        const wire = new WireClient({ port: Number(new URL(emulator.url).port), program: 'same', agent });
        const headers = { 'X-Sideglance-Client': name };
        const body = { auth: { passwordCredentials: { username: 'demo', password: 'secret' }, tenantName: 'demo' } };
        const access = await wire.send('POST', '/identity/v2.0/tokens', { body, headers });
        const token = access.json<{ access: { token: { id: string } } }>().access.token.id;
        await wire.send('GET', '/image/v2/images?limit=1', { token, headers });
        transcripts.set(name, wire.transcript);
      }
      return transcripts;
    };
    const transcripts = await receive(['one', 'other']);
    expect(await receive(['other', 'one'])).toEqual(transcripts);
    expect(transcripts.get('one')).not.toEqual(transcripts.get('other'));
  });

  test('include successes, errors and faults', async () => {
    const alone = await runAlone();
    const statuses = ALL.map((number) =>
      [...(alone.get(number) ?? '').matchAll(/^[A-Z]+ \/.*\n(\d+)$/gm)].map(([, status]) => status),
    );
    for (const number of ALL.slice(0, 14))
      expect(statuses[number]?.filter((status) => status?.startsWith('2')).length).toBeGreaterThan(2);
    expect(new Set(statuses.flat())).toEqual(
      new Set(['200', '201', '202', '204', '206', '300', '401', '403', '404', '405', '503']),
    );
  });
});
