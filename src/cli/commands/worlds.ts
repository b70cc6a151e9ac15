import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { SnapshotView, WorldView } from '../../index.ts';
import { type AdminTarget, ask } from '../client.ts';
import { fixturesFlag, flag, parseTime, tokenFlag, urlFlag } from '../options.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';

type Target = Omit<AdminTarget, 'world'>;

interface CreateFlags extends Target {
  readonly fork?: string;
  readonly snapshot?: string;
  readonly fixtures?: readonly string[];
  readonly seed?: string;
  readonly clock?: string;
}

export function addWorlds(program: Command, terminal: Terminal): void {
  const print = (text: string): void => void terminal.stdout.write(`${text}\n`);
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
    .addOption(flag('--snapshot <name>', 'start from this snapshot of the world that is forked'))
    .addOption(fixturesFlag())
    .addOption(flag('--seed <text>', 'from which ids and chance come'))
    .addOption(flag('--clock <time>', 'time at which the clock stands still').argParser(parseTime))
    .action(async (name: string | undefined, { fork, snapshot, fixtures, seed, clock, ...target }: CreateFlags) => {
      const world = await ask(inDefault(target), 'POST', '/worlds', {
        ...(name !== undefined && { name }),
        ...(fork !== undefined && { fork }),
        ...(snapshot !== undefined && { snapshot }),
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
  command('snapshot <name> [snapshot]', 'keep a world as it is now, to go back to').action(
    async (name: string, snapshot: string | undefined, target: Target) => {
      const body = snapshot === undefined ? {} : { name: snapshot };
      const taken = (await ask({ ...target, world: name }, 'POST', '/snapshots', body)) as SnapshotView;
      print(taken.name);
    },
  );
  command('snapshots [name]', 'the snapshots of a world').action(async (name: string | undefined, target: Target) => {
    const answer = await ask({ ...target, world: name ?? 'default' }, 'GET', '/snapshots');
    for (const snapshot of (answer as { readonly snapshots: readonly SnapshotView[] }).snapshots) print(snapshot.name);
  });
  command('restore <name> <snapshot>', 'take a world back to a snapshot').action(
    async (name: string, snapshot: string, target: Target) => {
      await ask({ ...target, world: name }, 'POST', `/snapshots/${encodeURIComponent(snapshot)}/restore`);
      print(`world ${name} is as it was at ${snapshot}`);
    },
  );
  command('drop <name>', 'drop a world and all that is in it').action(async (name: string, target: Target) => {
    await ask(inDefault(target), 'DELETE', `/worlds/${encodeURIComponent(name)}`);
    print(`world ${name} is gone`);
  });
}

const inDefault = (target: Target): AdminTarget => ({ ...target, world: 'default' });
