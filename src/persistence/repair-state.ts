import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ImageData } from '../domain/data/image-data.ts';
import type { Image } from '../domain/image.ts';
import { DataDirectory } from './data-directory.ts';
import { imagesOf } from './document-layer.ts';
import { type Inspection, inspectState, type StateProblem } from './inspect-state.ts';
import { layersOf, type State, versionAfter } from './state.ts';
import { StateFile } from './state-file.ts';
import { dataFilesOf, logPaths, realPathOf, tidyUp } from './state-files.ts';
import { StateLock } from './state-lock.ts';
import { dataOf, logOf, oldLogOf } from './state-paths.ts';

/** What is in a state file, and what is wrong with it. */
export interface StateReport {
  /** Absolute path of the state file. */
  readonly file: string;
  readonly problems: readonly StateProblem[];
  /** Names of the worlds that can be read. */
  readonly worlds: readonly string[];
  /** Number of images that can be read, in all worlds and snapshots; shared ones count once. */
  readonly images: number;
  /** Directory with the files as they were before a repair; absent if nothing was repaired. */
  readonly backup?: string;
}

/**
 * Checks a state file, its logs and its data, without changing them.
 * @throws InputError if a running process has the file open.
 */
export async function checkState(path: string): Promise<StateReport> {
  const file = realPathOf(path);
  return withLock(file, async () => reportOf(file, await inspectState(file)));
}

/**
 * Repairs a state file: keeps what can be read, and the files as they were in a directory beside it. Does nothing if nothing is
 * wrong.
 * @throws InputError if a running process has the file open.
 */
export async function repairState(path: string): Promise<StateReport> {
  const file = realPathOf(path);
  return withLock(file, async (lock) => {
    const inspection = await inspectState(file);
    if (inspection.problems.length === 0) return reportOf(file, inspection);
    const backup = keepBackup(file, inspection);
    const { state, lostData } = inspection;
    for (const layer of layersOf(state.worlds.values())) {
      for (const image of [...imagesOf(layer)]) layer.images.set(image.id, withoutLostData(image, lostData));
    }
    await rewrite(file, state, lock);
    return { ...reportOf(file, inspection), backup };
  });
}

async function withLock<T>(file: string, work: (lock: StateLock) => Promise<T>): Promise<T> {
  const lock = await StateLock.acquire(file);
  try {
    return await work(lock);
  } finally {
    lock.release();
  }
}

function reportOf(file: string, { state, problems }: Inspection): StateReport {
  let images = 0;
  for (const layer of layersOf(state.worlds.values())) images += [...imagesOf(layer)].length;
  return { file, problems, worlds: [...state.worlds.keys()], images };
}

/** Copies the file and its logs, and moves damaged and unused data, into a new directory. Returns its path. */
function keepBackup(file: string, { state, lostData }: Inspection): string {
  const backup = `${file}.backup-${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`;
  mkdirSync(backup, { recursive: true, mode: 0o700 });
  const { log, old } = logPaths(file);
  for (const path of [file, log, old]) {
    if (path !== undefined && existsSync(path)) cpSync(path, join(backup, basename(path)), { recursive: true });
  }
  for (const data of lostData) if (data.kind === 'file' && existsSync(data.path)) moveInto(backup, data.path);
  // A server deletes data that no image has; here an image may have been lost.
  const used = new Set(dataPathsOf(state));
  for (const name of dataFilesOf(file)) {
    const path = join(dataOf(file), name);
    if (!used.has(path) && existsSync(path)) moveInto(backup, path);
  }
  return backup;
}

function* dataPathsOf(state: State): Iterable<string> {
  for (const layer of layersOf(state.worlds.values())) {
    for (const { data, staged } of imagesOf(layer)) {
      if (data?.kind === 'file') yield data.path;
      if (staged?.data.kind === 'file') yield staged.data.path;
    }
  }
}

const moveInto = (directory: string, path: string): void => renameSync(path, join(directory, basename(path)));

/** The image as it is before its data arrives, if its data is lost. */
function withoutLostData(image: Image, lostData: ReadonlySet<ImageData>): Image {
  const isDataLost = image.data !== null && lostData.has(image.data);
  const isStagedLost = image.staged !== undefined && lostData.has(image.staged.data);
  if (!isDataLost && !isStagedLost) return image;
  const { staged, ...rest } = image;
  const kept = isStagedLost || staged === undefined ? rest : { ...rest, staged };
  const queued = { ...kept, status: 'queued', sizeBytes: null, virtualSizeBytes: null, checksum: null } as const;
  return { ...queued, hashAlgorithm: null, hashValue: null, data: isDataLost ? null : image.data };
}

async function rewrite(file: string, state: State, lock: StateLock): Promise<void> {
  const references = new DataDirectory(dataOf(file), { place: file, fsync: 'always' });
  const adapter = new StateFile(file, { references, fsync: 'always', assertHeld: () => lock.assertHeld() });
  state.version = versionAfter(state.version);
  state.outline = undefined;
  tidyUp(file);
  await adapter.writeClosed(state);
  for (const path of [logOf(file), oldLogOf(file)]) rmSync(path, { recursive: true, force: true });
}
