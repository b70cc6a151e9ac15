import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach } from '@jest/globals';
import { runCli } from '../../src/cli/run.ts';
import { CLI } from './build.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Exit status and output of a command. */
export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running command. */
export interface Running {
  /** Returns the standard output so far. */
  output(): string;
  /** Returns the standard error so far. */
  errors(): string;
  /** Calls `listener` after each write to standard output or standard error. */
  onOutput(listener: () => void): void;
  /** Asks the command to stop, as SIGTERM does. */
  stop(): void;
  readonly finished: Promise<Finished>;
}

/** A command that runs as a separate process. */
export interface CliProcess extends Running {
  readonly child: ChildProcess;
}

export interface CliOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Maximum size of the files that the process may write, in KiB: more fails as it does on a full disk. */
  readonly maxFileKibibytes?: number;
}

const running = new Set<Running>();
const children = new Set<ChildProcess>();

afterEach(async () => {
  for (const child of children) {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  for (const command of running) {
    command.stop();
    await command.finished;
  }
  children.clear();
  running.clear();
});

/** A stream that collects its text. */
class Transcript extends Writable {
  text = '';
  readonly isTTY: boolean;

  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    this.emit('written');
    done();
  }
}

/** Starts a command in this process. It is stopped after the test. @param isTTY - whether its output is a terminal. */
export function startCli(args: readonly string[], isTTY = false): Running {
  const [stdout, stderr] = [new Transcript(isTTY), new Transcript(isTTY)];
  let stop = (): void => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const finished = runCli(args, { stdout, stderr, stopped: () => stopped }).then((code) => ({
    code,
    signal: null,
    stdout: stdout.text,
    stderr: stderr.text,
  }));
  const command = {
    output: () => stdout.text,
    errors: () => stderr.text,
    onOutput: (listener: () => void) => {
      for (const stream of [stdout, stderr]) stream.on('written', listener);
    },
    stop,
    finished,
  };
  running.add(command);
  return command;
}

/** Starts a command as a separate process. It is killed after the test. */
export function spawnCli(args: readonly string[], { env, cwd = ROOT, maxFileKibibytes }: CliOptions = {}): CliProcess {
  const command = [process.execPath, CLI, ...args];
  const limited = ['bash', '-c', `ulimit -f ${maxFileKibibytes}; exec "$@"`, 'bash', ...command];
  const [file = '', ...rest] = maxFileKibibytes === undefined ? command : limited;
  const child = spawn(file, rest, {
    env: { ...process.env, ...env },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => {
      texts[name] += chunk.toString();
    });
  }
  return {
    child,
    output: () => texts.stdout,
    errors: () => texts.stderr,
    onOutput: (listener) => {
      for (const stream of [child.stdout, child.stderr]) stream.on('data', listener);
    },
    stop: () => void child.kill('SIGTERM'),
    finished: once(child, 'close').then(([code, signal]) => ({ code, signal, ...texts })),
  };
}

/** Runs a command to its end. Uses this process, or a separate one when `options` sets its environment. */
export const run = (args: readonly string[], options?: CliOptions): Promise<Finished> =>
  (options === undefined ? startCli(args) : spawnCli(args, options)).finished;

/** A server started by `serve`. */
export type Served<R extends Running = Running> = R & { readonly url: string; readonly port: number };

/** Waits until `serve` prints its port. */
async function untilServing<R extends Running>(command: R): Promise<Served<R>> {
  const port = await new Promise<number>((resolve, reject) => {
    const checkOutput = (): void => {
      const match = /\(port (\d+)\)\n/.exec(command.output());
      if (match !== null) resolve(Number(match[1]));
    };
    command.onOutput(checkOutput);
    checkOutput();
    command.finished.then(({ code, stderr }) => reject(new Error(`serve ended with ${code}: ${stderr}`)), reject);
  });
  return { ...command, port, url: `http://127.0.0.1:${port}` };
}

/** Starts `serve` on a free port with a terminal as its output. */
export const serveOnTerminal = (args: readonly string[] = []): Promise<Served> =>
  untilServing(startCli(['serve', '--port', '0', ...args], true));

/** Waits until a condition about the output of a command holds. */
export const untilOutput = (command: Running, holds: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const check = (): void => {
      if (holds()) resolve();
    };
    command.onOutput(check);
    check();
  });

/** Starts `serve` on a free port. Uses this process, or a separate one when `options` sets its environment. */
export const serve = (args: readonly string[] = [], options?: CliOptions): Promise<Served> =>
  options === undefined ? untilServing(startCli(['serve', '--port', '0', ...args])) : serveProcess(args, options);

/** Starts `serve` on a free port as a separate process, for tests of signals, kills and memory. */
export const serveProcess = (args: readonly string[] = [], options?: CliOptions): Promise<Served<CliProcess>> =>
  untilServing(spawnCli(['serve', '--port', '0', ...args], options));
