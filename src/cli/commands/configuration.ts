import type { Command } from 'commander';
import type { Configuration } from '../../index.ts';
import { type AdminFlags, adminGroup, targetOf } from '../admin-group.ts';
import { callAdmin } from '../client.ts';
import { readJson } from '../json-argument.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `configuration` and its subcommands. Its text is JSON too, because its settings are nested. */
export function addConfiguration(program: Command, terminal: Terminal): void {
  const about = 'show and change limits, quotas, progress, profiles, stores and downloads of a world';
  const group = adminGroup(program, terminal, ['configuration', about]);
  group.command('show', 'print the configuration (the default)', true).action(async (flags: AdminFlags) => {
    const configuration = await callAdmin(targetOf(flags), 'getConfiguration', {});
    group.print(flags, configuration, () => JSON.stringify(configuration, null, 2));
  });
  group
    .command('set <changes>', 'change what is given: JSON, a file that holds it, or "-"')
    .action(async (written: string, flags: AdminFlags) => {
      const configuration = await callAdmin(targetOf(flags), 'changeConfiguration', {
        body: readJson<Configuration>(written),
      });
      group.print(flags, configuration, () => JSON.stringify(configuration, null, 2));
    });
}
