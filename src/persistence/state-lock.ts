import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { InputError } from '../input/input-error.ts';

/** How long to wait for the owner of a lock: a process that was just killed may take a moment to end. */
const MAX_WAIT_MILLISECONDS = 2000;
const RETRY_MILLISECONDS = 50;

/** The process that holds a lock. */
interface Owner {
  readonly pid: number;
  /** Start time as Linux reports it, since process ids are reused; empty on other systems. */
  readonly started: string;
}

/** State and start time of a process, as Linux reports them. */
interface ProcessStatus {
  readonly state: string | undefined;
  readonly started: string | undefined;
}

/**
 * Locks a state file with `FILE.lock`, since two processes that write one log would destroy it.
 * @returns a function that releases the lock.
 * @throws InputError if a running process holds the lock.
 */
export async function lockState(file: string): Promise<() => void> {
  const path = `${file}.lock`;
  for (let waited = 0; !createLock(file, path); waited += RETRY_MILLISECONDS) {
    const owner = ownerOf(path);
    if (owner === undefined || !isRunning(owner)) {
      rmSync(path, { force: true });
    } else if (waited >= MAX_WAIT_MILLISECONDS) {
      const message = `is in use by process ${owner.pid} (see ${path})`;
      throw new InputError(file, [{ pointer: '', message, allowed: 'a state file that no other process uses' }]);
    } else {
      await wait(RETRY_MILLISECONDS);
    }
  }
  return () => rmSync(path, { force: true });
}

/** Creates the lock file. Returns whether it did not exist. */
function createLock(file: string, path: string): boolean {
  try {
    writeFileSync(path, `${process.pid} ${statusOf(process.pid)?.started ?? ''}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cannotBeUsed(file, error);
  }
}

function ownerOf(path: string): Owner | undefined {
  try {
    const [pid, started = ''] = readFileSync(path, 'utf8').trim().split(' ');
    return { pid: Number(pid), started };
  } catch {
    return undefined;
  }
}

function isRunning({ pid, started }: Owner): boolean {
  // In a container, each run may have the same process id. This process has no lock yet, so the owner was a former run.
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const status = statusOf(pid);
  if (status === undefined) return true;
  // A process that has ended stays in this state until its parent reads the exit code.
  if (status.state === 'Z' || status.state === 'X') return false;
  return started === '' || started === status.started;
}

/** Returns the status of a process; `undefined` on systems other than Linux. */
function statusOf(pid: number): ProcessStatus | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the name in parentheses and may contain spaces. State is the third field, start the 22nd.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0], started: fields[19] };
  } catch {
    return undefined;
  }
}

/** Creates the error for a file that the operating system does not let the process read or write. */
export const cannotBeUsed = (file: string, error: unknown): InputError =>
  new InputError(file, [
    {
      pointer: '',
      message: `cannot be used (${(error as NodeJS.ErrnoException).code ?? String(error)})`,
      allowed: 'a file that can be read and written',
    },
  ]);
