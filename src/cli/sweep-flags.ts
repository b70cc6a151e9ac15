import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import type { Budget, Shard } from '../index.ts';
import {
  fixturesFlag,
  flag,
  ownFlag,
  parseList,
  parseMilliseconds,
  parsePercent,
  parseSize,
  scenariosFlag,
} from './options.ts';

/** Flags about the reports of a sweep. */
export interface SweepReportFlags {
  readonly high: number;
  readonly low: number;
  readonly break?: number;
  readonly json?: string;
  readonly junit?: string;
  readonly ctrf?: string;
  readonly html?: string;
}

/** Flags of `sweep`. */
export interface SweepFlags extends SweepReportFlags {
  readonly fixtures?: readonly string[];
  readonly scenarios?: readonly string[];
  readonly seed?: string;
  readonly user?: string;
  readonly jobs: number;
  readonly timeout?: number;
  readonly only?: readonly string[];
  readonly shard?: Shard;
  readonly budget?: Budget;
  readonly ignore?: readonly string[];
  readonly results?: string;
  readonly resume?: boolean;
  readonly since?: string;
  readonly recordings?: string;
}

/** Adds the flags about what is swept, and how. */
export const addSweepFlags = (command: Command): Command =>
  command
    .addOption(fixturesFlag())
    .addOption(scenariosFlag())
    .addOption(flag('--seed <text>', 'seed for generated ids and random choices'))
    .addOption(ownFlag('--user <name>', 'the user who logs in; "demo" of the default fixtures'))
    .addOption(
      ownFlag('--jobs <number>', 'runs at the same time')
        .default(2 * availableParallelism())
        .argParser(parseSize),
    )
    .addOption(
      ownFlag('--timeout <time>', 'when a run is stopped; by default after five times the usual time and 5s').argParser(
        parseMilliseconds,
      ),
    )
    .addOption(
      ownFlag('--only <point,...>', 'only these points: "image-v2.createImage#1/*", "*/reset@after"').argParser(
        parseList,
      ),
    )
    .addOption(ownFlag('--shard <i/n>', 'only the i-th of n parts of the points').argParser(parseShard))
    .addOption(
      ownFlag('--budget <time|n>', 'start no more points after this time, or run at most n').argParser(parseBudget),
    )
    .addOption(ownFlag('--ignore <rule,...>', 'conduct rules to leave out').argParser(parseList))
    .addOption(ownFlag('--results <file>', 'write each result to this file at once, so that the sweep can be resumed'))
    .addOption(ownFlag('--resume', 'continue the sweep of --results'))
    .addOption(ownFlag('--since <file>', 'run only points whose calls have changed since this report or results file'))
    .addOption(ownFlag('--recordings <folder>', 'write a recording of each point that the client does not handle'));

/** Adds the flags about reports and thresholds. */
export const addSweepReportFlags = (command: Command): Command =>
  command
    .addOption(ownFlag('--high <percent>', 'score from which the client is good').default(80).argParser(parsePercent))
    .addOption(ownFlag('--low <percent>', 'score below which it is bad').default(60).argParser(parsePercent))
    .addOption(ownFlag('--break <percent>', 'exit with 4 when the score is lower').argParser(parsePercent))
    .addOption(ownFlag('--json <file>', 'write the report as JSON, for "sweep merge" and --since'))
    .addOption(ownFlag('--junit <file>', 'write the report as JUnit XML'))
    .addOption(ownFlag('--ctrf <file>', 'write the report as CTRF'))
    .addOption(ownFlag('--html <file>', 'write the report as an HTML page'));

function parseShard(text: string): Shard {
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (!(shard.index >= 1 && shard.index <= shard.of)) {
    throw new InvalidArgumentError('It must be i/n with i from 1 to n, such as 2/4.');
  }
  return shard;
}

function parseBudget(text: string): Budget {
  if (/^0*[1-9]\d*$/.test(text)) return { points: Number(text) };
  try {
    return { milliseconds: parseMilliseconds(text) };
  } catch {
    throw new InvalidArgumentError('It must be a time such as 10m, or a number of points, 1 or more.');
  }
}
