import { resolve } from 'node:path';
import type { Command } from 'commander';
import { isShippedFixtures, type NewWorld, RELEASES, type Release } from '../../index.ts';
import { type AdminTarget, callAdmin } from '../client.ts';
import { fixturesFlag, ownFlag, parseTime, tokenFlag, urlFlag } from '../options.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';

interface Target extends Omit<AdminTarget, 'world'> {
  readonly json?: boolean;
}

interface CreateFlags extends Target {
  readonly fork?: string;
  readonly snapshot?: string;
  readonly fixtures?: readonly string[];
  readonly seed?: string;
  readonly release?: Release;
  readonly clock?: string;
}

type AddCommand = (usage: string, description: string, isDefault?: boolean) => Command;
/** Prints the response of the admin API with `--json`, and a text otherwise. */
type Print = (flags: Target, response: unknown, text: () => string) => void;

/** Adds `worlds` and its subcommands. */
export function addWorlds(program: Command, terminal: Terminal): void {
  const print: Print = ({ json }, response, text) => {
    const printed = json === true ? JSON.stringify(response ?? null, null, 2) : text();
    terminal.stdout.write(printed === '' ? '' : `${printed}\n`);
  };
  const worlds = program
    .command('worlds')
    .description('list, create, reset and drop the worlds of a running Sideglance');
  const command: AddCommand = (usage, description, isDefault = false) =>
    worlds
      .command(usage, { isDefault })
      .description(description)
      .addOption(urlFlag())
      .addOption(tokenFlag())
      .addOption(ownFlag('--json', 'print the response of the admin API'));
  addListAndCreate(command, print);
  addSnapshots(command, print);
  command('reset [name]', 'reset a world to its initial state').action(
    async (name: string | undefined, target: Target) => {
      const world = name ?? 'default';
      await callAdmin({ ...target, world }, 'resetWorld', {});
      print(target, null, () => `world ${world} is reset`);
    },
  );
  command('drop <name>', 'drop a world with everything in it').action(async (name: string, target: Target) => {
    await callAdmin(inDefault(target), 'dropWorld', { params: { name } });
    print(target, null, () => `world ${name} is dropped`);
  });
}

function addListAndCreate(command: AddCommand, print: Print): void {
  command('list', 'list all worlds (the default)', true).action(async (target: Target) => {
    const response = await callAdmin(inDefault(target), 'listWorlds', {});
    const rows = response.worlds.map(({ name, seed, url }) => [name, seed, url]);
    print(target, response, () => table([['NAME', 'SEED', 'ADDRESS'], ...rows]));
  });
  command('create [name]', 'create a world, and print its addresses and client settings')
    .addOption(ownFlag('--fork <world>', 'copy the current state of this world'))
    .addOption(ownFlag('--snapshot <name>', 'copy this snapshot of the forked world'))
    .addOption(fixturesFlag(ownFlag))
    .addOption(ownFlag('--seed <text>', 'seed for generated ids and random choices'))
    .addOption(ownFlag('--release <name>', 'release of the services of OpenStack').choices(RELEASES))
    .addOption(ownFlag('--clock <time>', 'time at which the clock is frozen').argParser(parseTime))
    .action(async (name: string | undefined, flags: CreateFlags) => {
      const body = newWorld(name, flags);
      const world = await callAdmin(inDefault(flags), 'createWorld', { body });
      print(flags, world, () => JSON.stringify(world, null, 2));
    });
}

function addSnapshots(command: AddCommand, print: Print): void {
  command('snapshot <name> [snapshot]', 'take a snapshot of a world, and print its name').action(
    async (world: string, snapshot: string | undefined, target: Target) => {
      const body = snapshot === undefined ? {} : { name: snapshot };
      const taken = await callAdmin({ ...target, world }, 'takeSnapshot', { body });
      print(target, taken, () => taken.name);
    },
  );
  command('snapshots [name]', 'list the snapshots of a world').action(
    async (world: string | undefined, target: Target) => {
      const response = await callAdmin({ ...target, world: world ?? 'default' }, 'listSnapshots', {});
      print(target, response, () => response.snapshots.map(({ name }) => name).join('\n'));
    },
  );
  command('drop-snapshot <name> <snapshot>', 'drop a snapshot of a world').action(
    async (world: string, snapshot: string, target: Target) => {
      await callAdmin({ ...target, world }, 'dropSnapshot', { params: { name: snapshot } });
      print(target, null, () => `snapshot ${snapshot} of world ${world} is dropped`);
    },
  );
  command('restore <name> <snapshot>', 'restore a world to the state of a snapshot').action(
    async (world: string, snapshot: string, target: Target) => {
      await callAdmin({ ...target, world }, 'restoreSnapshot', { params: { name: snapshot } });
      print(target, null, () => `world ${world} is restored to ${snapshot}`);
    },
  );
}

function newWorld(name: string | undefined, { fork, snapshot, fixtures, seed, release, clock }: CreateFlags): NewWorld {
  return {
    ...(name !== undefined && { name }),
    ...(fork !== undefined && { fork }),
    ...(snapshot !== undefined && { snapshot }),
    // The server may run in another directory.
    ...(fixtures !== undefined && {
      fixtures: fixtures.map((path) => (isShippedFixtures(path) ? path : resolve(path))),
    }),
    ...(seed !== undefined && { seed }),
    ...(release !== undefined && { release }),
    ...(clock !== undefined && { clock }),
  };
}

const inDefault = ({ url, adminToken }: Target): AdminTarget => ({
  url,
  world: 'default',
  ...(adminToken !== undefined && { adminToken }),
});
