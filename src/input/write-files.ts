import { mkdirSync } from 'node:fs';
import { InputError } from './input-error.ts';

/**
 * Does something that writes to a path, and returns its result.
 * @param allowed - what the path has to be, for the error.
 * @throws InputError if it fails: wrong path, no permission, full disk.
 */
export function written<T>(path: string, allowed: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw new InputError(path, [{ pointer: '', message: `cannot be written: ${(error as Error).message}`, allowed }]);
  }
}

/** Creates a folder unless it exists. @throws InputError for a path that cannot be one. */
export const createFolder = (path: string): void =>
  void written(path, 'a folder that can be created', () => mkdirSync(path, { recursive: true }));
