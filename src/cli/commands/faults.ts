import type { Command } from 'commander';
import type { FaultView, Rule } from '../../index.ts';
import { type AdminFlags, type AdminGroup, adminGroup, listing, targetOf } from '../admin-group.ts';
import { CommandError, callAdmin } from '../client.ts';
import { readJson } from '../json-argument.ts';
import { ownFlag, parseCount, parseSize } from '../options.ts';
import type { Terminal } from '../terminal.ts';

/** Flags that make a rule without JSON. */
interface RuleFlags {
  readonly operation?: string;
  readonly answer?: number;
  readonly delay?: string;
  readonly cut?: string;
  readonly hold?: string | true;
  readonly calls?: number;
  readonly undocumented?: boolean;
}

/** Adds `faults` and its subcommands. */
export function addFaults(program: Command, terminal: Terminal): void {
  const group = adminGroup(program, terminal, [
    'faults',
    'arm, list and disarm one-off faults of a running Sideglance',
  ]);
  group
    .command('list', 'list the one-off faults and how often each fired (the default)', true)
    .action(async (flags: AdminFlags) => {
      const response = await callAdmin(targetOf(flags), 'listFaults', {});
      group.print(flags, response, () => {
        const rows = response.faults.map(rowOf);
        return listing(['ID', 'STATE', 'FIRED', 'SEEN', 'OPERATIONS'], rows, 'no fault is armed');
      });
    });
  addArm(group);
  group
    .command('disarm [id]', 'disarm a one-off fault, or all of them')
    .action(async (id: string | undefined, flags: AdminFlags) => {
      if (id === undefined) await callAdmin(targetOf(flags), 'disarmFaults', {});
      else await callAdmin(targetOf(flags), 'disarmFault', { params: { fault_id: id } });
      group.print(flags, null, () => `${id ?? 'all one-off faults'} disarmed in world ${flags.world}`);
    });
}

function addArm(group: AdminGroup): void {
  group
    .command('arm [rule]', 'arm a rule: JSON, a file that holds it, "-" for standard input, or the flags')
    .addOption(ownFlag('--operation <name>', 'the operation: dialect.operation, with * on either side'))
    .addOption(ownFlag('--answer <status>', 'return this status').argParser(parseCount))
    .addOption(ownFlag('--delay <time>', 'wait so long: 250ms, 2s'))
    .addOption(ownFlag('--cut <how>', 'end the connection: reset, empty or garbage'))
    .addOption(ownFlag('--hold [time]', 'hold it until you decide, for so long at most; 60s when omitted'))
    .addOption(ownFlag('--calls <number>', 'for so many requests; 1 when omitted').argParser(parseSize))
    .addOption(ownFlag('--undocumented', 'allow a status that the operation does not document'))
    .action(async (written: string | undefined, flags: AdminFlags & RuleFlags) => {
      const fault = await callAdmin(targetOf(flags), 'armFault', { body: ruleOf(written, flags) });
      const [first, ...others] = fault.operations;
      const more = others.length === 0 ? '' : ` and ${others.length} more`;
      group.print(flags, fault, () => `${fault.id} is armed in world ${flags.world}, for ${first}${more}`);
    });
}

/** @throws CommandError with exit code 2 for a rule beside flags, and for neither. */
function ruleOf(written: string | undefined, flags: RuleFlags): Rule {
  const { operation, answer, delay, cut, hold, calls, undocumented } = flags;
  const given = [operation, answer, delay, cut, hold, calls, undocumented].some((flag) => flag !== undefined);
  if (written !== undefined && given) throw new CommandError('give the rule or the flags, and not both', 2);
  if (written !== undefined) return readJson<Rule>(written);
  const faults = [answer, delay, cut, hold];
  if (operation === undefined || faults.every((each) => each === undefined)) {
    throw new CommandError('give a rule, or --operation with --answer, --delay, --cut or --hold', 2);
  }
  const fault = {
    ...(answer !== undefined && { answer }),
    ...(delay !== undefined && { delay }),
    ...(cut !== undefined && { cut }),
    ...(hold !== undefined && { hold }),
  };
  const rest = { ...(calls !== undefined && { calls }), ...(undocumented !== undefined && { undocumented }) };
  // The server checks the values, and its messages name what is allowed.
  return { match: { operation }, ...rest, fault } as unknown as Rule;
}

const rowOf = ({ id, expired, fired, seen, operations }: FaultView): readonly string[] => [
  id,
  expired ? 'expired' : 'armed',
  String(fired),
  String(seen),
  operations.length > 3
    ? `${operations.slice(0, 3).join(', ')} and ${operations.length - 3} more`
    : operations.join(', '),
];
