import { type Command, Option } from 'commander';
import type { ConductReport, Severity } from '../../index.ts';
import { type AdminTarget, CommandError, callAdmin } from '../client.ts';
import { ownFlag, tokenFlag, urlFlag, worldFlag } from '../options.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';

interface ConductFlags extends AdminTarget {
  readonly format: 'text' | 'json' | 'markdown';
  readonly label?: string;
  readonly ignore?: string;
  readonly only?: string;
  readonly client?: 'success' | 'failure';
  readonly failOn?: Severity;
}

/** Exit codes with `--fail-on`: a finding that serious, and nothing that could have been judged. */
const FOUND = 4;
const INCONCLUSIVE = 5;

/** Severities from the mildest to the most serious. */
const SEVERITIES: readonly Severity[] = ['info', 'warning', 'error'];

/** Adds `conduct`. */
export function addConduct(program: Command, terminal: Terminal): void {
  program
    .command('conduct')
    .description('judge what the clients of a running Sideglance did')
    .addOption(urlFlag())
    .addOption(worldFlag())
    .addOption(tokenFlag())
    .addOption(new Option('--format <format>', 'output format').choices(['text', 'json', 'markdown']).default('text'))
    .addOption(ownFlag('--label <text>', 'only requests with this label'))
    .addOption(ownFlag('--ignore <rule,...>', 'rules to leave out'))
    .addOption(ownFlag('--only <rule,...>', 'the only rules to apply'))
    .addOption(new Option('--client <result>', 'whether the client reported success').choices(['success', 'failure']))
    .addOption(
      new Option(
        '--fail-on <severity>',
        'exit with 4 when there is a finding this serious, with 5 when nothing can be said',
      ).choices(SEVERITIES),
    )
    .action(async ({ format, label, ignore, only, client, failOn, ...target }: ConductFlags) => {
      const report = await callAdmin(target, 'getConduct', { query: { label, ignore, only, client } });
      terminal.stdout.write(`${print(report, format)}\n`);
      if (failOn !== undefined) assertGood(report, failOn);
    });
}

/** @throws CommandError for a serious finding, and when no rule has a verdict. */
function assertGood({ verdict, findings }: ConductReport, failOn: Severity): void {
  const serious = SEVERITIES.slice(SEVERITIES.indexOf(failOn));
  if (findings.some(({ severity }) => serious.includes(severity))) throw new CommandError('', FOUND);
  if (verdict !== 'inconclusive') return;
  const message =
    'no rule has a verdict: the client sent no request that a rule judges, or the journal has dropped requests';
  throw new CommandError(message, INCONCLUSIVE);
}

function print(report: ConductReport, format: ConductFlags['format']): string {
  if (format === 'json') return JSON.stringify(report, null, 2);
  const heading = ['SEVERITY', 'RULE', 'REQUESTS', 'FINDING'];
  const rows = report.findings.map(({ severity, rule, entries, message }) => [
    severity,
    rule,
    entries.slice(0, 5).join(' ') + (entries.length > 5 ? ' ...' : ''),
    message,
  ]);
  const judged = report.rules.filter(({ opportunities }) => opportunities > 0).length;
  const summary = `${report.verdict}: ${rows.length} ${rows.length === 1 ? 'finding' : 'findings'}; ${judged} of ${report.rules.length} rules had an opportunity`;
  if (rows.length === 0) return summary;
  if (format === 'text') return `${table([heading, ...rows])}\n\n${summary}`;
  const lines = [heading, heading.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
  return `${summary}\n\n${lines.join('\n')}`;
}
