import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { InputError } from '../input/input-error.ts';

/** How long a process that was just killed may take to be gone. */
const PATIENCE_MILLISECONDS = 2000;
const STEP_MILLISECONDS = 50;

/**
 * Takes a state file for this process; two that write one log would spoil it.
 * @returns what gives it back.
 * @throws InputError while another process that lives has it.
 */
export async function lockState(file: string): Promise<() => void> {
  const path = `${file}.lock`;
  for (let waited = 0; !takes(file, path); waited += STEP_MILLISECONDS) {
    const owner = ownerOf(path);
    if (owner === undefined || !isAlive(owner)) {
      rmSync(path, { force: true });
    } else if (waited >= PATIENCE_MILLISECONDS) {
      const message = `is in use by process ${owner.pid} (see ${path})`;
      throw new InputError(file, [{ pointer: '', message, allowed: 'a file of its own for each process' }]);
    } else {
      await wait(STEP_MILLISECONDS);
    }
  }
  return () => rmSync(path, { force: true });
}

interface Owner {
  readonly pid: number;
  /** When it started, where the system tells: numbers come round again. */
  readonly started: string;
}

function takes(file: string, path: string): boolean {
  try {
    writeFileSync(path, `${process.pid} ${statusOf(process.pid)?.started ?? ''}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw unusable(file, error);
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

function isAlive({ pid, started }: Owner): boolean {
  // In a container every run may have the same number; it is not us, so whoever had it is gone.
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const status = statusOf(pid);
  if (status === undefined) return true;
  // Killed, but its parent has not asked how it ended.
  if (status.state === 'Z' || status.state === 'X') return false;
  return started === '' || started === status.started;
}

/** What Linux tells of a process; `undefined` elsewhere. */
function statusOf(
  pid: number,
): { readonly state: string | undefined; readonly started: string | undefined } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold anything; the state is the third field, the start the twenty-second.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0], started: fields[19] };
  } catch {
    return undefined;
  }
}

/** What to tell the user of a file that the system does not let us use. */
export const unusable = (file: string, error: unknown): InputError =>
  new InputError(file, [
    {
      pointer: '',
      message: `cannot be used (${(error as NodeJS.ErrnoException).code ?? String(error)})`,
      allowed: 'a file that can be read and written',
    },
  ]);
