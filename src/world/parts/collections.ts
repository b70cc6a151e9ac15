import { type CollectionState, collectionOf } from '../../domain/collection.ts';
import type { SavedState } from '../../persistence/world-documents.ts';
import type { SavedDocument } from './part.ts';

/** Names of the collections of saved documents. State files hold them: do not rename. */
export const COLLECTIONS = {
  /** One document for each setting, by its name, and for what else exists once in a world. */
  world: 'world',
  ids: 'ids',
  tokens: 'tokens',
  credentials: 'credentials',
  tasks: 'tasks',
  cache: 'cache',
  metadefs: 'metadefs',
  servers: 'servers',
  objects: 'objects',
  containers: 'containers',
  volumes: 'volumes',
  backups: 'backups',
} as const;

/** The saved values of a collection; the caller knows their type. */
export const valuesOf = <T>({ documents }: SavedState, collection: string): Iterable<T> =>
  (documents.get(collection)?.values() ?? []) as Iterable<T>;

/** A document of the collection `world`; `undefined` in a file that lacks it. */
export const worldDocument = <T>({ documents }: SavedState, id: string): T | undefined =>
  documents.get(COLLECTIONS.world)?.get(id) as T | undefined;

/** The documents of a collection. */
export function* documentsIn(
  collection: string,
  entries: Iterable<readonly [string, unknown]>,
): Iterable<SavedDocument> {
  for (const [id, document] of entries) yield [collection, id, document];
}

/** The state of a collection of values under keys that are computed from them. */
export const keyed = <T>(values: Iterable<T>, key: (value: T) => string): CollectionState<T> =>
  collectionOf([...values].map((value) => [key(value), value] as const));

/** The seed of a saved world. */
export const seedOf = (saved: SavedState): string => worldDocument<string>(saved, 'seed') ?? '';
