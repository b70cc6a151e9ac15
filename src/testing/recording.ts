import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { types } from 'node:util';
import type { WorldControl } from '../index.ts';

/** The test that a recording is about. */
export interface TestIdentity {
  /** Its full name, with the groups that it is in. */
  readonly name: string;
  /** Its file. */
  readonly file: string | undefined;
}

/** Longest part of a file name that comes from the name of the test. */
const MAX_SLUG = 80;

/**
 * Writes the recording of a failing test. A later run of the same test replaces it.
 * @param folder - the folder of all recordings.
 * @returns the file.
 */
export function writeRecording(folder: string, world: WorldControl, test: TestIdentity, error: unknown): string {
  const path = resolve(folder, fileName(test));
  const { name, file } = test;
  world.writeRecording(path, {
    kind: 'test',
    name,
    ...(file !== undefined && { file }),
    verdict: 'fail',
    error: String(error),
  });
  return path;
}

/** A readable name, and a digest that tells tests with similar names apart. */
function fileName({ name, file = '' }: TestIdentity): string {
  const slug = name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  const digest = createHash('sha256').update(`${file}\0${name}`).digest('hex').slice(0, 8);
  return `${[...slug].slice(0, MAX_SLUG).join('')}-${digest}.json`;
}

/** Adds the path of a recording to the message of an error, which test runners print. */
export function withRecording(error: unknown, path: string): Error {
  const note = `\n\nRecording: ${path}`;
  // Errors of Node are of another realm than those of a test in Jest.
  if (!types.isNativeError(error)) return new Error(`${String(error)}${note}`, { cause: error });
  const { message, stack } = error;
  error.message = `${message}${note}`;
  if (stack !== undefined) error.stack = stack.replace(message, () => error.message);
  return error;
}
