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
/** Where some of the clients are, by log-in at the plain addresses. */
const ELSEWHERE = 'elsewhere';

interface Client {
  readonly script: Script;
  readonly isElsewhere?: boolean;
}

/** Sixteen at once; of some users, projects and access keys there are several. */
const CLIENTS: readonly Client[] = [
  { script: imageClient('demo') },
  { script: imageClient('demo') },
  { script: imageClient('demo2', 'demo') },
  { script: imageClient('alt_demo') },
  { script: imageClient('demo'), isElsewhere: true },
  { script: computeClient('web-1') },
  { script: computeClient('db-1') },
  { script: rackspaceClient('demo', 'demo-api-key', 'stopped-1') },
  { script: rackspaceClient('demo', 'demo-api-key', 'web-1'), isElsewhere: true },
  { script: signingClient('demo-ak', 'demo-sk') },
  { script: signingClient('demo-ak', 'demo-sk') },
  { script: iamClient },
  { script: identityClient },
  { script: identityClient },
  { script: anonymousClient },
  { script: adminClient },
];
const ALL = CLIENTS.map((_, number) => number);

/** Half of what each client looks at fails. */
const CHANCE = `scenario: chance
description: Half of all looks at an image fail.
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
  for (const world of [started.worlds.default, started.worlds.create(ELSEWHERE)]) world.setProgress(progress);
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
  readonly at?: StartedEmulator;
  /** Has clients wait a turn or some more now and then, others in each run. */
  readonly seed?: number;
}

/** Lets some of the clients play at once; answers what each of them heard. */
async function play(
  numbers: readonly number[],
  { at = emulator, seed }: Run = {},
): Promise<ReadonlyMap<number, string>> {
  for (const world of at.worlds.list()) world.restore('start');
  const random = seed === undefined ? undefined : seededRandom(seed);
  const servers = Object.fromEntries(at.worlds.default.servers.listAll().map(({ id, name }) => [name, id]));
  const response = numbers.map(async (number) => {
    const { script, isElsewhere } = CLIENTS[number] as Client;
    const pause = async (): Promise<void> => {
      for (let turns = random?.(4) ?? 0; turns > 0; turns -= 1) await new Promise(setImmediate);
    };
    const wire = new WireClient({ port: Number(new URL(at.url).port), program: `client-${number}/1.0`, agent, pause });
    const suffix = isElsewhere ? `@${ELSEWHERE}` : '';
    await script({ wire, name: `image of ${number}`, suffix, now: NOON, servers });
    return [number, wire.transcript.join('\n\n')] as const;
  });
  return new Map(await Promise.all(response));
}

/** What each client hears that has the cloud to itself. */
async function playAlone(at?: StartedEmulator): Promise<ReadonlyMap<number, string>> {
  const alone = new Map<number, string>();
  for (const number of ALL) for (const [who, text] of await play([number], { ...(at && { at }) })) alone.set(who, text);
  return alone;
}

describe('What a client receives', () => {
  test('is byte-identical alone or among sixteen clients, in any order, in a hundred runs', async () => {
    const alone = await playAlone();
    for (let run = 0; run < RUNS; run += 1) {
      const response = await play(shuffled(ALL, seededRandom(run)), { seed: run });
      for (const number of ALL) expect([run, number, response.get(number)]).toEqual([run, number, alone.get(number)]);
    }
  });

  test('is the same after a restart with the same seed', async () => {
    const other = await start();
    try {
      expect(await playAlone(other)).toEqual(await playAlone());
    } finally {
      await other.close();
    }
  });

  test('is the same for identical programs that differ only in X-Sideglance-Client', async () => {
    const hear = async (names: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> => {
      emulator.worlds.default.restore('start');
      const response = new Map<string, readonly string[]>();
      for (const name of names) {
        const wire = new WireClient({ port: Number(new URL(emulator.url).port), program: 'alike', agent });
        const headers = { 'X-Sideglance-Client': name };
        const body = { auth: { passwordCredentials: { username: 'demo', password: 'secret' }, tenantName: 'demo' } };
        const answer = await wire.send('POST', '/identity/v2.0/tokens', { body, headers });
        const token = answer.json<{ access: { token: { id: string } } }>().access.token.id;
        await wire.send('GET', '/image/v2/images?limit=1', { token, headers });
        response.set(name, wire.transcript);
      }
      return response;
    };
    const response = await hear(['one', 'other']);
    expect(await hear(['other', 'one'])).toEqual(response);
    expect(response.get('one')).not.toEqual(response.get('other'));
  });

  test('includes successes, errors and faults, with every token, id and time', async () => {
    const alone = await playAlone();
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
