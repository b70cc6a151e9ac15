import { closeSync, constants, fstatSync, openSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import type { InputIssue } from './input-error.ts';

/** Limits of the files that input of an untrusted origin may name. */
export interface FileAccess {
  /** Absolute paths of the folders below which files may be read. */
  readonly folders: readonly string[];
  /** Maximum size of a file, in bytes. */
  readonly maxBytes: number;
}

/** Why a file cannot be read: the parts of an issue besides its pointer. */
type Refusal = Omit<InputIssue, 'pointer'>;

/** Thrown for a file that may not or cannot be read. */
export class UnreadableFile extends Error {
  readonly issue: Refusal;

  constructor(issue: Refusal) {
    super(issue.message);
    this.name = 'UnreadableFile';
    this.issue = issue;
  }
}

/**
 * Returns the folders that paths of files and folders stand for.
 * @param paths - files stand for the folder that they are in. Paths that do not exist are left out.
 */
export const foldersOf = (paths: readonly string[]): readonly string[] => [
  ...new Set(paths.flatMap((path) => folderOf(resolve(path)))),
];

function folderOf(path: string): readonly string[] {
  try {
    return [statSync(path).isDirectory() ? path : dirname(path)];
  } catch {
    return [];
  }
}

/**
 * Checks that a path leads below one of the folders, also after its symbolic links are followed.
 * @throws UnreadableFile otherwise; the error does not tell whether the file exists.
 */
export function assertAccessible(path: string, access: FileAccess | undefined): void {
  if (access === undefined) return;
  const absolute = resolve(path);
  const { folders } = access;
  if (folders.some((folder) => isBelow(absolute, folder))) {
    const real = realPathOf(absolute);
    // A missing file gets the usual error where it is read.
    if (real === undefined || folders.some((folder) => isBelow(real, realPathOf(folder) ?? folder))) return;
  }
  throw new UnreadableFile({
    message: 'is not below a folder whose files the admin API may read (--fixture-folders)',
    found: path,
    allowed: folders,
  });
}

const isBelow = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/**
 * Opens a regular file and passes its descriptor and size to `read`.
 * @throws UnreadableFile for a path that is not accessible, devices, pipes and folders, and files that are too large.
 */
export function readRegularFile<T>(
  path: string,
  access: FileAccess | undefined,
  read: (descriptor: number, sizeBytes: number) => T,
): T {
  assertAccessible(path, access);
  const descriptor = open(path);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw new UnreadableFile({ message: 'is not a regular file', found: path });
    if (access !== undefined && stats.size > access.maxBytes) {
      throw new UnreadableFile({
        message: `is too large to be read through the admin API (${stats.size} bytes)`,
        found: path,
        allowed: `at most ${access.maxBytes} bytes`,
      });
    }
    return read(descriptor, stats.size);
  } finally {
    closeSync(descriptor);
  }
}

function open(path: string): number {
  try {
    // Without O_NONBLOCK, opening a pipe waits for a writer.
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new UnreadableFile({
      message: code === 'ENOENT' ? 'file not found' : `cannot be read (${code})`,
      found: path,
    });
  }
}
