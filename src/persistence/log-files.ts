import { renameSync, rmSync } from 'node:fs';
import { reasonOf, StorageFailure } from '../domain/storage-failure.ts';
import { DocumentLog, type FsyncMode } from './document-log.ts';
import type { StateVersion } from './log-record.ts';
import { logOf, newLogOf, oldLogOf } from './state-paths.ts';

/** A log that was started. */
export interface StartedLog {
  readonly log: DocumentLog;
  /** Whether the log before it still existed. */
  readonly hadLog: boolean;
}

/**
 * Creates the log of the next version of a state file, and makes the present log the old one. If that throws, all files are as
 * before.
 */
export function startLog(file: string, version: StateVersion, fsync: FsyncMode): StartedLog {
  const newPath = newLogOf(file);
  let log: DocumentLog | undefined;
  try {
    log = DocumentLog.create(newPath, version, fsync);
    return { log, hadLog: swapLogs(file) };
  } catch (error) {
    log?.discard();
    rmSync(newPath, { force: true });
    throw error;
  }
}

/**
 * Closes a log that takes the place of a state file that cannot be written.
 * @throws StorageFailure if that log, or the one before it, was removed, so that its changes are lost.
 */
export async function keepLog({ log, hadLog }: StartedLog, file: string, cause: unknown): Promise<void> {
  const isLost = !hadLog || !log.isLinked;
  try {
    await log.seal();
  } catch {
    // The changes are in the log; without the mark, the next start takes it for one that was not closed.
    await log.close();
  }
  if (isLost) {
    const reason = `${reasonOf(cause)}; its log was removed too, so changes since the last complete write are lost`;
    throw new StorageFailure(file, new Error(reason));
  }
  warn(`${file} cannot be written: ${reasonOf(cause)}. All changes are in ${logOf(file)}: keep both files.`);
}

/** Returns whether there was a log. */
function swapLogs(file: string): boolean {
  const hadLog = renameIfExists(logOf(file), oldLogOf(file));
  try {
    renameSync(newLogOf(file), logOf(file));
    return hadLog;
  } catch (error) {
    if (hadLog) renameSync(oldLogOf(file), logOf(file));
    throw error;
  }
}

/** Renames a file. Returns whether it exists: a user may have removed it. */
function renameIfExists(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** Warns the user on standard error. */
export const warn = (message: string): void => process.emitWarning(message);
