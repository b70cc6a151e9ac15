import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { SOURCES } from '../build.ts';

/** A server in a process of its own whose parts can be broken. */
export interface BrokenServer {
  readonly url: string;
  /** Makes a part of `broken-parts.mjs` throw the next time that it is used. */
  break(part: string): Promise<void>;
  /** Standard error since the last part was broken. */
  errors(): string;
  /** Waits until standard error has a text. */
  reported(text: string): Promise<void>;
  isAlive(): boolean;
  stop(): Promise<void>;
}

/** Starts a server with the default fixtures. */
export async function startBroken(): Promise<BrokenServer> {
  const path = fileURLToPath(new URL('broken-server.mjs', import.meta.url));
  const child = fork(path, [SOURCES], { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const exit = once(child, 'exit');
  const ended = exit.then(() => {
    throw new Error(`the server ended: ${errors}`);
  });
  ended.catch(() => undefined);
  const receive = async (): Promise<{ readonly port?: number }> =>
    ((await Promise.race([once(child, 'message'), ended])) as [{ readonly port?: number }])[0];
  const { port } = await receive();
  return {
    url: `http://127.0.0.1:${port}`,
    break: async (part) => {
      errors = '';
      const done = receive();
      child.send(part);
      await done;
    },
    errors: () => errors,
    reported: async (text) => {
      while (!errors.includes(text)) await Promise.race([once(child.stderr as NodeJS.ReadableStream, 'data'), ended]);
    },
    isAlive: () => child.exitCode === null && child.signalCode === null,
    stop: async () => {
      child.kill('SIGKILL');
      await exit;
    },
  };
}
