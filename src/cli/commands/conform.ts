import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { type Command, Option } from 'commander';
import {
  APIS,
  type Api,
  CommandNotFound,
  type ConformCase,
  type ConformReport,
  type ConformVerdict,
  loadCases,
  PROFILES,
  type Profile,
  parseConformReport,
  runSuite,
  selectCases,
  summaryOf,
} from '../../index.ts';
import { CommandError, INTERRUPTED } from '../client.ts';
import { assertGood, FAIL_ON } from '../conform-gate.ts';
import { type ConformFiles, printReports, resultLine, writeReports } from '../conform-output.ts';
import { assertWritable } from '../coverage-output.ts';
import { ownFlag, parseCount, parseList, parseSize } from '../options.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';

interface ConformFlags extends ConformFiles {
  readonly profile?: readonly string[];
  readonly api?: readonly Api[];
  readonly only?: readonly string[];
  readonly cases?: readonly string[];
  readonly jobs: number;
  readonly name?: string;
  readonly list?: boolean;
  readonly baseline?: string;
  readonly failOn?: readonly string[];
  readonly minJudged: number;
  readonly recordings?: string;
}

interface ReportFlags extends ConformFiles {
  readonly format: 'text' | 'markdown';
}

/** Adds `conform` and `conform report`. */
export function addConform(program: Command, terminal: Terminal): void {
  const conform = program
    .command('conform')
    .description('play the conformance cases with a client program: sideglance conform -- COMMAND')
    .argument('[command...]', 'the client program and its arguments, after --')
    .addOption(profileFlag())
    .addOption(ownFlag('--api <names>', `only cases of these APIs: ${APIS.join(', ')}`).argParser(parseList))
    .addOption(ownFlag('--only <patterns>', 'only cases with these ids or globs').argParser(parseList))
    .addOption(
      ownFlag('--cases <paths>', 'files and folders with cases, instead of the shipped ones').argParser(parseList),
    )
    .addOption(
      ownFlag('--jobs <number>', 'how many cases are played at once')
        .default(2 * availableParallelism())
        .argParser(parseSize),
    )
    .addOption(ownFlag('--name <text>', 'name of the client in reports; that of the program when omitted'))
    .addOption(new Option('--list', 'list the cases instead of playing them'))
    .addOption(ownFlag('--baseline <file>', 'earlier results: exit with 4 only for cases that got worse'))
    .addOption(failOnFlag())
    .addOption(
      ownFlag('--min-judged <number>', 'exit with 4 when fewer cases have pass, warn or fail')
        .default(1)
        .argParser(parseCount),
    )
    .addOption(ownFlag('--recordings <folder>', 'folder for the recordings of cases that failed'));
  addFileFlags(conform).action((command: readonly string[], flags: ConformFlags) => play(terminal, command, flags));
  const report = conform
    .command('report')
    .description('merge the results of several clients into one report')
    .argument('<files...>', 'results that --json has written')
    .addOption(new Option('--format <format>', 'what is printed').choices(['text', 'markdown']).default('text'));
  addFileFlags(report).action((files: readonly string[], _flags: ReportFlags, command: Command) => {
    const flags = command.optsWithGlobals<ReportFlags>();
    const reports = files.map(readReport);
    terminal.stdout.write(`${printReports(reports, flags.format)}\n`);
    writeReports(reports, flags);
  });
}

const profileFlag = (): Option =>
  ownFlag('--profile <names>', `only cases of these themes: ${PROFILES.join(', ')}, or all`).argParser(parseList);

const failOnFlag = (): Option =>
  new Option('--fail-on <verdicts>', `exit with 4 also for these: ${FAIL_ON.join(', ')}`)
    .argParser(parseList)
    .conflicts('baseline');

const addFileFlags = (command: Command): Command =>
  command
    .option('--json <file>', 'write the results as JSON, which "conform report" and --baseline read')
    .option('--junit <file>', 'write the results as JUnit XML')
    .option('--ctrf <file>', 'write the results as CTRF')
    .option('--html <file>', 'write the results as an HTML page');

async function play(terminal: Terminal, command: readonly string[], flags: ConformFlags): Promise<void> {
  const cases = selectCases(loadCases(flags.cases), {
    profiles: profilesOf(flags.profile),
    apis: checked('--api', flags.api, APIS),
    only: flags.only,
  });
  if (flags.list === true) {
    terminal.stdout.write(`${listOf(cases)}\n`);
    return;
  }
  if (command.length === 0) throw new CommandError('the command is missing: sideglance conform -- COMMAND', 2);
  if (cases.length === 0) throw new CommandError('no case has this profile, API and id; --list shows all cases', 2);
  const failOn: readonly ConformVerdict[] = checked('--fail-on', flags.failOn, FAIL_ON) ?? [];
  assertWritable([flags.json, flags.junit, flags.ctrf, flags.html]);
  const baseline = flags.baseline === undefined ? undefined : readReport(flags.baseline);
  const controller = new AbortController();
  void terminal.stopped().then(() => controller.abort());
  const report = await runSuite(cases, {
    command,
    signal: controller.signal,
    jobs: flags.jobs,
    name: flags.name,
    recordings: flags.recordings,
    onResult: (result) => {
      if (result.verdict !== 'pass') terminal.stdout.write(`${resultLine(result)}\n`);
    },
  }).catch(explainStart);
  terminal.stdout.write(`${report.client}: ${summaryOf(report)}\n`);
  writeReports([report], flags);
  if (controller.signal.aborted) throw new CommandError('interrupted', INTERRUPTED);
  const { minJudged } = flags;
  assertGood(report, { baseline, failOn, minJudged }, (line) => terminal.stdout.write(`${line}\n`));
}

/** @throws CommandError for a command that cannot be started, and any other error as it is. */
function explainStart(error: unknown): never {
  throw error instanceof CommandNotFound ? new CommandError(error.message) : error;
}

const listOf = (cases: readonly ConformCase[]): string =>
  `${table([['CASE', 'TASK', 'WHAT HAPPENS'], ...cases.map(({ id, task, title }) => [id, task, title])])}\n\n${cases.length} cases`;

const profilesOf = (names: readonly string[] | undefined): readonly Profile[] | undefined =>
  names?.includes('all') === true ? undefined : checked('--profile', names, PROFILES);

/** @throws CommandError with exit code 2 for a name that is not allowed. */
function checked<T extends string>(
  name: string,
  found: readonly string[] | undefined,
  allowed: readonly T[],
): readonly T[] | undefined {
  const strange = (found ?? []).filter((each) => !allowed.some((one) => one === each));
  if (strange.length > 0) {
    throw new CommandError(`${name} has unknown names: ${strange.join(', ')}; allowed: ${allowed.join(', ')}`, 2);
  }
  return found as readonly T[] | undefined;
}

/** @throws CommandError if the file cannot be read, InputError if it has no results. */
function readReport(file: string): ConformReport {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandError(`${file}: cannot be read: ${(error as Error).message}`, 2);
  }
  return parseConformReport(text, file);
}
