import type { Command } from 'commander';
import type { ClockChange } from '../../index.ts';
import { type AdminFlags, adminGroup, targetOf } from '../admin-group.ts';
import { callAdmin } from '../client.ts';
import { parseDurationText, parseTime } from '../options.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `clock` and its subcommands. */
export function addClock(program: Command, terminal: Terminal): void {
  const group = adminGroup(program, terminal, [
    'clock',
    'show and change the clock of a world of a running Sideglance',
  ]);
  const change = async (flags: AdminFlags, body: ClockChange): Promise<void> => {
    const reading = await callAdmin(targetOf(flags), 'setClock', { body });
    group.print(flags, reading, () => describe(reading));
  };
  group.command('show', 'print the time (the default)', true).action(async (flags: AdminFlags) => {
    const reading = await callAdmin(targetOf(flags), 'getClock', {});
    group.print(flags, reading, () => describe(reading));
  });
  group
    .command('freeze', 'freeze the clock, at its time or another one')
    .argument('[time]', 'the time at which it stands', parseTime)
    .action((time: string | undefined, flags: AdminFlags) => change(flags, { freeze: time ?? true }));
  group
    .command('set', 'set the time: 2030-01-01T00:00:00Z')
    .argument('<time>', 'the new time', parseTime)
    .action((time: string, flags: AdminFlags) => change(flags, { set: time }));
  group
    .command('advance', 'advance the time: 90s, 5m, 1h30m')
    .argument('<duration>', 'by how much', parseDurationText)
    .action((by: string, flags: AdminFlags) => change(flags, { advance: by }));
  group.command('resume', 'let a frozen clock run').action((flags: AdminFlags) => change(flags, { resume: true }));
}

const describe = ({ now, frozen }: { readonly now: string; readonly frozen: boolean }): string =>
  frozen ? `${now} (frozen)` : now;
