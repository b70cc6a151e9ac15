import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { Command } from 'commander';
import { type Departure, type Replay, type ReplayOptions, type ReplayResult, startReplay } from '../../index.ts';
import { CommandError } from '../client.ts';
import { type Colors, colorsFor } from '../colors.ts';
import { ownFlag, parseKeepAlive, parseListen, parsePort } from '../options.ts';
import type { Terminal } from '../terminal.ts';

interface ReplayFlags extends Pick<ReplayOptions, 'listen' | 'keepAlive'> {
  readonly port: number;
  readonly host: string;
  readonly fast?: boolean;
  readonly strict?: boolean;
  readonly ignore?: readonly string[];
}

type ClientProcess = ChildProcessByStdio<null, Readable, Readable>;

/** Exit codes by result. */
const EXIT = { same: 0, departed: 4, missing: 4, inexact: 5, empty: 5 } as const;

/** Adds `replay`. */
export function addReplay(program: Command, terminal: Terminal): void {
  program
    .command('replay <file> [command...]')
    .description('respond as in a recording, until stopped or until the command ends')
    .addOption(ownFlag('--port <number>', 'port of all APIs; 0 picks a free port').default(0).argParser(parsePort))
    .addOption(ownFlag('--host <address>', 'address to listen on').default('127.0.0.1'))
    .addOption(
      ownFlag('--listen <api=port,...>', 'own ports for single APIs: image-v2=9292,identity=5000').argParser(
        parseListen,
      ),
    )
    .addOption(
      ownFlag('--keep-alive <time>', 'time after which idle connections are closed, or "close"').argParser(
        parseKeepAlive,
      ),
    )
    .addOption(ownFlag('--fast', 'send responses at once, and not after the recorded time'))
    .addOption(ownFlag('--strict', 'stop at the first request that is not in the recording, without a response'))
    .addOption(
      ownFlag(
        '--ignore <field>',
        'field of requests that may differ: "header accept", "body /name"; repeatable',
      ).argParser((field: string, before: readonly string[] = []) => [...before, field]),
    )
    .action((file: string, command: readonly string[], flags: ReplayFlags) =>
      replay(file, { command, flags }, terminal),
    );
}

interface ReplayCommand {
  readonly command: readonly string[];
  readonly flags: ReplayFlags;
}

async function replay(file: string, { command, flags }: ReplayCommand, terminal: Terminal): Promise<void> {
  const { stdout } = terminal;
  const colors = colorsFor(stdout);
  const print = (lines: readonly string[]): void => void stdout.write(lines.map((line) => `${line}\n`).join(''));
  let depart = (): void => undefined;
  const departed = new Promise<void>((resolve) => {
    depart = resolve;
  });
  const onDeparture = (departure: Departure): void => {
    print(departureLines(departure, colors));
    depart();
  };
  if (command[0] === '') throw new CommandError('the command has no program; allowed: a program and its arguments', 2);
  const replaying = await startReplay(file, { ...flags, onDeparture });
  try {
    print(welcomeLines(replaying, colors));
    const isOver = [terminal.stopped(), ...(flags.strict === true ? [departed] : [])];
    if (command.length === 0) await Promise.race(isOver);
    else await runClient(replaying, { command, isOver }, terminal);
    const result = replaying.result();
    print(resultLines(result, colors));
    if (EXIT[result.result] !== 0) throw new CommandError('', EXIT[result.result]);
  } finally {
    await replaying.close();
  }
}

/** Runs a command until it ends or something else does. Its children end with it. */
async function runClient(
  replaying: Replay,
  { command, isOver }: { readonly command: readonly string[]; readonly isOver: readonly Promise<void>[] },
  { stdout, stderr }: Terminal,
): Promise<void> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    env: replaying.environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let last = NEWLINE;
  child.stdout.on('data', (chunk: Buffer) => {
    last = chunk.at(-1) ?? last;
  });
  child.stdout.pipe(stdout, { end: false });
  child.stderr.pipe(stderr, { end: false });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', ({ message }) => reject(new CommandError(`cannot run ${program}: ${message}`)));
    child.once('exit', () => {
      killGroup(child);
      untilClosed(child, resolve);
    });
  });
  try {
    await Promise.race([ended, ...isOver]);
  } finally {
    killGroup(child);
    // The result begins a line of its own.
    if (last !== NEWLINE) stdout.write('\n');
  }
}

const NEWLINE = '\n'.charCodeAt(0);

/** Milliseconds that a process outside the group, such as a daemon, may keep the output open after the command has ended. */
const STREAM_GRACE = 1000;

/** Calls back once all output has been read, or a daemon has kept it open for too long. */
function untilClosed({ stdout, stderr }: ClientProcess, done: () => void): void {
  const give = setTimeout(() => {
    stdout.destroy();
    stderr.destroy();
  }, STREAM_GRACE);
  void Promise.all([stdout, stderr].map((stream) => stream.closed || once(stream, 'close'))).then(() => {
    clearTimeout(give);
    done();
  });
}

function killGroup({ pid }: ClientProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing is left of it.
  }
}

function welcomeLines({ cloud, world, head }: Replay, { quiet }: Colors): readonly string[] {
  const { name = head.world.name } = head.about;
  return [
    `Sideglance ${cloud.version} replays ${name} on ${cloud.url} (port ${cloud.port})`,
    ...Object.entries(cloud.own).map(([api, url]) => `  ${api} listens on ${url}`),
    quiet(`  settings for clients: sideglance env --url ${cloud.url} --world ${world.name}`),
  ];
}

function departureLines(
  { reason, number, request, expected, differences }: Departure,
  colors: Colors,
): readonly string[] {
  const came = `${request.method} ${request.url}`;
  const why = {
    different: 'is not in the recording',
    order: 'came before an earlier one',
    more: 'came after the last one of the recording',
  }[reason];
  return [
    colors.bad(`The client departs at request ${number}: ${came} ${why}.`),
    ...(expected === undefined ? [] : [`  expected request ${expected.id}: ${expected.method} ${expected.url}`]),
    ...differences.map((each) => `  ${each.field}: expected ${shown(each.expected)}, found ${shown(each.found)}`),
  ];
}

const MAX_SHOWN = 200;

const shown = (value: string | undefined): string => (value === undefined ? 'nothing' : value.slice(0, MAX_SHOWN));

function resultLines({ result, requests, played, missing, notes }: ReplayResult, colors: Colors): readonly string[] {
  const summary =
    requests === 0
      ? 'the recording has no requests, so nothing was compared'
      : `${played} of ${requests} recorded requests came`;
  const paint = result === 'same' ? colors.good : colors.bad;
  return [
    ...notes.map(({ request, message }) =>
      colors.warning(request === 0 ? `  ${message}` : `  response to request ${request}: ${message}`),
    ),
    ...(result === 'missing' ? missing.map(({ id, method, url }) => `  missing: request ${id}, ${method} ${url}`) : []),
    paint(`${result}: ${summary}.`),
  ];
}
