import { dirname } from 'node:path';
import { createBlobStore } from '../domain/data/blob-store.ts';
import { createEmulator, type Emulator, type EmulatorOptions } from '../emulator.ts';
import { MAX_INLINE_BYTES } from '../persistence/data-directory.ts';
import type { FsyncMode } from '../persistence/document-log.ts';
import { Documents } from '../persistence/documents.ts';

/** An emulator with its storage; `close` writes and releases the storage. */
export interface StoredEmulator {
  readonly emulator: Emulator;
  close(): Promise<void>;
}

/** Where worlds are stored. */
export interface StateOptions {
  readonly file: string;
  readonly fsync: FsyncMode;
}

/** Creates an emulator that stores its worlds in a file, or in memory without a file. */
export async function createStoredEmulator(
  options: EmulatorOptions,
  state: StateOptions | undefined,
): Promise<StoredEmulator> {
  if (state === undefined) {
    const blobs = createBlobStore();
    return { emulator: createEmulator({ ...options, blobs }), close: async () => blobs.close() };
  }
  const documents = await Documents.open(state.file, state.fsync);
  for (const notice of documents.notices) process.emitWarning(notice);
  try {
    const directory = documents.dataDirectory as string;
    // What a document of the state file contains itself stays in memory; other data goes to its file as it arrives.
    const blobs = createBlobStore({ directory, isSynced: state.fsync !== 'never', memoryLimitBytes: MAX_INLINE_BYTES });
    for (const data of documents.data()) {
      // Data files of fixtures lie elsewhere and belong to their author: the store must not delete them.
      if (data.kind === 'file' && dirname(data.path) === directory) blobs.adopt(data);
    }
    blobs.sweep(documents.data());
    documents.onUnusedFile((path) => blobs.remove(path));
    return { emulator: createEmulator({ ...options, blobs, documents }), close: () => documents.close() };
  } catch (error) {
    await documents.close();
    throw error;
  }
}
