import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { InputError } from './input-error.ts';

/**
 * Takes a state file for this process; two that write one log would spoil it.
 * @returns what gives it back.
 * @throws InputError while another process that lives has it.
 */
export function lockState(file: string): () => void {
  const path = `${file}.lock`;
  const take = (): void => writeFileSync(path, `${process.pid}\n`, { flag: 'wx' });
  try {
    take();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unusable(file, error);
    const owner = Number.parseInt(readFileSync(path, 'utf8'), 10);
    // In a container every run may have the same number; it is not us, so whoever had it is gone.
    if (owner !== process.pid && isAlive(owner)) {
      throw new InputError(file, [
        {
          pointer: '',
          message: `is in use by process ${owner} (see ${path})`,
          allowed: 'a file of its own for each process',
        },
      ]);
    }
    rmSync(path, { force: true });
    take();
  }
  return () => rmSync(path, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
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
