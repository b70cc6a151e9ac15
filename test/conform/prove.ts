import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ConformCase, Profile } from '../../src/conform/case.ts';
import { loadCases } from '../../src/conform/load.ts';
import type { Mistake } from '../../src/conform/mistakes.ts';
import { ClientPool } from './client-pool.ts';
import { type Played, play, type Stage, startForCases } from './play.ts';

/** How many cases are played at once: most of the time they wait. */
const AT_ONCE = 8;
/** A busy machine makes a hasty client look patient: it is then played again. */
const TRIES = 8;

/** All mistakes that a case names, or the first one, which is enough to show that a client can fail. */
const mistakesOf = ({ finds }: ConformCase): readonly Mistake[] =>
  process.env['CONFORM_MISTAKES'] === 'all' ? finds : finds.slice(0, 1);

/** Defines the tests that the cases of a profile can be passed and failed. */
export function proveProfile(profile: Profile): void {
  const cases = loadCases().filter((one) => one.profile === profile);
  let stage: Stage;

  beforeAll(async () => {
    stage = { cloud: await startForCases(), clients: new ClientPool() };
    // The first world takes longer than all others.
    for (const one of cases.slice(0, 1)) await play(stage, one);
  });
  afterAll(async () => {
    stage.clients.close();
    await stage.cloud.close();
  });

  test(`a correct client passes every case of ${profile}`, async () => {
    const wrong: string[] = [];
    await inParallel(cases, async (one) => {
      const played = await play(stage, one);
      if (played.verdict !== 'pass') wrong.push(describe(one, played));
    });
    expect(wrong).toEqual([]);
  });

  test(`clients fail the cases of ${profile} that find their mistakes`, async () => {
    const runs = cases.flatMap((one) => mistakesOf(one).map((mistake) => ({ one, mistake })));
    const wrong: string[] = [];
    await inParallel(runs, async ({ one, mistake }) => {
      let played = await play(stage, one, [mistake]);
      for (let tries = 1; played.verdict === 'pass' && tries < TRIES; tries += 1) {
        played = await play(stage, one, [mistake]);
      }
      if (played.verdict !== 'fail') wrong.push(`${mistake}: ${describe(one, played)}`);
    });
    expect(wrong).toEqual([]);
  });
}

const describe = ({ id }: ConformCase, { verdict, reasons, message }: Played): string =>
  `${id} ${verdict} (${message}) ${JSON.stringify(reasons)}`;

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
