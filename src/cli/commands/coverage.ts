import type { Command } from 'commander';
import { Option } from 'commander';
import type { Cell, CoverageView, Totals } from '../../index.ts';
import { type AdminTarget, CommandError, callAdmin } from '../client.ts';
import { flag, parsePercent, tokenFlag, urlFlag, worldFlag } from '../options.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';

interface CoverageFlags extends AdminTarget {
  readonly format: 'text' | 'json' | 'markdown';
  readonly dialect?: string;
  readonly failUnder?: number;
}

/** Exit code when coverage is below `--fail-under`. */
const BELOW_THRESHOLD = 4;

/** Adds `coverage`. */
export function addCoverage(program: Command, terminal: Terminal): void {
  program
    .command('coverage')
    .description('print which documented responses a running Sideglance has returned')
    .addOption(urlFlag())
    .addOption(worldFlag())
    .addOption(tokenFlag())
    .addOption(
      new Option('--format <format>', 'output format')
        .choices(['text', 'json', 'markdown'])
        .default('text')
        .env('SIDEGLANCE_FORMAT'),
    )
    .addOption(flag('--dialect <name>', 'only this API'))
    .addOption(
      flag('--fail-under <percent>', 'exit with 4 when fewer documented responses were returned').argParser(
        parsePercent,
      ),
    )
    .action(async ({ format, dialect, failUnder, ...target }: CoverageFlags) => {
      const coverage = onlyDialect(await callAdmin(target, 'getCoverage', {}), dialect);
      terminal.stdout.write(`${print(coverage, format)}\n`);
      const percent = percentOf(coverage.totals);
      if (failUnder !== undefined && percent < failUnder) {
        throw new CommandError(
          `${percent.toFixed(1)} % of the documented responses were returned, less than ${failUnder} %`,
          BELOW_THRESHOLD,
        );
      }
    });
}

function onlyDialect(coverage: CoverageView, dialect: string | undefined): CoverageView {
  if (dialect === undefined) return coverage;
  const cells = coverage.cells.filter((cell) => cell.dialect === dialect);
  if (cells.length === 0) {
    const names = [...new Set(coverage.cells.map((cell) => cell.dialect))].join(', ');
    throw new CommandError(`unknown API "${dialect}"; allowed: ${names}`, 2);
  }
  const observed = coverage.observed.filter((cell) => cell.dialect === dialect);
  return { cells, totals: totalsOf(cells), observed };
}

const totalsOf = (cells: readonly Cell[]): Totals => ({
  cells: cells.length,
  received: cells.filter(({ natural, byProfile, injected }) => natural + byProfile + injected > 0).length,
  receivedNatural: cells.filter(({ natural }) => natural > 0).length,
  receivedByProfile: cells.filter(({ byProfile }) => byProfile > 0).length,
  receivedInjected: cells.filter(({ injected }) => injected > 0).length,
});

const percentOf = ({ cells, received }: Totals): number => (cells === 0 ? 0 : (received / cells) * 100);

const columnsOf = (totals: Totals): readonly string[] =>
  [totals.received, totals.cells, totals.receivedNatural, totals.receivedByProfile, totals.receivedInjected].map(
    String,
  );

const PROXY_HEADER = ['OPERATION', 'PROXY RESPONSE', 'COUNT'];

function print({ cells, totals, observed }: CoverageView, format: CoverageFlags['format']): string {
  if (format === 'json') return JSON.stringify({ cells, totals, observed }, null, 2);
  const header = ['API', 'RETURNED', 'DOCUMENTED', 'NATURAL', 'BY PROFILE', 'INJECTED'];
  const rows = [...new Set(cells.map(({ dialect }) => dialect))].map((dialect) => {
    return [dialect, ...columnsOf(totalsOf(cells.filter((cell) => cell.dialect === dialect)))];
  });
  rows.push(['all', ...columnsOf(totals)]);
  const proxies = observed.map(({ dialect, operation, answer, injected }) => [
    `${dialect}.${operation}`,
    answer,
    String(injected),
  ]);
  if (format === 'text') {
    const share = `${percentOf(totals).toFixed(1)} % of the documented responses were returned`;
    const others = proxies.length === 0 ? [] : [table([PROXY_HEADER, ...proxies])];
    return [table([header, ...rows]), share, ...others].join('\n\n');
  }
  const line = (row: readonly string[]): string => `| ${row.join(' | ')} |`;
  const lines = [line(header), line(header.map(() => '---')), ...rows.map(line)];
  if (proxies.length > 0) lines.push('', line(PROXY_HEADER), line(['---', '---', '---']));
  return [...lines, ...proxies.map(line)].join('\n');
}
