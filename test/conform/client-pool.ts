import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Mistake } from '../../src/conform/mistakes.ts';

const WORKER = fileURLToPath(new URL('../support/reference-client/worker.mjs', import.meta.url));

/** What a client is asked to do. */
export interface ClientTask {
  readonly env: Readonly<Record<string, string>>;
  /** Mistakes that it makes. */
  readonly mistakes: readonly Mistake[];
  /** Milliseconds that it may take. */
  readonly timeout: number;
}

/** How it ended; `undefined` if it took too long. */
export type ClientAnswer = { readonly code: number; readonly message: string } | undefined;

/** Processes that run the reference client, so that not every task has to start one. */
export class ClientPool {
  readonly #idle: ChildProcess[] = [];

  /** Runs a task in a process of its own, or one that has ended its task. */
  async run({ env, mistakes, timeout }: ClientTask): Promise<ClientAnswer> {
    const child = this.#idle.pop() ?? fork(WORKER, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    child.send({ env, mistakes });
    const late = new AbortController();
    const ended = await Promise.race([
      once(child, 'message', { signal: late.signal }),
      sleep(timeout, undefined, { signal: late.signal }),
    ]);
    late.abort();
    if (ended === undefined) {
      child.kill('SIGKILL');
      return undefined;
    }
    this.#idle.push(child);
    return ended[0] as ClientAnswer;
  }

  /** Ends the processes. */
  close(): void {
    for (const child of this.#idle.splice(0)) child.kill();
  }
}
