import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach } from '@jest/globals';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const running = new Set<ChildProcess>();

afterEach(async () => {
  for (const child of running) {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  running.clear();
});

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line as a process. */
export interface CliProcess {
  readonly child: ChildProcess;
  /** What it has written to standard output so far. */
  output(): string;
  /** When it has ended. */
  readonly finished: Promise<Finished>;
}

/** Variables that the tests' own surroundings must not bring in. */
const surroundings = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(SIDEGLANCE|NODE_OPTIONS)/.test(name)));

/** Starts the command line. It is ended with the test, if it has not ended by itself. */
export function cli(
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string } = {},
): CliProcess {
  const child = spawn(
    process.execPath,
    ['--import', new URL('node_modules/tsx/dist/esm/index.mjs', `file://${ROOT}`).href, MAIN, ...args],
    {
      env: { ...surroundings(), ...options.env },
      cwd: options.cwd ?? ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  running.add(child);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const finished = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    stdout,
    stderr,
  }));
  return { child, output: () => stdout, finished };
}

/** Runs the command line to its end. */
export const run = (...parameters: Parameters<typeof cli>): Promise<Finished> => cli(...parameters).finished;

export interface Served extends CliProcess {
  readonly url: string;
  readonly port: number;
}

/** Starts `serve` on a free port and waits until it says which. */
export async function serve(args: readonly string[] = [], options: Parameters<typeof cli>[1] = {}): Promise<Served> {
  const process = cli(['serve', '--port', '0', ...args], options);
  const port = await new Promise<number>((resolve, reject) => {
    process.child.stdout?.on('data', () => {
      const found = /\(port (\d+)\)\n/.exec(process.output());
      if (found !== null) resolve(Number(found[1]));
    });
    process.finished.then(({ code, stderr }) => reject(new Error(`serve ended with ${code}: ${stderr}`)), reject);
  });
  return { ...process, port, url: `http://127.0.0.1:${port}` };
}
