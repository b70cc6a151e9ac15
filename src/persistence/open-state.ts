import { existsSync, rmSync } from 'node:fs';
import { Low } from 'lowdb';
import { isReceiving, queuedAgain } from '../domain/images/image-effects.ts';
import { InputError } from '../input/input-error.ts';
import { applyLogs, type OpenLog, strictReporter } from './apply-logs.ts';
import { DataDirectory } from './data-directory.ts';
import { imagesOf } from './document-layer.ts';
import { DocumentLog, type FsyncMode } from './document-log.ts';
import { FileStorage } from './file-storage.ts';
import { replayLogs } from './format-1/replay-logs.ts';
import { dataOf } from './inspect-state.ts';
import { mergeLayers } from './merge-layers.ts';
import { createState, layersOf, type State, versionAfter } from './state.ts';
import { StateFile } from './state-file.ts';
import { assertNothingMissing, realPathOf, tidyUp } from './state-files.ts';
import { cannotBeUsed, StateLock } from './state-lock.ts';
import { dataOf as dataPathOf, logOf, oldLogOf } from './state-paths.ts';

/** A state file that is being opened. */
interface Opening {
  readonly file: string;
  readonly fsync: FsyncMode;
  readonly directory: DataDirectory;
  readonly adapter: StateFile;
  readonly low: Low<State>;
  /** What the user should know about the file, although it can be used. */
  readonly notices: string[];
}

/**
 * Locks a state file, reads it and applies the changes in its logs.
 * @throws InputError if the file, its log or its data is missing, damaged or cannot be used, or if another process has the
 *   file open.
 */
export async function openState(path: string, fsync: FsyncMode): Promise<FileStorage> {
  const file = realPathOf(path);
  const lock = await StateLock.acquire(file);
  try {
    return await recover(file, fsync, lock);
  } catch (error) {
    lock.release();
    throw error instanceof InputError ? withAdvice(error, file) : cannotBeUsed(file, error);
  }
}

/** Adds what can be done about a file that is damaged. */
const withAdvice = ({ place, issues }: InputError, file: string): InputError => {
  const command = `"sideglance state repair ${file}" keeps what can be kept, and says what is lost`;
  return new InputError(place, [...issues, { pointer: '', message: `nothing was changed; ${command}` }]);
};

async function recover(file: string, fsync: FsyncMode, lock: StateLock): Promise<FileStorage> {
  const directory = new DataDirectory(dataPathOf(file), { place: file, fsync });
  const adapter = new StateFile(file, { references: directory, fsync, assertHeld: () => lock.assertHeld() });
  const opening: Opening = {
    file,
    fsync,
    directory,
    adapter,
    low: new Low<State>(adapter, createState()),
    notices: [],
  };
  const openLog = await readAll(opening);
  const { low } = opening;
  if (openLog !== undefined) Object.assign(low.data, { version: openLog.version, outline: openLog.outline });
  const log =
    openLog === undefined
      ? DocumentLog.create(logOf(file), low.data.version, fsync)
      : DocumentLog.reopen(logOf(file), openLog, fsync);
  adapter.markOpen(low.data);
  if (openLog?.outline === undefined) rmSync(oldLogOf(file), { force: true });
  const storage = new FileStorage({ ...opening, log, lock });
  requeueUploads(storage);
  return storage;
}

/** Queues images again whose upload ended with the process, as an upload that a client breaks off does. */
function requeueUploads(storage: FileStorage): void {
  for (const layer of layersOf(storage.state.worlds.values())) {
    const queued = [...imagesOf(layer)].filter(isReceiving).map(queuedAgain);
    if (queued.length > 0) storage.append(storage.imageRecords(layer, queued));
    for (const image of queued) layer.images.set(image.id, image);
  }
}

/** Reads the file, the logs and the data. Returns the log to continue; `undefined` if a new one is needed. */
async function readAll(opening: Opening): Promise<OpenLog | undefined> {
  const { file, directory, adapter, low } = opening;
  tidyUp(file);
  const isNew = !existsSync(file);
  if (isNew) assertNothingMissing(file);
  await low.read();
  const state = low.data;
  const reading = adapter.reading;
  const before = { file, state, references: directory };
  const isFormer = reading?.format === 1;
  if (isFormer) replayLogs({ ...before, isNew });
  const log =
    reading?.format === 2
      ? applyLogs({ ...before, isClosed: reading.isClosed }, strictReporter(opening.notices))
      : undefined;
  // First, since the data of images that later changes replaced may have been deleted.
  mergeLayers(state.worlds.values());
  await directory.check(dataOf(state));
  if (isFormer) {
    opening.notices.push(`${file} was written by an earlier release; it is written anew, with checksums.`);
    state.version = versionAfter(state.version);
  }
  if (isNew || isFormer) await adapter.writeClosed(state);
  return log;
}
