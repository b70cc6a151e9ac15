import { fork } from 'node:child_process';
import { once } from 'node:events';

/** What a metered server has used. */
export interface Reading {
  /** The longest processor time for which one callback held the event loop since the last reading, in milliseconds. */
  readonly longest: number;
  /** The real time that passed meanwhile: longer, if other processes had the processor. */
  readonly longestElapsed: number;
  /** The longest collection of garbage since the last reading, in milliseconds. */
  readonly longestCollection: number;
  /** Processor time of the process since its start, in milliseconds. */
  readonly cpu: number;
  /** Resident memory, in bytes. */
  readonly rss: number;
  /** Used heap, in bytes. */
  readonly heapUsed: number;
  /** Stack traces of errors of Sideglance itself since the last reading. */
  readonly internalErrors: readonly string[];
  /** Whether a prototype of JavaScript has other members than at the start. */
  readonly isPolluted: boolean;
}

/** A server in a process of its own, whose use of the processor is measured. */
export interface MeteredServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Returns what was measured since the last call. */
  read(): Promise<Reading>;
  /** What the process wrote to standard error. */
  errors(): string;
  /** Whether the process still runs. */
  isAlive(): boolean;
  stop(): Promise<void>;
}

const METER = new URL('meter.mjs', import.meta.url).href;

/**
 * Starts `serve` on a free port with the meter.
 * @param cli - path of the bundled command line.
 */
export async function startMetered(cli: string, args: readonly string[] = []): Promise<MeteredServer> {
  const child = fork(cli, ['serve', '--port', '0', ...args], {
    execArgv: ['--import', METER],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (chunk: Buffer) => {
      texts[name] += chunk.toString();
    });
  }
  const exit = once(child, 'exit');
  let port: string | undefined;
  while (port === undefined) {
    if (child.exitCode !== null) throw new Error(`serve ended with ${child.exitCode}: ${texts.stderr}`);
    await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), exit]);
    port = /\(port (\d+)\)\n/.exec(texts.stdout)?.[1];
  }
  return {
    url: `http://127.0.0.1:${port}`,
    port: Number(port),
    pid: child.pid as number,
    read: async () => {
      if (!child.connected)
        throw new Error(`the server ended with ${child.exitCode ?? child.signalCode}: ${texts.stderr}`);
      child.send('read');
      return ((await once(child, 'message')) as [Reading])[0];
    },
    errors: () => texts.stderr,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exit;
    },
  };
}
