import type { Image } from '../domain/image.ts';
import { ImageStore, type ImageStoreState } from '../domain/image-store/image-store.ts';

/** Documents other than images, by collection and id: JSON values that never change. */
export type Collections = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

/** A set of changes on top of another layer. Worlds that stand on the same layer share its content. */
export interface Layer {
  /** Number of the layer, unique within a state. */
  readonly id: number;
  /** The layer below; `null` for a lowest layer. */
  parent: Layer | null;
  /** Images that were added all at once, by reference to the store that holds them. */
  base: ImageStoreState | null;
  /** Images that were added or changed one by one, by id. They hide images of `base`. */
  images: Map<string, Image>;
  /** Documents that were added or changed, by collection and id; `null` marks a deleted document. */
  readonly documents: Map<string, Map<string, unknown>>;
}

/** Creates an empty layer. */
export const createLayer = (id: number, parent: Layer | null): Layer => ({
  id,
  parent,
  base: null,
  images: new Map(),
  documents: new Map(),
});

/** Returns a collection of a layer; creates it if the layer has no document of it. */
export function ensureCollection({ documents }: Layer, name: string): Map<string, unknown> {
  let collection = documents.get(name);
  if (collection === undefined) {
    collection = new Map();
    documents.set(name, collection);
  }
  return collection;
}

/** Puts a document into a layer; `null` deletes it. A deletion is kept only if it hides a document of a layer below. */
export function setDocument(
  layer: Layer,
  [name, id]: readonly [collection: string, id: string],
  document: unknown,
): void {
  if (document !== null || isBelow(layer.parent, name, id)) ensureCollection(layer, name).set(id, document);
  else layer.documents.get(name)?.delete(id);
}

/** Whether a layer or one below it shows a document. */
function isBelow(layer: Layer | null, name: string, id: string): boolean {
  for (let each = layer; each !== null; each = each.parent) {
    const document = each.documents.get(name)?.get(id);
    if (document !== undefined) return document !== null;
  }
  return false;
}

/** Returns whether a layer changes nothing. */
export const isEmpty = (layer: Layer): boolean =>
  layer.base === null && layer.images.size === 0 && layer.documents.size === 0;

/** Lists the images of a layer alone, without those of the layers below. */
export function* imagesOf({ base, images }: Layer): Iterable<Image> {
  for (const image of base?.base.images.values() ?? []) if (!images.has(image.id)) yield image;
  yield* images.values();
}

/** Returns a layer and all layers below it, lowest first. */
export function stackOf(layer: Layer): readonly Layer[] {
  const stack: Layer[] = [];
  for (let each: Layer | null = layer; each !== null; each = each.parent) stack.push(each);
  return stack.reverse();
}

/** Returns the documents of a layer and the layers below it, as a world on this layer sees them. */
export function documentsOf(layer: Layer): Collections {
  const collections = new Map<string, Map<string, unknown>>();
  for (const { documents } of stackOf(layer)) {
    for (const [name, changes] of documents) {
      const collection = collections.get(name) ?? new Map<string, unknown>();
      for (const [id, document] of changes) {
        if (document === null) collection.delete(id);
        else collection.set(id, document);
      }
      collections.set(name, collection);
    }
  }
  return collections;
}

/**
 * Returns the images of a layer and the layers below it, as the state of an image store.
 * @param known - states by layer. It spares work for layers in it, and receives those computed here.
 */
export function storeStateOf(layer: Layer, known: Map<Layer, ImageStoreState>): ImageStoreState {
  let state: ImageStoreState | undefined;
  for (const each of stackOf(layer)) {
    const next = known.get(each) ?? withImages(state, each);
    known.set(each, next);
    state = next;
  }
  return state as ImageStoreState;
}

function withImages(below: ImageStoreState | undefined, layer: Layer): ImageStoreState {
  const store = new ImageStore(below ?? layer.base ?? undefined);
  const deleted: Image[] = [];
  for (const image of below === undefined ? layer.images.values() : imagesOf(layer)) {
    if (image.status === 'deleted') deleted.push(image);
    else store.put(image);
  }
  // The store forgets the oldest of too many deleted images.
  deleted.sort((one, other) => (one.deletedAt ?? 0) - (other.deletedAt ?? 0));
  for (const image of deleted) store.put(image);
  return store.snapshot();
}
