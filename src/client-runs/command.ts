import { type ChildProcess, spawn } from 'node:child_process';
import { type OutputTail, TailBuffer } from './output-tail.ts';

/** A command, and how long it may run. */
export interface CommandOptions {
  /** The program and its arguments. No shell is involved. */
  readonly command: readonly string[];
  readonly cwd?: string | undefined;
  /** The whole environment. */
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds after which the command is stopped. */
  readonly timeout: number;
  /** Milliseconds between SIGTERM and SIGKILL; 1000 when omitted. */
  readonly grace?: number | undefined;
  /** Stops the command. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * How a command ended.
 * - `exited`: by itself, with an exit code.
 * - `signalled`: by a signal that this process did not send.
 * - `timed out`, `aborted`: it was stopped, at the deadline or by `signal`.
 * - `not started`: the program could not be started.
 */
export type EndKind = 'exited' | 'signalled' | 'timed out' | 'aborted' | 'not started';

/** The end of a command. */
export interface ClientEnd {
  readonly kind: EndKind;
  /** `null` unless it exited by itself, even after a signal. */
  readonly exitCode: number | null;
  /** The signal that ended it. */
  readonly signal: NodeJS.Signals | null;
  /** Why it could not be started. */
  readonly error?: string;
  readonly milliseconds: number;
  readonly stdout: OutputTail;
  readonly stderr: OutputTail;
}

const DEFAULT_GRACE = 1000;

/** Milliseconds that a process outside the group may keep the output streams open after the command has ended. */
const STREAM_GRACE = 200;

/**
 * Runs a command in a process group of its own, so that its children end with it: at the deadline the group gets SIGTERM,
 * and SIGKILL when the command does not end; when the command has ended, what is left of the group gets SIGKILL. Only a
 * child that begins a session of its own, as daemons do, can stay. Standard input is empty.
 */
export function runCommand(options: CommandOptions): Promise<ClientEnd> {
  const started = performance.now();
  const { command, cwd, env } = options;
  const [program = '', ...args] = command;
  const tails = { stdout: new TailBuffer(), stderr: new TailBuffer() };
  const child = spawn(program, args, {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A new session, and with it a new process group whose id is that of the child.
    detached: true,
    ...(cwd !== undefined && { cwd }),
  });
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (chunk: Buffer) => tails[name].add(chunk));
  }
  const stop = stopAtDeadline(child, options);
  return new Promise((resolve) => {
    const finish = (end: Pick<ClientEnd, 'kind' | 'exitCode' | 'signal' | 'error'>, endedAt: number): void => {
      const milliseconds = endedAt - started;
      resolve({ ...end, milliseconds, stdout: tails.stdout.read(), stderr: tails.stderr.read() });
    };
    child.once('error', ({ message }) => {
      stop.cancel();
      finish({ kind: 'not started', exitCode: null, signal: null, error: message }, performance.now());
    });
    child.once('exit', (exitCode, signal) => {
      const endedAt = performance.now();
      stop.cancel();
      killGroup(child, 'SIGKILL');
      const kind = stop.reason() ?? (signal === null ? 'exited' : 'signalled');
      untilClosed(child, () => finish({ kind, exitCode, signal }, endedAt));
    });
  });
}

interface Stop {
  /** Why the command is being stopped; `undefined` if it is not. */
  reason(): 'timed out' | 'aborted' | undefined;
  /** Ends the deadline. */
  cancel(): void;
}

function stopAtDeadline(child: ChildProcess, { timeout, grace = DEFAULT_GRACE, signal }: CommandOptions): Stop {
  let reason: ReturnType<Stop['reason']>;
  let force: NodeJS.Timeout | undefined;
  const stop = (why: 'timed out' | 'aborted'): void => {
    if (reason !== undefined) return;
    reason = why;
    killGroup(child, 'SIGTERM');
    force = setTimeout(() => killGroup(child, 'SIGKILL'), grace);
  };
  const deadline = setTimeout(() => stop('timed out'), timeout);
  const abort = (): void => stop('aborted');
  if (signal?.aborted === true) abort();
  signal?.addEventListener('abort', abort, { once: true });
  return {
    reason: () => reason,
    cancel: () => {
      clearTimeout(deadline);
      clearTimeout(force);
      signal?.removeEventListener('abort', abort);
    },
  };
}

/** Sends a signal to the process group of a command, if there still is one. */
function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // EPERM: on macOS, when only zombies are left in the group.
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Calls back once all output has been read, or a process outside the group has kept the streams open for too long. */
function untilClosed(child: ChildProcess, done: () => void): void {
  const give = setTimeout(() => {
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, STREAM_GRACE);
  child.once('close', () => {
    clearTimeout(give);
    done();
  });
}
