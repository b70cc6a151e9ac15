import {
  existsSync,
  lstatSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../input/input-error.ts';
import { dataOf, logOf, newFileOf, newLogOf, oldLogOf } from './state-paths.ts';

/** The logs of a state file that exist. */
export interface LogPaths {
  readonly log: string | undefined;
  readonly old: string | undefined;
}

/**
 * Returns the absolute path of a state file without symbolic links, so that a file has the same log and lock under each of its
 * names.
 * @throws InputError for something other than a file, and for a file with several hard links: each would get content of its own.
 */
export function realPathOf(path: string): string {
  const file = followLinks(resolve(path));
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats !== undefined) assertOneFile(file, stats);
  return file;
}

function followLinks(path: string): string {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
    return followLinks(resolve(dirname(path), readlinkSync(path)));
  }
  const directory = dirname(path);
  return existsSync(directory) ? join(realpathSync(directory), basename(path)) : path;
}

function assertOneFile(file: string, stats: Stats): void {
  if (!stats.isFile()) {
    throw new InputError(file, [{ pointer: '', message: 'is not a file', allowed: 'a file, or a path for a new one' }]);
  }
  if (stats.nlink === 1) return;
  const message = 'has several names (hard links), of which only one would be written';
  const found = `${stats.nlink} names`;
  throw new InputError(file, [{ pointer: '', message, found, allowed: 'a file with one name; copy it instead' }]);
}

/** Returns the logs of a state file that exist, also if the process ended while it replaced one by another. */
export function logPaths(file: string): LogPaths {
  const existing = (path: string): string | undefined => (existsSync(path) ? path : undefined);
  const log = existing(logOf(file));
  const old = existing(oldLogOf(file));
  const isReplacing = log === undefined && old !== undefined && existsSync(newLogOf(file));
  return isReplacing ? { log: old, old: undefined } : { log, old };
}

/** Removes files that were not complete when the process ended, and gives the log its name back. */
export function tidyUp(file: string): void {
  if (logPaths(file).log === oldLogOf(file)) renameSync(oldLogOf(file), logOf(file));
  rmSync(newLogOf(file), { force: true });
  rmSync(newFileOf(file), { force: true });
}

/**
 * Checks that a state file that does not exist has left nothing behind.
 * @throws InputError if there is a log or image data.
 */
export function assertNothingMissing(file: string): void {
  const { log, old } = logPaths(file);
  const left = log ?? old;
  if (left !== undefined) {
    const message = `the log continues ${file}, which does not exist`;
    throw new InputError(left, [{ pointer: '', message, allowed: 'a log and a state file of the same run' }]);
  }
  const count = dataFilesOf(file).length;
  if (count === 0) return;
  const message = `is missing, but ${dataOf(file)} holds image data`;
  const allowed = 'the state file of the data; remove the directory to start anew';
  throw new InputError(file, [{ pointer: '', message, found: `${count} files`, allowed }]);
}

/** Names of files with image data. Other files in the directory are not those of Sideglance. */
const DATA_NAME = /^[0-9a-f-]{36}\.blob$/;

/** Lists the names of the files with image data of a state file. */
export function dataFilesOf(file: string): readonly string[] {
  try {
    return readdirSync(dataOf(file)).filter((name) => DATA_NAME.test(name));
  } catch {
    return [];
  }
}
