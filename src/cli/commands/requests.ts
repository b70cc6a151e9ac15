import type { Command } from 'commander';
import type { AdminInputOf, RequestFilter, RequestView, Verdict, Verification } from '../../index.ts';
import { type AdminTarget, CommandError, callAdmin } from '../client.ts';
import { followRequests } from '../follow-requests.ts';
import { readJson } from '../json-argument.ts';
import { ownFlag, parseCount, parseSize, tokenFlag, urlFlag, worldFlag } from '../options.ts';
import { printable } from '../request-log.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';

/** The flags of `requests` that select entries. */
const FILTER_FLAGS = [
  ['--operation <name>', 'dialect.operation'],
  ['--dialect <name>', 'only this API'],
  ['--source <source>', 'natural or injected'],
  ['--outcome <outcome>', 'complete, faulty, "client gone" or pending'],
  ['--method <method>', 'GET, POST, ...'],
  ['--user <name>', 'name of the caller'],
  ['--image <id>', 'the image that requests name or created'],
  ['--label <text>', 'label of the requests'],
  ['--scenario <name>', 'scenario or one-off fault whose rule fired'],
  ['--since <time>', 'requests at or after this time'],
  ['--until <time>', 'requests before this time'],
] as const;

type RequestFlags = HarFlags & { readonly limit?: number; readonly json?: boolean; readonly follow?: boolean };
type HarFlags = AdminTarget & Omit<RequestFilter, 'worlds'> & { readonly allWorlds?: boolean };

/** Exit codes of `verify`. */
const VERDICT_EXIT = { yes: 0, no: 4, inconclusive: 5 } as const;

/** Adds `requests` and `verify`. */
export function addRequests(program: Command, terminal: Terminal): void {
  const print = (text: string): void => void terminal.stdout.write(`${text}\n`);
  const requests = program.command('requests').description('read the journal of a running Sideglance');
  const command = (usage: string, description: string, isDefault = false): Command => {
    const added = requests.command(usage, { isDefault }).description(description);
    for (const option of [urlFlag(), worldFlag(), tokenFlag()]) added.addOption(option);
    for (const [flags, text] of FILTER_FLAGS) added.addOption(ownFlag(flags, text));
    return added
      .addOption(ownFlag('--all-worlds', 'requests of all worlds'))
      .addOption(ownFlag('--status <status>', 'status of the response; 0 for none').argParser(parseCount))
      .addOption(ownFlag('--attempt <number>', 'number of the attempt').argParser(parseSize));
  };
  command('list', 'list the latest requests (the default)', true)
    .addOption(ownFlag('--limit <number>', 'maximum number of requests, 100 when omitted').argParser(parseSize))
    .addOption(ownFlag('--json', 'print the response of the admin API'))
    .addOption(ownFlag('-f, --follow', 'go on with new requests until stopped, after the latest 10 or --limit'))
    .action(async ({ follow: follows, ...flags }: RequestFlags) => {
      if (follows === true) await follow(flags, terminal);
      else print(await list(flags));
    });
  command('har', 'print the requests as an HTTP archive, HAR 1.2').action(async (flags: HarFlags) => {
    const { target, query } = split(flags);
    print(JSON.stringify(await callAdmin(target, 'exportRequests', { query }), null, 2));
  });
  addEntryCommands(requests, print);
  addVerify(program, print);
}

/** Adds what concerns one request, or the journal as a whole. */
function addEntryCommands(requests: Command, print: (text: string) => void): void {
  const command = (usage: string, description: string): Command => {
    const added = requests.command(usage).description(description);
    for (const option of [urlFlag(), worldFlag(), tokenFlag()]) added.addOption(option);
    return added;
  };
  command('show <id>', 'print a request with its headers and bodies, as JSON').action(
    async (id: string, target: AdminTarget) => {
      print(JSON.stringify(await callAdmin(target, 'showRequest', { params: { id } }), null, 2));
    },
  );
  command('image <id>', 'print the image of a request as it was before and after it, as JSON').action(
    async (id: string, target: AdminTarget) => {
      print(JSON.stringify(await callAdmin(target, 'showRequestImage', { params: { id } }), null, 2));
    },
  );
  command('natural <id>', 'print the response that a request would receive now if no rule fired, as JSON').action(
    async (id: string, target: AdminTarget) => {
      print(JSON.stringify(await callAdmin(target, 'showNaturalResponse', { params: { id } }), null, 2));
    },
  );
  command('history', 'print actions of the admin API and changes of images, as JSON')
    .addOption(ownFlag('--since <id>', 'only what happened after this request').argParser(parseCount))
    .action(async ({ since, ...target }: AdminTarget & { readonly since?: number }) => {
      const query = since === undefined ? {} : { since };
      print(JSON.stringify(await callAdmin(target, 'listHistory', { query }), null, 2));
    });
  command('clear', 'clear the journal').action(async (target: AdminTarget) => {
    await callAdmin(target, 'clearRequests', {});
    print(`the journal of world ${target.world} is empty`);
  });
  command('label [text]', 'label new requests; print the label without a text')
    .addOption(ownFlag('--remove', 'label no more requests'))
    .action(async (text: string | undefined, { remove, ...target }: AdminTarget & { readonly remove?: boolean }) => {
      const isChange = text !== undefined || remove === true;
      const { label } = isChange
        ? await callAdmin(target, 'setLabel', { body: { label: text ?? null } })
        : await callAdmin(target, 'showLabel', {});
      print(label ?? 'new requests get no label');
    });
}

