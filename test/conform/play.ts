import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clientVariables } from '../../src/admin/client-variables.ts';
import type { ConformCase } from '../../src/conform/case.ts';
import { originOf } from '../../src/conform/case-origin.ts';
import { worldOf } from '../../src/conform/case-world.ts';
import { prepareInputs } from '../../src/conform/inputs.ts';
import { type Judged, judgeCase } from '../../src/conform/judge.ts';
import type { Mistake } from '../../src/conform/mistakes.ts';
import type { WorldControl } from '../../src/index.ts';
import { type Sideglance, startSideglance } from '../../src/index.ts';
import type { ClientPool } from './client-pool.ts';

let played = 0;

/** What the reference client did in a case. */
export interface Played extends Judged {
  /** What it said about a failure. */
  readonly message: string;
}

/** Where cases are played, and by whom. */
export interface Stage {
  readonly cloud: Sideglance;
  readonly clients: ClientPool;
}

/** Plays a case with the reference client, which makes mistakes if any are given. */
export async function play(
  { cloud, clients }: Stage,
  written: ConformCase,
  mistakes: readonly Mistake[] = [],
): Promise<Played> {
  const one = patient(written);
  played += 1;
  const world = cloud.worlds.create(worldOf(one, { name: `case-${played}`, url: cloud.url }));
  const folder = mkdtempSync(join(tmpdir(), 'sideglance-case-'));
  try {
    return await playIn(world, { clients, one, folder, mistakes });
  } finally {
    cloud.worlds.drop(world.name);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds that a client may take when a case does not say it, and on a machine that is busy with other tests. */
const [USUAL, PATIENT] = [20, 100];

/** Gives the client more time, unless the case is about time. */
const patient = (one: ConformCase): ConformCase =>
  one.inputs.timeout === USUAL ? { ...one, inputs: { ...one.inputs, timeout: PATIENT } } : one;

interface Setting {
  readonly clients: ClientPool;
  readonly one: ConformCase;
  readonly folder: string;
  readonly mistakes: readonly Mistake[];
}

async function playIn(world: WorldControl, { clients, one, folder, mistakes }: Setting): Promise<Played> {
  const settings = world.settings(one.user);
  if (settings === undefined) throw new Error(`${one.id} has an unknown user`);
  const origin = originOf(one);
  const inputs = prepareInputs(one, origin, folder);
  const env = { ...clientVariables(settings), SIDEGLANCE_URL: world.url, SIDEGLANCE_WORLD: world.name, ...inputs.env };
  const ended = await clients.run({ env, mistakes, timeout: (one.inputs.timeout + 1) * 1000 });
  await untilSettled(world);
  const exit = { code: ended?.code ?? null, signal: null, timedOut: ended === undefined };
  const finished = { exit, origin, changes: world.images.changes(), output: inputs.output(), file: inputs.file };
  return { ...judgeCase(one, world, finished), message: ended?.message ?? 'timed out' };
}

/** Waits until no response is being sent any more. */
async function untilSettled(world: WorldControl): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) {
    if (world.requests.list({ outcome: 'pending', limit: 1 }).requests.length === 0) return;
    await sleep(10);
  }
}

/** Starts a server for cases. */
export const startForCases = (): Promise<Sideglance> => startSideglance({ port: 0 });
