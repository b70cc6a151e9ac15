import type { Command } from 'commander';
import type { TaskChange, TaskFilter, TaskView } from '../../index.ts';
import { type AdminFlags, type AdminGroup, adminGroup, listing, targetOf } from '../admin-group.ts';
import { callAdmin } from '../client.ts';
import { readJson } from '../json-argument.ts';
import { ownFlag, parseSize } from '../options.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `tasks` and its subcommands. */
export function addTasks(program: Command, terminal: Terminal): void {
  const about = 'list, advance and end tasks of a running Sideglance: imports, exports, jobs';
  const group = adminGroup(program, terminal, ['tasks', about]);
  addList(group);
  group.command('advance <id>', 'advance a task by one step').action(async (id: string, flags: AdminFlags) => {
    const task = await callAdmin(targetOf(flags), 'advanceTask', { params: { task_id: id } });
    group.print(flags, task, () => describe(task));
  });
  group
    .command('finish <id>', 'end a task successfully, or with a failure')
    .addOption(ownFlag('--fail <message>', 'the message of the failure'))
    .action(async (id: string, flags: AdminFlags & { readonly fail?: string }) => {
      const body = flags.fail === undefined ? {} : { fail: { message: flags.fail } };
      const task = await callAdmin(targetOf(flags), 'finishTask', { params: { task_id: id }, body });
      group.print(flags, task, () => describe(task));
    });
  group
    .command('patch <id> <changes>', 'change the pace of a task, or how it ends: JSON, a file that holds it, or "-"')
    .action(async (id: string, written: string, flags: AdminFlags) => {
      const input = { params: { task_id: id }, body: readJson<TaskChange>(written) };
      const task = await callAdmin(targetOf(flags), 'changeTask', input);
      group.print(flags, task, () => describe(task));
    });
}

function addList(group: AdminGroup): void {
  group
    .command('list', 'list the tasks, newest first (the default)', true)
    .addOption(ownFlag('--status <status>', 'pending, processing, success or failure'))
    .addOption(ownFlag('--api <name>', 'only tasks that this API started'))
    .addOption(ownFlag('--image <id>', 'only tasks of this image'))
    .addOption(ownFlag('--limit <number>', 'maximum number of tasks, 100 when omitted').argParser(parseSize))
    .action(async (flags: AdminFlags & TaskFilter) => {
      const { url: _url, world: _world, adminToken: _token, json: _json, ...query } = flags;
      const response = await callAdmin(targetOf(flags), 'listTasks', { query });
      group.print(flags, response, () =>
        listing(['ID', 'STATUS', 'PERCENT', 'TASK', 'IMAGE'], response.tasks.map(rowOf), 'no task matches'),
      );
    });
}

const rowOf = ({ id, status, percent, api, type, image }: TaskView): readonly string[] => [
  id,
  status,
  String(percent),
  `${api} ${type}`,
  image ?? '-',
];

const describe = ({ id, status, percent, message }: TaskView): string =>
  `${id} is ${status}, ${percent} %${message === '' ? '' : `: ${message}`}`;
