import { availableParallelism } from 'node:os';
import { compileGlob } from '../base/glob.ts';
import { InputError } from '../input/input-error.ts';
import { createFolder } from '../input/write-files.ts';
import type { Sideglance } from '../library/sideglance.ts';
import { startSideglance } from '../library/start-sideglance.ts';
import { type Baseline, learnBaseline } from './baseline.ts';
import type { SweepOptions } from './options.ts';
import { pointsOf, type SweepPoint } from './points.ts';
import type { PointResult, ReportedCall, SweepReport } from './report.ts';
import { assertReplaceable, ResultsFile, type ResultsHead, readEarlier, readResults } from './results-file.ts';
import { FIRST_TIMEOUT, runPlain, runPoint, type SweepRuns } from './run-point.ts';
import { runInParallel } from './schedule.ts';
import { isJudged } from './verdict.ts';

/** Entries of the journal of each world, enough for clients that never stop asking. */
const JOURNAL_SIZE = 20_000;

/**
 * Runs a command once for each fault that could hit one of its requests, each time in a world of its own, and judges how it
 * takes it.
 * @throws BaselineError for a command that fails without a fault.
 * @throws InputError for options and files that are not valid; nothing is run then.
 * @example
 * const report = await sweep({ command: ['python3', 'upload.py'] });
 * report.points.filter(({ verdict }) => verdict !== 'handled');
 */
export async function sweep(options: SweepOptions): Promise<SweepReport> {
  const earlier = earlierResults(options);
  if (options.recordings !== undefined) createFolder(options.recordings);
  const cloud = await startSideglance({ ...options.server, journalSize: JOURNAL_SIZE });
  try {
    return await sweepIn(cloud, options, earlier);
  } finally {
    await cloud.close();
  }
}

/** Results that may be kept, the latest last: from the file of `since`, and from that of a sweep to resume. */
function earlierResults(options: SweepOptions): EarlierResults {
  const { since, results, resume } = options;
  if (resume === true && results === undefined) {
    throw new InputError('sweep', [{ pointer: '/resume', message: 'needs the file to resume', allowed: 'results' }]);
  }
  if (results !== undefined && resume !== true) assertReplaceable(results);
  return {
    since: since === undefined ? [] : readEarlier(since),
    resumed: results === undefined || resume !== true ? [] : (readResults(results, headOf(options)) ?? []),
  };
}

interface EarlierResults {
  readonly since: readonly PointResult[];
  readonly resumed: readonly PointResult[];
}

async function sweepIn(cloud: Sideglance, options: SweepOptions, earlier: EarlierResults): Promise<SweepReport> {
  const first = { cloud, options, timeout: options.timeout ?? FIRST_TIMEOUT };
  const baseline = learnBaseline(await runPlain(first), await runPlain(first));
  const selected = select(pointsOf(baseline.calls), options);
  const points = ofShard(selected, options);
  const kept = keptResults(points, earlier);
  const file =
    options.results === undefined ? undefined : new ResultsFile(options.results, headOf(options), [...kept.values()]);
  const collected = new Map(kept);
  const report = (latest?: PointResult): void => {
    const results = [...collected.values()];
    options.onProgress?.({ total: points.length, done: results.length, results, ...(latest && { latest }) });
  };
  try {
    report();
    const runs: SweepRuns = { ...first, timeout: options.timeout ?? 5 * baseline.milliseconds + 5000 };
    const before = new Map(earlier.since.map(({ id, verdict }) => [id, verdict]));
    await runInParallel(
      points.filter(({ id }) => !kept.has(id)),
      async (point) => {
        const result = withPrevious(await runPoint(runs, baseline, point), before.get(point.id));
        // A run that was stopped says nothing; the point has still to be run.
        if (result.end === 'aborted') return;
        collected.set(result.id, result);
        file?.add(result);
        report(result);
      },
      { jobs: options.jobs ?? 2 * availableParallelism(), budget: options.budget, signal: options.signal },
    );
  } finally {
    file?.close();
  }
  return toReport(cloud, { options, baseline, selected, points, results: collected });
}

/** @throws InputError for a glob that matches no point. */
function select(points: readonly SweepPoint[], { only }: SweepOptions): readonly SweepPoint[] {
  const globs = only?.map((text) => ({ text, matches: compileGlob(text) }));
  const useless = globs?.find(({ matches }) => !points.some(({ id }) => matches(id)));
  if (useless !== undefined) {
    const calls = [...new Set(points.map(({ call }) => `${call.name}/*`))];
    const issue = { pointer: '/only', message: 'matches no point', found: useless.text, allowed: calls };
    throw new InputError('sweep', [issue]);
  }
  return globs === undefined ? points : points.filter(({ id }) => globs.some(({ matches }) => matches(id)));
}

const ofShard = (points: readonly SweepPoint[], { shard }: SweepOptions): readonly SweepPoint[] =>
  shard === undefined ? points : points.filter((_, index) => index % shard.of === shard.index - 1);

/** The earlier results of points whose call is still the same and that had a verdict. */
function keptResults(
  points: readonly SweepPoint[],
  { since, resumed }: EarlierResults,
): ReadonlyMap<string, PointResult> {
  // What a result of another sweep was compared with then does not matter now.
  const carried = since.map(({ previous: _previous, ...result }) => result);
  const known = new Map([...carried, ...resumed].map((result) => [result.id, result]));
  const kept = new Map<string, PointResult>();
  for (const { id, call } of points) {
    const result = known.get(id);
    if (result !== undefined && isJudged(result.verdict) && result.basis === call.basis) kept.set(id, result);
  }
  return kept;
}

const withPrevious = (result: PointResult, previous: PointResult['verdict'] | undefined): PointResult =>
  previous === undefined || previous === result.verdict ? result : { ...result, previous };

/** What has to be the same for a sweep to be resumed. */
const headOf = ({ command, server = {}, user, timeout, ignore }: SweepOptions): ResultsHead => ({
  command,
  options: { ...server, user: user ?? null, timeout: timeout ?? null, ignore: ignore ?? [] },
});

interface Swept {
  readonly options: SweepOptions;
  readonly baseline: Baseline;
  /** The points of all shards. */
  readonly selected: readonly SweepPoint[];
  readonly points: readonly SweepPoint[];
  readonly results: ReadonlyMap<string, PointResult>;
}

function toReport(cloud: Sideglance, { options, baseline, selected, points, results }: Swept): SweepReport {
  const order = new Map(baseline.calls.map(({ name }, index) => [name, index]));
  const byCall = (left: PointResult, right: PointResult): number =>
    (order.get(left.call) ?? 0) - (order.get(right.call) ?? 0);
  const found = points.flatMap(({ id }) => results.get(id) ?? []);
  return {
    command: options.command,
    seed: cloud.world().describe().seed,
    baseline: {
      milliseconds: Math.round(baseline.milliseconds),
      calls: baseline.calls.map(
        ({ name, method, url, status, basis }): ReportedCall => ({ name, method, url, status, basis }),
      ),
      notes: baseline.notes,
    },
    points: found.sort(byCall),
    notRun: points.length - found.length,
    elsewhere: selected.length - points.length,
  };
}
