import { existsSync, rmSync } from 'node:fs';
import { Low } from 'lowdb';
import type { ImageData } from '../domain/data/image-data.ts';
import { InputError } from '../input/input-error.ts';
import { DataDirectory } from './data-directory.ts';
import { imagesOf } from './document-layer.ts';
import { DocumentLog } from './document-log.ts';
import { FileStorage, logOf, oldLogOf } from './file-storage.ts';
import { mergeLayers } from './merge-layers.ts';
import { replayLogs } from './replay-logs.ts';
import { createState, layersOf, type State } from './state.ts';
import { StateFile } from './state-file.ts';
import { cannotBeUsed, lockState } from './state-lock.ts';

/** Lists the data of all images of a state. */
export function* dataOf(state: State): Iterable<ImageData> {
  for (const layer of layersOf(state.worlds.values())) {
    for (const { data, staged } of imagesOf(layer)) {
      if (data !== null) yield data;
      if (staged !== undefined) yield staged.data;
    }
  }
}

/**
 * Locks a state file, reads it and applies the changes in its logs.
 * @throws InputError if the file or its log is invalid or cannot be used, or if another process has the file open.
 */
export async function openState(file: string): Promise<FileStorage> {
  const unlock = await lockState(file);
  try {
    return await recover(file, unlock);
  } catch (error) {
    unlock();
    throw error instanceof InputError ? error : cannotBeUsed(file, error);
  }
}

async function recover(file: string, unlock: () => void): Promise<FileStorage> {
  // Imported here, so that a start without a state file does not load it.
  const { TextFile } = await import('lowdb/node');
  const directory = new DataDirectory(`${file}.data`, file);
  const low = new Low<State>(new StateFile(file, new TextFile(file), directory), createState());
  const isNew = !existsSync(file);
  await low.read();
  const state = low.data;
  const lastGeneration = replayLogs({ file, isNew, state, references: directory });
  // First, since the data of images that later changes replaced may have been deleted.
  mergeLayers(state.worlds.values());
  directory.check(dataOf(state));
  state.generation = lastGeneration + 1;
  await low.write();
  const log = new DocumentLog(logOf(file), state.generation);
  rmSync(oldLogOf(file), { force: true });
  return new FileStorage({ low, file, directory, log, unlock });
}
