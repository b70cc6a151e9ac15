import { dirname } from 'node:path';
import { createBlobStore } from '../domain/data/blob-store.ts';
import { createEmulator, type Emulator, type EmulatorOptions } from '../emulator.ts';
import { Documents } from '../persistence/documents.ts';

/** An emulator with its storage; `close` writes and releases the storage. */
export interface StoredEmulator {
  readonly emulator: Emulator;
  close(): Promise<void>;
}

/** Creates an emulator that stores its worlds in a file, or in memory without a file. */
export async function createStoredEmulator(
  options: EmulatorOptions,
  file: string | undefined,
): Promise<StoredEmulator> {
  if (file === undefined) {
    const blobs = createBlobStore();
    return { emulator: createEmulator({ ...options, blobs }), close: async () => blobs.close() };
  }
  const documents = await Documents.open(file);
  try {
    const directory = documents.dataDirectory as string;
    const blobs = createBlobStore({ directory });
    for (const data of documents.data()) {
      // Data files of fixtures lie elsewhere and belong to their author: the store must not delete them.
      if (data.kind === 'file' && dirname(data.path) === directory) blobs.adopt(data);
    }
    blobs.sweep(documents.data());
    return { emulator: createEmulator({ ...options, blobs, documents }), close: () => documents.close() };
  } catch (error) {
    await documents.close();
    throw error;
  }
}
