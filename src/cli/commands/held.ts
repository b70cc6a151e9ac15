import type { Command } from 'commander';
import type { AdminOutputOf, ContinueOptions, RespondOptions } from '../../index.ts';
import { type AdminFlags, type AdminGroup, adminGroup, listing, targetOf } from '../admin-group.ts';
import { CommandError, callAdmin } from '../client.ts';
import { readJson } from '../json-argument.ts';
import { ownFlag, parseCount } from '../options.ts';
import type { Terminal } from '../terminal.ts';

/** Flags that make a response without JSON. */
interface ResponseFlags {
  readonly answer?: number;
  readonly cut?: string;
  readonly phase?: string;
  readonly undocumented?: boolean;
}

/** Adds `held` and its subcommands. */
export function addHeld(program: Command, terminal: Terminal): void {
  const about = 'list requests that a rule holds, let them go, and answer them by hand';
  const group = adminGroup(program, terminal, ['held', about]);
  addList(group);
  group
    .command('show <id>', 'print a held request with its headers and body, as JSON')
    .action(async (id: string, flags: AdminFlags) => {
      const held = await callAdmin(targetOf(flags), 'showHeld', { params: { held_id: id } });
      group.print(flags, held, () => JSON.stringify(held, null, 2));
    });
  group
    .command('continue <id> [change]', 'let a request go on; with other headers or another body: JSON, a file, or "-"')
    .action(async (id: string, written: string | undefined, flags: AdminFlags) => {
      const body = written === undefined ? {} : readJson<ContinueOptions>(written);
      await callAdmin(targetOf(flags), 'continueHeld', { params: { held_id: id }, body });
      group.print(flags, null, () => `${id} goes on`);
    });
  addRespond(group);
}

function addList(group: AdminGroup): void {
  group
    .command('list', 'list the held requests, the longest held first (the default)', true)
    .addOption(ownFlag('--all-worlds', 'requests of all worlds'))
    .action(async ({ allWorlds, ...flags }: AdminFlags & { readonly allWorlds?: boolean }) => {
      const query = allWorlds === true ? { worlds: 'all' as const } : {};
      const response = await callAdmin(targetOf(flags), 'listHeld', { query });
      group.print(flags, response, () =>
        listing(['ID', 'WORLD', 'AT', 'UNTIL', 'OPERATION', 'REQUEST'], response.held.map(rowOf), 'no request is held'),
      );
    });
}

function addRespond(group: AdminGroup): void {
  group
    .command('respond <id> [response]', 'decide what a held request gets: JSON, a file, "-", or the flags')
    .addOption(ownFlag('--answer <status>', 'return this status').argParser(parseCount))
    .addOption(ownFlag('--cut <how>', 'end the connection: reset, empty or garbage'))
    .addOption(ownFlag('--phase <phase>', 'when the effect takes place: before, after or twice'))
    .addOption(ownFlag('--undocumented', 'allow a status that the operation does not document'))
    .action(async (id: string, written: string | undefined, flags: AdminFlags & ResponseFlags) => {
      const body = responseOf(written, flags);
      await callAdmin(targetOf(flags), 'respondHeld', { params: { held_id: id }, body });
      group.print(flags, null, () => `${id} is answered by hand`);
    });
}

/** @throws CommandError with exit code 2 for a response beside flags, and for neither. */
function responseOf(written: string | undefined, flags: ResponseFlags): RespondOptions {
  const { answer, cut, phase, undocumented } = flags;
  const given = [answer, cut, phase, undocumented].some((flag) => flag !== undefined);
  if (written !== undefined && given) throw new CommandError('give the response or the flags, and not both', 2);
  if (written !== undefined) return readJson<RespondOptions>(written);
  if (answer === undefined && cut === undefined) {
    throw new CommandError('give a response, or --answer or --cut', 2);
  }
  const fault = { ...(answer !== undefined && { answer }), ...(cut !== undefined && { cut }) };
  const rest = { ...(phase !== undefined && { phase }), ...(undocumented !== undefined && { undocumented }) };
  // The server checks the values, and its messages name what is allowed.
  return { fault, ...rest } as unknown as RespondOptions;
}

const rowOf = ({ id, world, at, until, operation, method, url }: AdminOutputOf<'showHeld'>): readonly string[] => [
  id,
  world,
  at,
  until,
  operation,
  `${method} ${url}`,
];
