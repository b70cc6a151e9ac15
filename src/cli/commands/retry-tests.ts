import type { Command } from 'commander';
import type { NewRetryTest, RetryTestView } from '../../index.ts';
import { type AdminFlags, adminGroup, listing, targetOf } from '../admin-group.ts';
import { callAdmin } from '../client.ts';
import { readJson } from '../json-argument.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `retry-tests` and its subcommands. */
export function addRetryTests(program: Command, terminal: Terminal): void {
  const about = 'run instructions of storage-testbench in a running Sideglance';
  const group = adminGroup(program, terminal, ['retry-tests', about]);
  group.command('list', 'list the retry tests (the default)', true).action(async (flags: AdminFlags) => {
    const response = await callAdmin(targetOf(flags), 'listRetryTests', {});
    const rows = response.retry_test.map(rowOf);
    group.print(flags, response, () => listing(['ID', 'STATE', 'OPERATIONS'], rows, 'there is no retry test'));
  });
  group
    .command('create <test>', 'create a retry test: JSON, a file that holds it, or "-"')
    .action(async (written: string, flags: AdminFlags) => {
      const test = await callAdmin(targetOf(flags), 'createRetryTest', { body: readJson<NewRetryTest>(written) });
      group.print(flags, test, () => test.id);
    });
  group.command('show <id>', 'print a retry test, as JSON').action(async (id: string, flags: AdminFlags) => {
    const test = await callAdmin(targetOf(flags), 'showRetryTest', { params: { id } });
    group.print(flags, test, () => JSON.stringify(test, null, 2));
  });
  group.command('delete <id>', 'delete a retry test').action(async (id: string, flags: AdminFlags) => {
    await callAdmin(targetOf(flags), 'deleteRetryTest', { params: { id } });
    group.print(flags, null, () => `${id} is deleted`);
  });
}

const rowOf = ({ id, completed, instructions }: RetryTestView): readonly string[] => [
  id,
  completed ? 'completed' : 'running',
  Object.keys(instructions).join(', '),
];
