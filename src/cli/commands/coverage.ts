import { existsSync } from 'node:fs';
import { type Command, Option } from 'commander';
import {
  type Cell,
  type CoverageReport,
  emptyReport,
  isReceived,
  mainTotals,
  mergeReports,
  nameOf,
  percentOf,
  selectCells,
} from '../../index.ts';
import { cellPattern } from '../cell-pattern.ts';
import { type AdminTarget, CommandError, callAdmin } from '../client.ts';
import { COVERAGE_FORMATS, type CoverageFormat, formatReport, readReport, writeOutput } from '../coverage-output.ts';
import { ownFlag, parseList, parsePercent, tokenFlag, urlFlag, worldFlag } from '../options.ts';
import type { Terminal } from '../terminal.ts';

interface OutputFlags {
  readonly format: CoverageFormat;
  readonly output?: string;
  readonly dialect?: string;
  readonly only?: readonly string[];
  readonly failUnder?: number;
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
}

interface CoverageFlags extends AdminTarget, OutputFlags {
  readonly allWorlds?: boolean;
}

/** Exit code when coverage is below `--fail-under` or the baseline. */
const BELOW_THRESHOLD = 4;

/** Adds `coverage` and `coverage merge`. */
export function addCoverage(program: Command, terminal: Terminal): void {
  const coverage = program
    .command('coverage')
    .description('print which documented responses clients received from a running Sideglance')
    .addOption(urlFlag())
    .addOption(worldFlag())
    .addOption(ownFlag('--all-worlds', 'of all worlds since the process started, dropped and reset ones included'))
    .addOption(tokenFlag());
  addOutputFlags(coverage).action(async ({ allWorlds, ...flags }: CoverageFlags) => {
    const query = allWorlds === true ? { worlds: 'all' as const } : {};
    finish(await callAdmin(flags, 'getCoverage', { query }), flags, terminal);
  });
  coverage
    .command('clear')
    .description('forget which responses clients received')
    .action(async (_flags: object, command: Command) => {
      // Flags of the same name belong to the parent command.
      const { allWorlds, ...target } = command.optsWithGlobals<CoverageFlags>();
      await callAdmin(target, 'clearCoverage', { query: allWorlds === true ? { worlds: 'all' as const } : {} });
      terminal.stdout.write(`coverage of ${allWorlds === true ? 'all worlds' : `world ${target.world}`} is cleared\n`);
    });
  const merge = coverage
    .command('merge <files...>')
    .description('add up reports that "coverage --format json" wrote, such as those of several shards');
  addOutputFlags(merge).action((files: readonly string[], _flags: OutputFlags, command: Command) =>
    // Flags with the same name as those of the parent command belong to it, so that its defaults do not hide them. A file that
    // was written with --only has some cells alone; the others count as not returned.
    finish(mergeReports([emptyReport(), ...files.map(readReport)]), command.optsWithGlobals<OutputFlags>(), terminal),
  );
}

function addOutputFlags(command: Command): Command {
  return command
    .addOption(new Option('--format <format>', 'output format').choices(COVERAGE_FORMATS).default('text'))
    .addOption(ownFlag('--output <file>', 'write the report to a file'))
    .addOption(ownFlag('--dialect <name>', 'only this API'))
    .addOption(
      ownFlag('--only <cell,...>', 'only these cells: image-v2.*, *.deleteImage, "ims.* 4xx", 503').argParser(
        parseList,
      ),
    )
    .addOption(
      ownFlag('--fail-under <percent>', 'exit with 4 when fewer documented responses were returned').argParser(
        parsePercent,
      ),
    )
    .addOption(
      ownFlag(
        '--baseline <file>',
        'exit with 4 when a cell is missing that this file has; written when it does not exist',
      ),
    )
    .addOption(ownFlag('--update-baseline', 'write the baseline when no cell is missing'));
}

/** Prints a report and checks its thresholds. */
function finish(report: CoverageReport, flags: OutputFlags, { stdout, stderr }: Terminal): void {
  const selected = select(report, flags);
  const text = formatReport(selected, flags.format);
  if (flags.output === undefined) stdout.write(text);
  else writeOutput(flags.output, text);
  const isNew = checkBaseline(selected, flags);
  if (isNew)
    stderr.write(`${flags.baseline} did not exist, and has now ${selected.cells.filter(isReceived).length} cells\n`);
  if (flags.failUnder !== undefined) assertPercent(selected, flags.failUnder);
}

/** @throws CommandError with exit code 4 for a lower percentage. */
function assertPercent(report: CoverageReport, wanted: number): void {
  const counted = mainTotals(report);
  const percent = percentOf(counted);
  if (percent >= wanted) return;
  // Rounded down, so that the message never says that 80.0 % is less than 80 %.
  const shown = (Math.floor(percent * 10) / 10).toFixed(1);
  const found = `${shown} % of the documented responses were returned (${counted.received} of ${counted.cells})`;
  throw new CommandError(`${found}, less than ${wanted} %`, BELOW_THRESHOLD);
}

function select(report: CoverageReport, { dialect, only }: OutputFlags): CoverageReport {
  const dialects = new Set(report.cells.map((cell) => cell.dialect));
  if (dialect !== undefined && !dialects.has(dialect)) {
    throw new CommandError(`unknown API "${dialect}"; allowed: ${[...dialects].join(', ')}`, 2);
  }
  const patterns = (only ?? []).map((text) => cellPattern(text, report.cells));
  const isWanted = (cell: Cell): boolean =>
    (dialect === undefined || cell.dialect === dialect) &&
    (patterns.length === 0 || patterns.some((matches) => matches(cell)));
  if (dialect === undefined && patterns.length === 0) return report;
  const selected = selectCells(report, isWanted);
  if (selected.cells.length > 0) return selected;
  throw new CommandError(`--only: no response of ${dialect} matches "${(only ?? []).join('", "')}"`, 2);
}

/** Returns whether the baseline was written for the first time. @throws CommandError when a cell is missing that the baseline has. */
function checkBaseline(report: CoverageReport, { baseline, updateBaseline }: OutputFlags): boolean {
  if (baseline === undefined) return false;
  const text = formatReport(report, 'json');
  if (!existsSync(baseline)) {
    writeOutput(baseline, text);
    return true;
  }
  const received = new Set(report.cells.filter(isReceived).map(nameOf));
  const known = new Set(report.cells.map(nameOf));
  const before = readReport(baseline).cells.filter(isReceived).map(nameOf);
  if (before.length > 0 && !before.some((name) => known.has(name))) {
    throw new CommandError(`${baseline} has none of these cells: it cannot be compared`, BELOW_THRESHOLD);
  }
  const lost = before.filter((name) => known.has(name) && !received.has(name));
  if (lost.length > 0) {
    const names = lost.map((name) => `\n  ${name}`).join('');
    throw new CommandError(`${lost.length} cells of ${baseline} were not returned:${names}`, BELOW_THRESHOLD);
  }
  if (updateBaseline === true) writeOutput(baseline, text);
  return false;
}
