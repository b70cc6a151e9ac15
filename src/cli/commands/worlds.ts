import { resolve } from 'node:path';
import type { Command } from 'commander';
import { isShippedFixtures, type NewWorld } from '../../index.ts';
import { type AdminTarget, callAdmin } from '../client.ts';
import { fixturesFlag, ownFlag, parseTime, tokenFlag, urlFlag } from '../options.ts';
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

type AddCommand = (usage: string, description: string, isDefault?: boolean) => Command;
type Print = (text: string) => void;

/** Adds `worlds` and its subcommands. */
export function addWorlds(program: Command, terminal: Terminal): void {
  const print: Print = (text) => void terminal.stdout.write(`${text}\n`);
  const worlds = program
    .command('worlds')
    .description('list, create, reset and drop the worlds of a running Sideglance');
  const command: AddCommand = (usage, description, isDefault = false) =>
    worlds.command(usage, { isDefault }).description(description).addOption(urlFlag()).addOption(tokenFlag());
  addListAndCreate(command, print);
  addSnapshots(command, print);
  command('reset [name]', 'reset a world to its initial state').action(
    async (name: string | undefined, target: Target) => {
      const world = name ?? 'default';
      await callAdmin({ ...target, world }, 'resetWorld', {});
      print(`world ${world} is reset`);
    },
  );
  command('drop <name>', 'drop a world with everything in it').action(async (name: string, target: Target) => {
    await callAdmin(inDefault(target), 'dropWorld', { params: { name } });
    print(`world ${name} is dropped`);
  });
}

function addListAndCreate(command: AddCommand, print: Print): void {
  command('list', 'list all worlds (the default)', true)
    .addOption(ownFlag('--json', 'print the response of the admin API'))
    .action(async ({ json, ...target }: Target & { readonly json?: boolean }) => {
      const response = await callAdmin(inDefault(target), 'listWorlds', {});
      const rows = response.worlds.map(({ name, seed, url }) => [name, seed, url]);
      print(json ? JSON.stringify(response, null, 2) : table([['NAME', 'SEED', 'ADDRESS'], ...rows]));
    });
  command('create [name]', 'create a world, and print its addresses and client settings')
    .addOption(ownFlag('--fork <world>', 'copy the current state of this world'))
    .addOption(ownFlag('--snapshot <name>', 'copy this snapshot of the forked world'))
    .addOption(fixturesFlag(ownFlag))
    .addOption(ownFlag('--seed <text>', 'seed for generated ids and random choices'))
    .addOption(ownFlag('--clock <time>', 'time at which the clock is frozen').argParser(parseTime))
    .action(async (name: string | undefined, flags: CreateFlags) => {
      const body = newWorld(name, flags);
      print(JSON.stringify(await callAdmin(inDefault(flags), 'createWorld', { body }), null, 2));
    });
}

function addSnapshots(command: AddCommand, print: Print): void {
  command('snapshot <name> [snapshot]', 'take a snapshot of a world, and print its name').action(
    async (world: string, snapshot: string | undefined, target: Target) => {
      const body = snapshot === undefined ? {} : { name: snapshot };
      print((await callAdmin({ ...target, world }, 'takeSnapshot', { body })).name);
    },
  );
  command('snapshots [name]', 'list the snapshots of a world').action(
    async (world: string | undefined, target: Target) => {
      const { snapshots } = await callAdmin({ ...target, world: world ?? 'default' }, 'listSnapshots', {});
      for (const { name } of snapshots) print(name);
    },
  );
  command('restore <name> <snapshot>', 'restore a world to the state of a snapshot').action(
    async (world: string, snapshot: string, target: Target) => {
      await callAdmin({ ...target, world }, 'restoreSnapshot', { params: { name: snapshot } });
      print(`world ${world} is restored to ${snapshot}`);
    },
  );
}

function newWorld(name: string | undefined, { fork, snapshot, fixtures, seed, clock }: CreateFlags): NewWorld {
  return {
    ...(name !== undefined && { name }),
    ...(fork !== undefined && { fork }),
    ...(snapshot !== undefined && { snapshot }),
    // The server may run in another directory.
    ...(fixtures !== undefined && {
      fixtures: fixtures.map((path) => (isShippedFixtures(path) ? path : resolve(path))),
    }),
    ...(seed !== undefined && { seed }),
    ...(clock !== undefined && { clock }),
  };
}

const inDefault = ({ url, adminToken }: Target): AdminTarget => ({
  url,
  world: 'default',
  ...(adminToken !== undefined && { adminToken }),
});
