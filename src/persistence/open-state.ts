import { existsSync, rmSync } from 'node:fs';
import { type Adapter, Low } from 'lowdb';
import type { ImageData } from '../domain/data/image-data.ts';
import { InputError } from '../input/input-error.ts';
import { DataDirectory } from './data-directory.ts';
import { createState, imagesOf, joinLayers, layersOf, type State } from './document-layer.ts';
import { DocumentLog, type FoundLog, readLog } from './document-log.ts';
import { Replay, StateFile } from './state-file.ts';
import { lockState, unusable } from './state-lock.ts';

/** Past so many bytes of log, or as many as the file has, the file is written anew. */
export const LOG_BYTES = 16 * 1024 * 1024;

/** A state that a file keeps, while this process has it. */
export interface OpenStateFile {
  readonly file: string;
  readonly directory: DataDirectory;
  readonly unlock: () => void;
  log: DocumentLog;
  /** An earlier log that the file on disk still needs. */
  hasOldLog: boolean;
  limitBytes: number;
  writing: Promise<void> | undefined;
  isClosed: boolean;
}

/** Where changes since the file was written are. */
export const logOf = (file: string): string => `${file}.log`;
/** Where the changes before those are, until the file is written. */
export const oldLogOf = (file: string): string => `${file}.log.old`;

/** All data that images refer to. */
export function* dataOf(state: State): Iterable<ImageData> {
  for (const layer of layersOf(state.worlds.values())) {
    for (const { data, staged } of imagesOf(layer)) {
      if (data !== null) yield data;
      if (staged !== undefined) yield staged.data;
    }
  }
}

/**
 * Takes a state file and all that its logs add to it.
 * @throws InputError for a file or log that holds anything else, or that another process has.
 */
export async function openState(file: string): Promise<{ readonly low: Low<State>; readonly keeping: OpenStateFile }> {
  const unlock = await lockState(file);
  try {
    return await recover(file, unlock);
  } catch (error) {
    unlock();
    throw error instanceof InputError ? error : unusable(file, error);
  }
}

async function recover(
  file: string,
  unlock: () => void,
): Promise<{ readonly low: Low<State>; readonly keeping: OpenStateFile }> {
  // Only those who keep their state pay for what reads and writes it.
  const { TextFile } = await import('lowdb/node');
  const directory = new DataDirectory(`${file}.data`, file);
  const adapter: Adapter<State> = new StateFile(file, new TextFile(file), directory);
  const low = new Low<State>(adapter, createState());
  const isNew = !existsSync(file);
  await low.read();
  const lastGeneration = replayLogs(file, isNew, low.data, directory);
  // Joined first: data of images that others hide may be gone already.
  joinLayers(low.data.worlds.values());
  directory.check(dataOf(low.data));
  low.data.generation = lastGeneration + 1;
  await low.write();
  const log = new DocumentLog(logOf(file), low.data.generation);
  rmSync(oldLogOf(file), { force: true });
  return {
    low,
    keeping: {
      file,
      directory,
      unlock,
      log,
      hasOldLog: false,
      limitBytes: LOG_BYTES,
      writing: undefined,
      isClosed: false,
    },
  };
}

/** Goes through the logs that follow the file; answers the generation of the last. */
function replayLogs(file: string, isNew: boolean, state: State, directory: DataDirectory): number {
  const found = [oldLogOf(file), logOf(file)]
    .map((path) => ({ path, log: readLog(path) }))
    .filter((each): each is { path: string; log: FoundLog } => each.log !== undefined)
    // An earlier one is in the file already: the process ended before it could be removed.
    .filter(({ log }) => isNew || log.generation >= state.generation);
  const replay = new Replay(state, directory);
  let next = state.generation;
  for (const { path, log } of found) {
    if (isNew || log.generation !== next) {
      throw new InputError(path, [
        {
          pointer: '/generation',
          line: 1,
          message: isNew ? `goes on from ${file}, which is not there` : `does not go on from ${file}`,
          found: log.generation,
          allowed: 'the state file and log of one run, together',
        },
      ]);
    }
    for (const { line, record } of log.records) {
      const issues = replay.apply(record, '');
      if (issues.length > 0)
        throw new InputError(
          path,
          issues.map((issue) => ({ ...issue, line })),
        );
    }
    next += 1;
  }
  return Math.max(state.generation, next - 1);
}
