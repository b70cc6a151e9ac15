import { basename } from 'node:path';
import { packageVersion } from '../input/package-files.ts';
import { createFolder } from '../input/write-files.ts';
import type { Sideglance } from '../library/sideglance.ts';
import { startSideglance } from '../library/start-sideglance.ts';
import type { ConformCase } from './case.ts';
import { type PlayOptions, playCase } from './play.ts';
import { type CaseResult, type ConformReport, countVerdicts } from './result.ts';

/** How a suite is run. */
export interface SuiteOptions extends PlayOptions {
  /** Name of the client in reports; that of the program when omitted. */
  readonly name?: string | undefined;
  /** How many cases are played at once. */
  readonly jobs: number;
  /** Called with each result, as it comes. */
  onResult?(result: CaseResult, done: number): void;
}

/** A case that cannot be played says nothing about the others, but about Sideglance or the command. */
const NEVER_STARTED = /ENOENT|EACCES/;

/**
 * Plays cases with a client program, in a Sideglance of its own, and returns the results in the order of the cases.
 * @throws InputError for an empty command.
 */
export async function runSuite(cases: readonly ConformCase[], options: SuiteOptions): Promise<ConformReport> {
  const started = Date.now();
  if (options.recordings !== undefined) createFolder(options.recordings);
  const cloud = await startSideglance({ port: 0 });
  try {
    return reportOf(await playAll(cloud, cases, options), { options, started });
  } finally {
    await cloud.close();
  }
}

/** Plays cases, several at a time. When one cannot be played, the clients of the others are stopped as well. */
async function playAll(
  cloud: Sideglance,
  cases: readonly ConformCase[],
  options: SuiteOptions,
): Promise<readonly CaseResult[]> {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  const results = new Map<number, CaseResult>();
  const queue = cases.entries();
  const work = async (): Promise<void> => {
    for (const [at, one] of queue) {
      if (signal.aborted) return;
      const result = await playCase(cloud, one, { ...options, signal });
      // A client that was stopped has not shown anything.
      if (signal.aborted) return;
      assertStarted(result);
      results.set(at, result);
      options.onResult?.(result, results.size);
    }
  };
  const stopAll = (error: unknown): never => {
    stop.abort();
    throw error;
  };
  const workers = Array.from({ length: Math.max(1, options.jobs) }, () => work().catch(stopAll));
  const failed = (await Promise.allSettled(workers)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  return [...results].sort(([one], [other]) => one - other).map(([, result]) => result);
}

/** The client could not be started. */
export class CommandNotFound extends Error {}

/** @throws CommandNotFound for a program that cannot be started. */
function assertStarted({ exit }: CaseResult): void {
  if (exit.code !== null || exit.signal === null || !NEVER_STARTED.test(exit.signal)) return;
  throw new CommandNotFound(`the command cannot be started: ${exit.signal}`);
}

function reportOf(
  results: readonly CaseResult[],
  { options, started }: { readonly options: SuiteOptions; readonly started: number },
): ConformReport {
  const { command, name } = options;
  return {
    format: 'sideglance-conform',
    version: 1,
    sideglance: packageVersion(),
    client: name ?? basename(command[0] ?? ''),
    command,
    startedAt: new Date(started).toISOString(),
    milliseconds: Date.now() - started,
    totals: countVerdicts(results),
    results,
  };
}
