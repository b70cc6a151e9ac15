import type { Command } from 'commander';
import type { ContainerView, ServerChange, ServerView } from '../../index.ts';
import { type AdminFlags, adminGroup, listing, members, targetOf } from '../admin-group.ts';
import { callAdmin } from '../client.ts';
import { readJson } from '../json-argument.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `servers` and `containers`, the servers and files that clients create images from. */
export function addServers(program: Command, terminal: Terminal): void {
  const servers = adminGroup(program, terminal, [
    'servers',
    'list and change the servers of a running Sideglance, from which images are created',
  ]);
  servers.command('list', 'list the servers of all projects (the default)', true).action(async (flags: AdminFlags) => {
    const response = await callAdmin(targetOf(flags), 'listServers', {});
    const heading = ['ID', 'STATUS', 'TASK', 'LOCKED', 'NAME'];
    servers.print(flags, response, () => listing(heading, response.servers.map(rowOf), 'the world has no server'));
  });
  servers
    .command('patch <id> <changes>', 'set any state of a server: JSON, a file that holds it, or "-"')
    .action(async (id: string, written: string, flags: AdminFlags) => {
      const input = { params: { server_id: id }, body: readJson<ServerChange>(written) };
      const server = await callAdmin(targetOf(flags), 'changeServer', input);
      servers.print(flags, server, () => members(server));
    });
  const containers = adminGroup(program, terminal, ['containers', 'list the containers of a running Sideglance']);
  containers
    .command('list', 'list the files of all containers (the default)', true)
    .action(async (flags: AdminFlags) => {
      const response = await callAdmin(targetOf(flags), 'listContainers', {});
      const rows = response.containers.flatMap(filesOf);
      containers.print(flags, response, () =>
        listing(['CONTAINER', 'FILE', 'SIZE', 'FORMAT'], rows, 'no container has a file'),
      );
    });
}

const rowOf = ({ id, status, taskState, locked, name }: ServerView): readonly string[] => [
  id,
  status,
  taskState ?? '-',
  locked ? 'yes' : 'no',
  name,
];

const filesOf = ({ name: container, objects }: ContainerView): readonly (readonly string[])[] =>
  objects.map(({ name, size, format }) => [container, name, String(size), format ?? '-']);
