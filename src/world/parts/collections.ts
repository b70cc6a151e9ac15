import { type CollectionState, collectionOf } from '../../domain/collection.ts';
import type { SavedState } from '../../persistence/world-documents.ts';
import type { SavedDocument } from './part.ts';

/** Names of the collections of saved documents. State files contain them: do not rename. */
export const COLLECTIONS = {
  /** Documents that exist once in a world: one for each setting, `clock`, `seed`, `directory` and `scenarios`. */
  world: 'world',
  ids: 'ids',
  records: 'records',
  tokens: 'tokens',
  credentials: 'credentials',
  tasks: 'tasks',
  cache: 'cache',
  metadefs: 'metadefs',
  flavors: 'flavors',
  keypairs: 'keypairs',
  quotas: 'quotas',
  serverGroups: 'server-groups',
  aggregates: 'aggregates',
  servers: 'servers',
  deletedServers: 'deleted-servers',
  objects: 'objects',
  containers: 'containers',
  volumes: 'volumes',
  backups: 'backups',
} as const;

/** Returns the saved values of a collection, with the type that the caller expects. */
export const valuesOf = <T>({ documents }: SavedState, collection: string): Iterable<T> =>
  (documents.get(collection)?.values() ?? []) as Iterable<T>;

/** Returns a document of the collection `world`; `undefined` if it was not saved. */
export const worldDocument = <T>({ documents }: SavedState, id: string): T | undefined =>
  documents.get(COLLECTIONS.world)?.get(id) as T | undefined;

/** Converts the entries of a part to documents of a collection. */
export function* documentsIn(
  collection: string,
  entries: Iterable<readonly [string, unknown]>,
): Iterable<SavedDocument> {
  for (const [id, document] of entries) yield [collection, id, document];
}

/** Builds the state of a collection, with a key computed from each value. */
export const keyed = <T>(values: Iterable<T>, key: (value: T) => string): CollectionState<T> =>
  collectionOf([...values].map((value) => [key(value), value] as const));

/** Returns the seed of a saved world. */
export const seedOf = (saved: SavedState): string => worldDocument<string>(saved, 'seed') ?? '';
