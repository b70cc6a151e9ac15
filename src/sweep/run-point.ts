import { join } from 'node:path';
import { type ClientRun, type ClientRunOptions, type RunContext, runClient } from '../client-runs/run-client.ts';
import type { Sideglance } from '../library/sideglance.ts';
import type { Baseline } from './baseline.ts';
import { judge } from './judge.ts';
import type { Judgement } from './judgement.ts';
import type { SweepOptions } from './options.ts';
import type { SweepPoint } from './points.ts';
import type { PointResult } from './report.ts';
import { isFault } from './verdict.ts';

/** What all runs of a sweep share. */
export interface SweepRuns {
  readonly cloud: Sideglance;
  readonly options: SweepOptions;
  /** Milliseconds after which a run is stopped. */
  readonly timeout: number;
}

/** Milliseconds for which the first runs may last without `timeout`, when nobody knows yet how long the command takes. */
export const FIRST_TIMEOUT = 60_000;

/** Runs the command without a fault. */
export const runPlain = (runs: SweepRuns): Promise<ClientRun> =>
  runClient(runs.cloud, { ...runOptions(runs), world: { label: 'baseline' } });

/** Runs the command with the fault of a point, and judges it. */
export async function runPoint(runs: SweepRuns, baseline: Baseline, point: SweepPoint): Promise<PointResult> {
  const { inspected, ...run } = await runClient(runs.cloud, {
    ...runOptions(runs),
    world: { label: point.id },
    prepare: ({ world }) => void world.faults.arm(point.rule),
    inspect: (context, plain) => {
      const hasFired = context.world.faults.list().some(({ fired }) => fired > 0);
      const judgement = judge({ point, run: plain, hasFired, baseline });
      return { judgement, recording: record(context, { runs, point, judgement }) };
    },
  });
  return toResult({ point, baseline, ...inspected }, run);
}

const runOptions = ({ options, timeout }: SweepRuns): Omit<ClientRunOptions, 'inspect' | 'prepare'> => ({
  command: options.command,
  timeout,
  ...(options.cwd !== undefined && { cwd: options.cwd }),
  ...(options.user !== undefined && { user: options.user }),
  ...(options.ignore !== undefined && { ignore: options.ignore }),
  ...(options.signal !== undefined && { signal: options.signal }),
});

interface Recorded {
  readonly runs: SweepRuns;
  readonly point: SweepPoint;
  readonly judgement: Judgement;
}

/** Writes the recording of a point that the client does not handle. Returns the path. */
function record({ world }: RunContext, { runs, point, judgement }: Recorded): string | undefined {
  const { recordings, command } = runs.options;
  const { verdict, reason } = judgement;
  if (recordings === undefined || !isFault(verdict)) return undefined;
  const file = join(recordings, `${point.id.replaceAll(/[/#@]/g, '-')}.json`);
  world.writeRecording(file, { kind: 'point', name: point.id, verdict, error: reason, command });
  return file;
}

interface Judged {
  readonly point: SweepPoint;
  readonly baseline: Baseline;
  readonly judgement: Judgement;
  readonly recording: string | undefined;
}

/** Characters of the last line on standard error that a result keeps. */
const MAX_LINE = 300;

function toResult({ point, baseline, judgement, recording }: Judged, run: Omit<ClientRun, 'inspected'>): PointResult {
  const { end, conduct, entries } = run;
  const rules = conduct.findings.map(({ rule }) => rule).filter((rule) => !baseline.findings.has(rule));
  return {
    id: point.id,
    call: point.call.name,
    fault: point.fault,
    phase: point.phase,
    basis: point.call.basis,
    ...judgement,
    end: end.kind,
    exitCode: end.exitCode,
    signal: end.signal,
    milliseconds: Math.round(end.milliseconds),
    requests: entries.length,
    sameOutput: baseline.output === undefined ? null : baseline.output === end.stdout.text,
    findings: [...new Set(rules)],
    stderr: (end.stderr.text.trim().split('\n').at(-1) ?? '').slice(0, MAX_LINE),
    ...(recording !== undefined && { recording }),
  };
}
