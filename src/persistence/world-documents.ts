import type { Image } from '../domain/image.ts';
import type { ImageStoreState } from '../domain/image-store/image-store.ts';
import type { StorageFailure } from '../domain/storage-failure.ts';
import type { Collections } from './document-layer.ts';

/** Saves the changes of one world. With a state file, a change is in the log when the method returns. */
export interface WorldDocuments {
  /** Why changes cannot be saved; `undefined` while they can. */
  readonly failure: StorageFailure | undefined;
  /** Saves an image in place of one with the same id. */
  putImage(image: Image): void;
  /**
   * Saves a document in place of one with the same id.
   * @param document - a JSON value that never changes from now on; `null` deletes the document.
   */
  putDocument(collection: string, id: string, document: unknown): void;
  /** Restores the origin of the world. */
  reset(): void;
  /**
   * Saves a snapshot of the present state, in place of one with the same name.
   * @param images - the present images, so that a world created from them can share them.
   */
  snapshot(name: string, images: ImageStoreState): void;
  /** Restores a snapshot; does nothing if there is none of that name. */
  restore(name: string): void;
  /** Deletes a snapshot; does nothing if there is none of that name. */
  deleteSnapshot(name: string): void;
}

/** The documents of a world that is not saved. */
export const UNSAVED: WorldDocuments = {
  failure: undefined,
  putImage: () => undefined,
  putDocument: () => undefined,
  reset: () => undefined,
  snapshot: () => undefined,
  restore: () => undefined,
  deleteSnapshot: () => undefined,
};

/** The state of a world as it is saved: its images and its documents. */
export interface SavedState {
  readonly images: ImageStoreState;
  readonly documents: Collections;
}

/** A world as it was read from a state file. */
export interface SavedWorld {
  readonly name: string;
  /** The state that `reset` restores. */
  readonly origin: SavedState;
  readonly present: SavedState;
  /** Snapshots by name. */
  readonly snapshots: ReadonlyMap<string, SavedState>;
}
