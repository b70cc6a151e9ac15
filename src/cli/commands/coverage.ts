import type { Command } from 'commander';
import { Option } from 'commander';
import type { Cell, ObservedCell, Totals } from '../../index.ts';
import { type AdminTarget, ask, CommandError } from '../client.ts';
import { flag, parsePercent, tokenFlag, urlFlag, worldFlag } from '../options.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';

interface CoverageFlags extends AdminTarget {
  readonly format: 'text' | 'json' | 'markdown';
  readonly dialect?: string;
  readonly failUnder?: number;
}

interface Coverage {
  readonly cells: readonly Cell[];
  readonly totals: Totals;
  readonly observed: readonly ObservedCell[];
}

/** Exit code for a gate that was not met. */
const BELOW_GATE = 4;

export function addCoverage(program: Command, terminal: Terminal): void {
  program
    .command('coverage')
    .description('which documented answers the clients of a running Sideglance met')
    .addOption(urlFlag())
    .addOption(worldFlag())
    .addOption(tokenFlag())
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices(['text', 'json', 'markdown'])
        .default('text')
        .env('SIDEGLANCE_FORMAT'),
    )
    .addOption(flag('--dialect <name>', 'one API alone'))
    .addOption(flag('--fail-under <percent>', 'exit code 4 where fewer cells were met').argParser(parsePercent))
    .action(async ({ format, dialect, failUnder, ...target }: CoverageFlags) => {
      const coverage = narrow((await ask(target, 'GET', '/coverage')) as Coverage, dialect);
      terminal.stdout.write(`${print(coverage, format)}\n`);
      const percent = percentOf(coverage.totals);
      if (failUnder !== undefined && percent < failUnder) {
        throw new CommandError(
          `${percent.toFixed(1)} % of the documented answers were met, not ${failUnder} %`,
          BELOW_GATE,
        );
      }
    });
}

function narrow(coverage: Coverage, dialect: string | undefined): Coverage {
  if (dialect === undefined) return coverage;
  const cells = coverage.cells.filter((cell) => cell.dialect === dialect);
  if (cells.length === 0) {
    const names = [...new Set(coverage.cells.map((cell) => cell.dialect))].join(', ');
    throw new CommandError(`there is no API "${dialect}"; allowed: ${names}`, 2);
  }
  const observed = coverage.observed.filter((cell) => cell.dialect === dialect);
  return { cells, totals: totalsOf(cells), observed };
}

const totalsOf = (cells: readonly Cell[]): Totals => ({
  cells: cells.length,
  met: cells.filter(({ natural, injected }) => natural + injected > 0).length,
  metNaturally: cells.filter(({ natural }) => natural > 0).length,
  metInjected: cells.filter(({ injected }) => injected > 0).length,
});

const percentOf = ({ cells, met }: Totals): number => (cells === 0 ? 0 : (met / cells) * 100);

function print({ cells, totals, observed }: Coverage, format: CoverageFlags['format']): string {
  if (format === 'json') return JSON.stringify({ cells, totals, observed }, null, 2);
  const header = ['API', 'MET', 'OF', 'NATURAL', 'INJECTED'];
  const rows = [...new Set(cells.map(({ dialect }) => dialect))].map((dialect) => {
    const { met, cells: all, metNaturally, metInjected } = totalsOf(cells.filter((cell) => cell.dialect === dialect));
    return [dialect, met, all, metNaturally, metInjected].map(String);
  });
  rows.push(['all', totals.met, totals.cells, totals.metNaturally, totals.metInjected].map(String));
  const proxies = observed.map(({ dialect, operation, answer, injected }) => [
    `${dialect}.${operation}`,
    answer,
    String(injected),
  ]);
  if (format === 'text') {
    const met = `${percentOf(totals).toFixed(1)} % of the documented answers were met`;
    const others = proxies.length === 0 ? [] : [table([['OF A PROXY', 'ANSWER', 'TIMES'], ...proxies])];
    return [table([header, ...rows]), met, ...others].join('\n\n');
  }
  const line = (row: readonly string[]): string => `| ${row.join(' | ')} |`;
  const lines = [line(header), line(header.map(() => '---')), ...rows.map(line)];
  if (proxies.length > 0) lines.push('', line(['OF A PROXY', 'ANSWER', 'TIMES']), line(['---', '---', '---']));
  return [...lines, ...proxies.map(line)].join('\n');
}
