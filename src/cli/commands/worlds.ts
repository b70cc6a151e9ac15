import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { WorldView } from '../../index.ts';
import { type AdminTarget, ask } from '../client.ts';
import { fixturesFlag, flag, parseTime, tokenFlag, urlFlag } from '../options.ts';
import { table } from '../table.ts';

type Target = Omit<AdminTarget, 'world'>;

interface CreateFlags extends Target {
  readonly fork?: string;
  readonly fixtures?: readonly string[];
  readonly seed?: string;
  readonly clock?: string;
}

export function addWorlds(program: Command): void {
  const worlds = program.command('worlds').description('list, make, reset and drop the worlds of a running Sideglance');
  const command = (usage: string, description: string, isDefault = false): Command =>
    worlds.command(usage, { isDefault }).description(description).addOption(urlFlag()).addOption(tokenFlag());

  command('list', 'all worlds (the default)', true)
    .addOption(flag('--json', 'as the admin API answers'))
    .action(async ({ json, ...target }: Target & { readonly json?: boolean }) => {
      const answer = (await ask(inDefault(target), 'GET', '/worlds')) as { readonly worlds: readonly WorldView[] };
      const rows = answer.worlds.map(({ name, seed, url }) => [name, seed, url]);
      print(json ? JSON.stringify(answer, null, 2) : table([['NAME', 'SEED', 'ADDRESS'], ...rows]));
    });
  command('create [name]', 'make a world, and print its addresses and client settings')
    .addOption(flag('--fork <world>', 'start as this world is now'))
    .addOption(fixturesFlag())
    .addOption(flag('--seed <text>', 'from which ids and chance come'))
    .addOption(flag('--clock <time>', 'time at which the clock stands still').argParser(parseTime))
    .action(async (name: string | undefined, { fork, fixtures, seed, clock, ...target }: CreateFlags) => {
      const world = await ask(inDefault(target), 'POST', '/worlds', {
        ...(name !== undefined && { name }),
        ...(fork !== undefined && { fork }),
        // The server may run elsewhere than in this directory.
        ...(fixtures !== undefined && {
          fixtures: fixtures.map((path) => (path === 'default' ? path : resolve(path))),
        }),
        ...(seed !== undefined && { seed }),
        ...(clock !== undefined && { clock }),
      });
      print(JSON.stringify(world, null, 2));
    });
  command('reset [name]', 'take a world back to how it was made').action(
    async (name: string | undefined, target: Target) => {
      const world = name ?? 'default';
      await ask({ ...target, world }, 'POST', '/reset');
      print(`world ${world} is as it was made`);
    },
  );
  command('drop <name>', 'drop a world and all that is in it').action(async (name: string, target: Target) => {
    await ask(inDefault(target), 'DELETE', `/worlds/${encodeURIComponent(name)}`);
    print(`world ${name} is gone`);
  });
}

const inDefault = (target: Target): AdminTarget => ({ ...target, world: 'default' });

const print = (text: string): void => void process.stdout.write(`${text}\n`);
