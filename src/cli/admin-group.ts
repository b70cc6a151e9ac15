import type { Command } from 'commander';
import type { AdminTarget } from './client.ts';
import { ownFlag, tokenFlag, urlFlag, worldFlag } from './options.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';

/** Flags of all commands that use the admin API of a world. */
export interface AdminFlags extends AdminTarget {
  readonly json?: boolean;
}

/** A group of commands for one resource of the admin API: `faults list`, `faults arm`. */
export interface AdminGroup {
  /** Adds a command with the flags for server, world, token and `--json`. */
  command(usage: string, description: string, isDefault?: boolean): Command;
  /** Prints the response of the admin API with `--json`, and a text for humans otherwise. */
  print(flags: AdminFlags, response: unknown, text: () => string): void;
}

/** Creates a group of commands. */
export function adminGroup(
  program: Command,
  terminal: Terminal,
  [name, description]: readonly [string, string],
): AdminGroup {
  const group = program.command(name).description(description);
  return {
    command: (usage, text, isDefault = false) =>
      group
        .command(usage, { isDefault })
        .description(text)
        .addOption(urlFlag())
        .addOption(worldFlag())
        .addOption(tokenFlag())
        .addOption(ownFlag('--json', 'print the response of the admin API')),
    print: ({ json }, response, text) => {
      const printed = json === true ? JSON.stringify(response ?? null, null, 2) : text();
      terminal.stdout.write(printed === '' ? '' : `${printed}\n`);
    },
  };
}

/** The server and the world of flags. */
export const targetOf = ({ url, world, adminToken }: AdminFlags): AdminTarget => ({
  url,
  world,
  ...(adminToken !== undefined && { adminToken }),
});

/** Formats rows below a heading, or says that there are none. */
export const listing = (heading: readonly string[], rows: readonly (readonly string[])[], none: string): string =>
  rows.length === 0 ? none : table([heading, ...rows]);

/** Formats the members of an object, one a line; objects and lists in them as JSON. */
export const members = (object: object): string =>
  table(
    Object.entries(object).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value),
    ]),
  );
