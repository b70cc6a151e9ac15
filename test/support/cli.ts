import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach } from '@jest/globals';
import { runCli } from '../../src/cli/run.ts';
import { CLI } from './build.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** How a command ended, and what it wrote. */
export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export interface Running {
  /** What it has written to standard output so far. */
  output(): string;
  /** Calls back with each part that is written to standard output. */
  onOutput(listener: () => void): void;
  /** Asks it to stop, as SIGTERM does. */
  stop(): void;
  readonly finished: Promise<Finished>;
}

/** The command line as a process of its own. */
export interface CliProcess extends Running {
  readonly child: ChildProcess;
}

export interface CliOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
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

/** A stream that keeps what is written to it. */
class Transcript extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    this.emit('written');
    done();
  }
}

/** Starts the command line in this process. It is stopped after the test, if it is still running. */
export function startCli(args: readonly string[]): Running {
  const [stdout, stderr] = [new Transcript(), new Transcript()];
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
    onOutput: (listener: () => void) => void stdout.on('written', listener),
    stop,
    finished,
  };
  running.add(command);
  return command;
}

/** Starts the command line as a process of its own. It is killed after the test, if it is still running. */
export function spawnCli(args: readonly string[], { env, cwd = ROOT }: CliOptions = {}): CliProcess {
  const child = spawn(process.execPath, [CLI, ...args], {
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
    onOutput: (listener) => void child.stdout.on('data', listener),
    stop: () => void child.kill('SIGTERM'),
    finished: once(child, 'close').then(([code, signal]) => ({ code, signal, ...texts })),
  };
}

/** Runs a command to its end: in this process, unless it needs variables or a directory of its own. */
export const run = (args: readonly string[], options?: CliOptions): Promise<Finished> =>
  (options === undefined ? startCli(args) : spawnCli(args, options)).finished;

/** A server that the command line started. */
export type Served<R extends Running = Running> = R & { readonly url: string; readonly port: number };

/** Waits until `serve` says which port it took. */
async function served<R extends Running>(command: R): Promise<Served<R>> {
  const port = await new Promise<number>((resolve, reject) => {
    const look = (): void => {
      const found = /\(port (\d+)\)\n/.exec(command.output());
      if (found !== null) resolve(Number(found[1]));
    };
    command.onOutput(look);
    look();
    command.finished.then(({ code, stderr }) => reject(new Error(`serve ended with ${code}: ${stderr}`)), reject);
  });
  return { ...command, port, url: `http://127.0.0.1:${port}` };
}

/** Starts `serve` on a free port: in this process, unless it needs variables or a directory of its own. */
export const serve = (args: readonly string[] = [], options?: CliOptions): Promise<Served> =>
  options === undefined ? served(startCli(['serve', '--port', '0', ...args])) : serveProcess(args, options);

/** Starts `serve` on a free port as a process of its own, for what only a process shows: signals, kills, memory. */
export const serveProcess = (args: readonly string[] = [], options?: CliOptions): Promise<Served<CliProcess>> =>
  served(spawnCli(['serve', '--port', '0', ...args], options));
