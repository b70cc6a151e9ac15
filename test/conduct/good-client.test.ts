import { Agent } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ConductReport, type Sideglance, startSideglance } from '../../src/index.ts';
import { seededRandom } from '../support/traffic.ts';
import { Bench, data } from './bench.ts';
import { GoodClient, type Random, ServiceError } from './good-client.ts';

/** Number of programs; `CONDUCT_RUNS=1000` runs as many as the acceptance of the rules asks for. */
const RUNS = Number(process.env['CONDUCT_RUNS'] ?? 60);
/** Seed of the first program. */
const FIRST = Number(process.env['CONDUCT_SEED'] ?? 1);

const ANSWERS = [429, 502, 503, 504];
const RETRY_AFTER = [1, 5, 90, 3600, 0, 'absent', 'malformed', { malformed: '-3' }, { date: 4 }, { date: 900 }];

const OPERATIONS = ['createImage', 'listImages', 'showImage', 'uploadImageData', 'downloadImageData', 'deleteImage'];

const pick = <T>(random: Random, list: readonly T[]): T => list[random(list.length)] as T;

/** Something that goes wrong with an operation. */
function faultOf(random: Random, operation: string): object {
  const answer = { answer: pick(random, ANSWERS), retryAfter: pick(random, RETRY_AFTER) };
  const common = [
    answer,
    answer,
    { answer: 401 },
    { answer: 409 },
    { answer: 403 },
    { cut: 'reset' },
    { cut: 'empty' },
  ];
  if (operation !== 'downloadImageData') return pick(random, common);
  return pick(random, [...common, { cut: { after: 1 + random(20_000) } }, { corrupt: { flip: random(20_000) } }]);
}

/** Arms up to six faults, each for one or several requests. */
function armFaults(bench: Bench, random: Random): void {
  for (let count = random(7); count > 0; count -= 1) {
    const operation = pick(random, OPERATIONS);
    const calls = { from: 1 + random(3), times: 1 + random(pick(random, [1, 3, 8])) };
    const phase = random(4) === 0 && operation !== 'downloadImageData' ? 'after' : 'before';
    bench.arm(operation, faultOf(random, operation), { calls, phase });
  }
}

/** One program: creates images, sends, reads and lists them, and deletes them. */
async function runProgram(client: GoodClient, random: Random, name: string): Promise<void> {
  const id = await client.create(name);
  const bytes = data(20_000 + random(1000));
  try {
    await client.upload(id, bytes);
    if ((await client.waitUntilReady(id)) === 'active') {
      for (let count = random(3); count > 0; count -= 1) expect((await client.download(id)).equals(bytes)).toBe(true);
    }
    if (random(2) === 0) await client.listAll(`?limit=${2 + random(9)}&sort=name:asc`);
  } finally {
    await client.remove(id);
  }
}

let cloud: Sideglance;
beforeAll(async () => {
  cloud = await startSideglance();
});
afterAll(() => cloud.close());

/** Runs good programs in a world with random faults, and judges them. */
async function judged(seed: number): Promise<ConductReport> {
  const random = seededRandom(seed);
  const bench = new Bench(cloud, new Agent({ keepAlive: true }));
  const client = new GoodClient(bench, random);
  await client.login();
  armFaults(bench, random);
  const programs = Array.from({ length: 1 + random(3) }, (_, at) => () => runProgram(client, random, `image-${at}`));
  const isParallel = random(3) === 0;
  const failed: unknown[] = [];
  const run = (program: () => Promise<void>): Promise<void> => program().catch((error) => void failed.push(error));
  if (isParallel) await Promise.all(programs.map(run));
  else for (const program of programs) await run(program);
  for (const error of failed) if (!(error instanceof ServiceError)) throw error;
  const report = bench.world.conduct({ client: failed.length > 0 ? 'failure' : 'success' });
  bench.client.close();
  cloud.worlds.drop(bench.world.name);
  return report;
}

test(`finds nothing in ${RUNS} programs of a good client`, async () => {
  const accused: unknown[] = [];
  const judgedRules = new Set<string>();
  for (let seed = FIRST; seed < FIRST + RUNS; seed += 1) {
    const { findings, rules } = await judged(seed);
    if (findings.length > 0) accused.push({ seed, findings });
    for (const { rule, opportunities } of rules) if (opportunities > 0) judgedRules.add(rule);
  }
  expect(accused).toEqual([]);
  expect(judgedRules.size).toBeGreaterThan(20);
}, 600_000);
