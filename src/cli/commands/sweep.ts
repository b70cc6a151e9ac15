import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import {
  BaselineError,
  countVerdicts,
  gradeOf,
  mergeSweepReports,
  packageVersion,
  parseSweepReport,
  SWEEP_VERDICTS,
  type SweepOptions,
  type SweepProgress,
  type SweepReport,
  scoreOf,
  serializeSweepReport,
  sweep,
  sweepToCtrf,
  sweepToHtml,
  sweepToJunit,
  sweepToText,
} from '../../index.ts';
import { CommandError, INTERRUPTED } from '../client.ts';
import { assertWritable, writeOutput } from '../coverage-output.ts';
import { serverOf } from '../options.ts';
import { type Progress, progressBar } from '../progress-bar.ts';
import { addSweepFlags, addSweepReportFlags, type SweepFlags, type SweepReportFlags } from '../sweep-flags.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';

/** Exit code when the score is below `--break`. */
const BELOW_THRESHOLD = 4;

/** Adds `sweep` and `sweep merge`. */
export function addSweep(program: Command, terminal: Terminal): void {
  const command = program
    .command('sweep')
    .description('run a client once for each fault that could hit one of its requests: sideglance sweep -- COMMAND')
    .argument('<command...>', 'the client: a program and its arguments, after --');
  addSweepReportFlags(addSweepFlags(command)).action((client: readonly string[], flags: SweepFlags) =>
    runSweep(client, flags, terminal),
  );
  const merge = command.command('merge').description('add up the JSON reports of several shards');
  merge.argument('<files...>', 'reports that --json wrote');
  addSweepReportFlags(merge).action((files: readonly string[], _flags: SweepReportFlags, own: Command) => {
    const reports = files.map((place) => ({ place, report: parseSweepReport(textOf(place), place) }));
    // Flags with the same name as those of the parent command belong to it, so that its defaults do not hide them.
    const merged = mergeSweepReports(reports);
    const all = own.optsWithGlobals<SweepReportFlags>();
    finish(merged, all, terminal);
    if (all.break !== undefined) assertComplete(merged);
  });
}

/** @throws CommandError with exit code 4 when shards are missing. */
function assertComplete({ elsewhere }: SweepReport): void {
  if (elsewhere === 0) return;
  const message = `${elsewhere} points are in shards without a report, so that --break cannot be met`;
  throw new CommandError(message, BELOW_THRESHOLD);
}

async function runSweep(command: readonly string[], flags: SweepFlags, terminal: Terminal): Promise<void> {
  assertThresholds(flags);
  assertWritable([flags.json, flags.junit, flags.ctrf, flags.html, flags.results]);
  const controller = new AbortController();
  void terminal.stopped().then(() => controller.abort());
  const bar = progressBar(terminal.stderr);
  const options: SweepOptions = {
    ...optionsOf(command, flags),
    signal: controller.signal,
    onProgress: (progress) => bar.update(describeProgress(progress)),
  };
  try {
    const report = await sweep(options);
    bar.end();
    // Half a sweep has no score to hold against a threshold.
    const { break: _break, ...others } = flags;
    finish(report, controller.signal.aborted ? others : flags, terminal);
  } catch (error) {
    bar.end();
    if (error instanceof BaselineError && !controller.signal.aborted) throw new CommandError(error.message);
    if (!(error instanceof BaselineError)) throw error;
  }
  if (controller.signal.aborted) throw new CommandError('interrupted', INTERRUPTED);
}

function optionsOf(command: readonly string[], flags: SweepFlags): SweepOptions {
  const { fixtures, scenarios, seed, high: _high, low: _low, break: _break, ...others } = flags;
  const { json: _json, junit: _junit, ctrf: _ctrf, html: _html, ...rest } = others;
  return {
    ...rest,
    command,
    server: serverOf({ fixtures, scenarios, seed }),
  };
}

function describeProgress({ done, total, results }: SweepProgress): Progress {
  const counts = countVerdicts(results);
  const parts = SWEEP_VERDICTS.flatMap((verdict) => (counts[verdict] === 0 ? [] : [`${counts[verdict]} ${verdict}`]));
  return { done, total, text: parts.length === 0 ? 'points' : `points: ${parts.join(', ')}` };
}

/** @throws CommandError with exit code 2 for thresholds in the wrong order. */
function assertThresholds({ high, low }: SweepReportFlags): void {
  if (low > high) throw new CommandError(`--low ${low} is above --high ${high}; allowed: at most ${high}`, 2);
}

/** Prints a report, writes it to the files of the flags, and checks the threshold. */
function finish(report: SweepReport, flags: SweepReportFlags, { stdout }: Terminal): void {
  assertThresholds(flags);
  const thresholds = { high: flags.high, low: flags.low, break: flags.break };
  if (flags.json !== undefined) writeOutput(flags.json, `${serializeSweepReport(report)}\n`);
  if (flags.junit !== undefined) writeOutput(flags.junit, sweepToJunit(report));
  if (flags.html !== undefined) writeOutput(flags.html, sweepToHtml(report, thresholds));
  if (flags.ctrf !== undefined) {
    const ctrf = sweepToCtrf(report, { version: packageVersion(), now: Date.now() });
    writeOutput(flags.ctrf, `${JSON.stringify(ctrf, null, 2)}\n`);
  }
  stdout.write(`${sweepToText(report, { thresholds, table })}\n`);
  if (flags.break === undefined) return;
  const score = scoreOf(report);
  if (score === undefined) {
    throw new CommandError('no point has a verdict about the client, so that --break cannot be met', BELOW_THRESHOLD);
  }
  if (score >= flags.break) return;
  const grade = gradeOf(score, thresholds);
  throw new CommandError(`score ${score.toFixed(1)} % (${grade}) is below --break ${flags.break}`, BELOW_THRESHOLD);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandError(`${file}: cannot be read: ${(error as Error).message}`, 2);
  }
}
