import type { Command } from 'commander';
import { checkState, repairState, type StateProblem, type StateReport } from '../../index.ts';
import { CommandError } from '../client.ts';
import type { Terminal } from '../terminal.ts';

interface StateFlags {
  readonly json?: boolean;
}

/** Adds `state`, with `check` and `repair`. */
export function addState(program: Command, terminal: Terminal): void {
  const state = program.command('state').description('check or repair the file of --state');
  state
    .command('check')
    .description('say what is wrong with a state file, its log and its data, without changing them')
    .argument('<file>', 'the file of --state')
    .option('--json', 'print JSON')
    .action(async (file: string, flags: StateFlags) => {
      const report = await checkState(file);
      terminal.stdout.write(flags.json === true ? json(report) : presentCheck(report));
      if (report.problems.length > 0) throw new CommandError('', 1);
    });
  state
    .command('repair')
    .description('keep what can be read of a state file, and the files as they were beside it')
    .argument('<file>', 'the file of --state')
    .option('--json', 'print JSON')
    .action(async (file: string, flags: StateFlags) => {
      const report = await repairState(file);
      terminal.stdout.write(flags.json === true ? json(report) : presentRepair(report));
    });
}

const json = (report: StateReport): string => `${JSON.stringify(report, null, 2)}\n`;

function presentCheck(report: StateReport): string {
  const { file, problems } = report;
  if (problems.length === 0) return `${file} is sound: ${contentOf(report)}\n`;
  const lines = [...problems.flatMap(describe), `${count(problems.length, 'problem')}; readable: ${contentOf(report)}`];
  return `${[...lines, `"sideglance state repair ${file}" keeps what can be kept.`].join('\n')}\n`;
}

function presentRepair(report: StateReport): string {
  const { file, problems, backup } = report;
  if (backup === undefined) return `${file} is sound, nothing was changed: ${contentOf(report)}\n`;
  const lost = problems.filter(({ isLoss }) => isLoss).length;
  const lines = [
    ...problems.flatMap(describe),
    `${file} is repaired: ${contentOf(report)}`,
    lost === 0
      ? 'nothing is lost, but see above what may be wrong'
      : `${count(lost, 'problem')} with a loss; see above`,
    `the files as they were: ${backup}`,
  ];
  return `${lines.join('\n')}\n`;
}

function describe({ file, line, pointer, message, found, allowed, subject, repair }: StateProblem): readonly string[] {
  const place = [file, line === undefined ? [] : `line ${line}`, pointer === '' ? [] : pointer].flat().join(', ');
  const details = [
    ...(subject === '' ? [] : [subject]),
    ...(found === undefined ? [] : [`found: ${JSON.stringify(found).slice(0, 200)}`]),
    ...(allowed === undefined ? [] : [`allowed: ${[allowed].flat().join(', ')}`]),
    `repair: ${repair}`,
  ];
  return [`${place}: ${message}`, ...details.map((detail) => `  ${detail}`)];
}

const contentOf = ({ worlds, images }: StateReport): string =>
  worlds.length === 0
    ? 'no world; the next start with this file begins with the fixtures'
    : `${count(worlds.length, 'world')} (${worlds.join(', ')}), ${count(images, 'image')}`;

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