function addVerify(program: Command, print: (text: string) => void): void {
  program
    .command('verify <expectation>')
    .description('check an expectation against the journal: JSON, or a file that holds it; "-" reads standard input')
    .addOption(urlFlag())
    .addOption(worldFlag())
    .addOption(tokenFlag())
    .addOption(ownFlag('--json', 'print the response of the admin API'))
    .action(async (given: string, { json, ...target }: AdminTarget & { readonly json?: boolean }) => {
      const verdict = await callAdmin(target, 'verifyRequests', { body: readJson<Verification>(given) });
      print(json === true ? JSON.stringify(verdict, null, 2) : describe(verdict));
      const exitCode = VERDICT_EXIT[verdict.result];
      if (exitCode !== 0) throw new CommandError('', exitCode);
    });
}

function split<F extends HarFlags>(flags: F) {
  const { url, world, adminToken, allWorlds, ...others } = flags;
  const query = { ...others, ...(allWorlds === true && { worlds: 'all' as const }) };
  return { target: { url, world, ...(adminToken !== undefined && { adminToken }) }, query };
}

async function list({ json, ...flags }: RequestFlags): Promise<string> {
  const { target, query } = split(flags);
  const view = json === true ? 'full' : 'summary';
  const input: AdminInputOf<'listRequests'> = { query: { ...query, view } };
  const response = await callAdmin(target, 'listRequests', input);
  if (json === true) return JSON.stringify(response, null, 2);
  const header = ['ID', 'TIME', 'STATUS', 'SOURCE', 'TRY', 'OPERATION', 'REQUEST'];
  const rows = [header, ...response.requests.map(rowOf)];
  if (flags.allWorlds !== true) return table(rows);
  const worlds = ['WORLD', ...response.requests.map(({ world }) => world)];
  return table(rows.map((row, index) => [worlds[index] as string, ...row]));
}

/** Number of earlier requests that are printed before new ones. */
const EARLIER = 10;

/** Prints the latest requests, and new ones as they come: a row each, or a JSON object a line. */
async function follow(flags: Omit<RequestFlags, 'follow'>, terminal: Terminal): Promise<void> {
  const { json, limit = EARLIER, ...others } = flags;
  const { target, query } = split(others);
  const isAll = flags.allWorlds === true;
  const show = (request: RequestView): void => {
    const cells = isAll ? [request.world, ...rowOf(request)] : rowOf(request);
    const widths = isAll ? [WORLD_WIDTH, ...WIDTHS] : WIDTHS;
    const row = cells.map((cell, at) => printable(cell).padEnd(widths[at] ?? 0)).join('  ');
    terminal.stdout.write(`${json === true ? JSON.stringify(request) : row}\n`);
  };
  const { requests } = await callAdmin(target, 'listRequests', { query: { ...query, limit } });
  for (const request of requests) show(request);
  const last = isAll ? requests.at(-1)?.sequence : requests.at(-1)?.id;
  await followRequests(target, {
    query: { ...query, ...(last !== undefined && { after: last }) },
    onRequest: show,
    stopped: () => terminal.stopped(),
  });
}

/** Widths of the columns of requests that are followed: they are printed before the next one is known. */
const WIDTHS = [5, 24, 6, 10, 3, 32] as const;
const WORLD_WIDTH = 8;

const rowOf = ({ id, time, status, source, outcome, attempt, operation, method, url }: RequestView): string[] => [
  String(id),
  new Date(time).toISOString(),
  status === 0 ? '-' : String(status),
  outcome === 'complete' ? source : `${source}, ${outcome}`,
  String(attempt),
  operation ?? '-',
  `${method} ${url}`,
];

function describe({ result, message, nearest }: Verdict): string {
  const misses = nearest.map(({ id, method, url, status, differences }) => {
    const lines = differences.map(
      ({ field, expected, found }) =>
        `    ${field}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`,
    );
    return [`  request ${id}: ${method} ${url}, status ${status}`, ...lines].join('\n');
  });
  return [`${result}: ${message}`, ...(misses.length > 0 ? ['nearest requests:', ...misses] : [])].join('\n');
}
