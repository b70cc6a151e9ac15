import { basename } from 'node:path';
import { packageVersion } from '../input/package-files.ts';
import { startSideglance } from '../library/sideglance.ts';
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
  const cloud = await startSideglance({ port: 0 });
  const results: CaseResult[] = [];
  try {
    const queue = cases.map((one, at) => ({ one, at }));
    const work = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined && options.signal?.aborted !== true; next = queue.shift()) {
        const result = await playCase(cloud, next.one, options);
        results[next.at] = result;
        assertStarted(result);
        options.onResult?.(result, Object.keys(results).length);
      }
    };
    await Promise.all(Array.from({ length: Math.max(1, options.jobs) }, work));
  } finally {
    await cloud.close();
  }
  const played = results.filter((result) => result !== undefined);
  return reportOf(played, { options, started });
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
