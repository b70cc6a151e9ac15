import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CONDUCT_RULES } from '../../src/conduct/rules/index.ts';
import { type ConductReport, type Sideglance, startSideglance } from '../../src/index.ts';
import { Bench, type Proofs } from './bench.ts';
import { httpProofs } from './proofs/http.ts';
import { imageProofs } from './proofs/images.ts';
import { loginProofs } from './proofs/logins.ts';
import { pagingProofs } from './proofs/paging.ts';
import { pollingProofs } from './proofs/polling.ts';
import { retryProofs } from './proofs/retries.ts';
import { uploadProofs } from './proofs/uploads.ts';
import { waitingProofs } from './proofs/waiting.ts';

const PROOFS: Proofs = {
  ...waitingProofs,
  ...retryProofs,
  ...uploadProofs,
  ...pollingProofs,
  ...pagingProofs,
  ...loginProofs,
  ...httpProofs,
  ...imageProofs,
};

let cloud: Sideglance;
beforeAll(async () => {
  cloud = await startSideglance();
});
afterAll(() => cloud.close());

/** Runs a good or bad client in a world of its own, and judges it. */
async function judged(rule: string, isGood: boolean): Promise<ConductReport> {
  const bench = new Bench(cloud);
  await bench.login();
  await PROOFS[rule]?.(bench, isGood);
  const report = bench.world.conduct({ client: bench.reported });
  bench.client.close();
  cloud.worlds.drop(bench.world.name);
  return report;
}

const verdictOf = (report: ConductReport, id: string) => report.rules.find(({ rule }) => rule === id)?.verdict;

test('each rule has a bad client and a good one', () => {
  expect(Object.keys(PROOFS).sort()).toEqual(CONDUCT_RULES.map(({ id }) => id).sort());
});

describe.each(CONDUCT_RULES.map(({ id, severity }) => ({ id, severity })))('$id', ({ id, severity }) => {
  test('finds what the bad client does', async () => {
    const report = await judged(id, false);
    expect(report.findings.map(({ rule }) => rule)).toContain(id);
    expect(verdictOf(report, id)).toBe(severity === 'error' ? 'fail' : 'warn');
    for (const { entries, message } of report.findings) expect([entries.length > 0, message]).toEqual([true, message]);
  });

  test('lets the good client pass, as all other rules do', async () => {
    const report = await judged(id, true);
    expect(report.findings).toEqual([]);
    expect(verdictOf(report, id)).toBe('pass');
  });
});
