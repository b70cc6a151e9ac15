import type { Command } from 'commander';
import type { PortChange, PortView } from '../../index.ts';
import { type AdminFlags, adminGroup, listing, targetOf } from '../admin-group.ts';
import { callAdmin } from '../client.ts';
import { readJson } from '../json-argument.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `ports` and its subcommands. */
export function addPorts(program: Command, terminal: Terminal): void {
  const about = 'list the ports of a running Sideglance, and make them refuse or reset connections';
  const group = adminGroup(program, terminal, ['ports', about]);
  group.command('list', 'list the ports (the default)', true).action(async (flags: AdminFlags) => {
    const response = await callAdmin({ ...targetOf(flags), world: 'default' }, 'listPorts', {});
    const heading = ['NAME', 'PORT', 'STATE', 'CERTIFICATE'];
    group.print(flags, response, () => listing(heading, response.ports.map(rowOf), 'no port is open'));
  });
  group
    .command(
      'set <name> <change>',
      'change a port: JSON such as {"state":"refusing","for":"5s"}, a file that holds it, or "-"',
    )
    .action(async (name: string, written: string, flags: AdminFlags) => {
      const input = { params: { name }, body: readJson<PortChange>(written) };
      const port = (await callAdmin({ ...targetOf(flags), world: 'default' }, 'changePort', input)) as PortView;
      group.print(flags, port, () => listing(['NAME', 'PORT', 'STATE', 'CERTIFICATE'], [rowOf(port)], ''));
    });
}

const rowOf = ({ name, port, state, certificate }: PortView): readonly string[] => [
  name,
  String(port),
  state,
  certificate ?? '-',
];
