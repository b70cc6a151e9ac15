import type { Image } from '../domain/image.ts';
import { ImageStore, type ImageStoreState } from '../domain/image-store/image-store.ts';

/** Documents other than images, by collection and id. JSON values; never changed once given. */
export type Collections = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

/** A set of changes over another. */
export interface Layer {
  readonly id: number;
  parent: Layer | null;
  /** Images that were taken over as a whole, by reference. */
  base: ImageStoreState | null;
  readonly images: Map<string, Image>;
  /** `null` stands for a document that is gone. */
  readonly documents: Map<string, Map<string, unknown>>;
}

/** A world, as far as documents tell. */
export interface WorldEntry {
  readonly name: string;
  /** What `reset` goes back to. */
  readonly origin: Layer;
  /** What the world puts its changes in; nothing else stands on it. */
  present: Layer;
  /** What it was at some time, by the name that was given to that. */
  readonly snapshots: Map<string, Layer>;
  isDropped: boolean;
}

/** A world without anything kept of what it was. */
export const createEntry = (name: string, origin: Layer, present: Layer): WorldEntry => ({
  name,
  origin,
  present,
  snapshots: new Map(),
  isDropped: false,
});

/** The layers that a world looks at, each with all that it stands on. */
const topsOf = ({ origin, present, snapshots }: WorldEntry): readonly Layer[] => [
  origin,
  ...snapshots.values(),
  present,
];

/** All that is kept. */
export interface State {
  /** Which log goes on from here: the one of the same generation. */
  generation: number;
  nextLayer: number;
  readonly worlds: Map<string, WorldEntry>;
}

export const createState = (): State => ({ generation: 0, nextLayer: 1, worlds: new Map() });

/** A layer without anything of its own. */
export const createLayer = (id: number, parent: Layer | null): Layer => ({
  id,
  parent,
  base: null,
  images: new Map(),
  documents: new Map(),
});

/** Puts a document into a layer. */
export function setDocument(layer: Layer, collection: string, id: string, document: unknown): void {
  const documents = layer.documents.get(collection);
  if (documents === undefined) layer.documents.set(collection, new Map([[id, document]]));
  else documents.set(id, document);
}

/** Whether nothing was put into a layer. */
export const isEmpty = (layer: Layer): boolean =>
  layer.base === null && layer.images.size === 0 && layer.documents.size === 0;

/** A layer's own images. */
export function* imagesOf({ base, images }: Layer): Iterable<Image> {
  for (const image of base?.base.images.values() ?? []) if (!images.has(image.id)) yield image;
  yield* images.values();
}

/** A layer and all that it stands on, lowest first. */
export function pileOf(layer: Layer): readonly Layer[] {
  const pile: Layer[] = [];
  for (let each: Layer | null = layer; each !== null; each = each.parent) pile.push(each);
  return pile.reverse();
}

/** Every layer that a world stands on, each after its parent. */
export function layersOf(worlds: Iterable<WorldEntry>): ReadonlySet<Layer> {
  const layers = new Set<Layer>();
  for (const world of worlds) {
    for (const top of topsOf(world)) {
      const pile: Layer[] = [];
      for (let each: Layer | null = top; each !== null && !layers.has(each); each = each.parent) pile.push(each);
      for (const layer of pile.reverse()) layers.add(layer);
    }
  }
  return layers;
}

/** The documents that show when one looks at a layer from above. */
export function documentsOf(layer: Layer): Collections {
  const collections = new Map<string, Map<string, unknown>>();
  for (const each of pileOf(layer)) {
    for (const [collection, documents] of each.documents) {
      const all = collections.get(collection) ?? new Map<string, unknown>();
      for (const [id, document] of documents) {
        if (document === null) all.delete(id);
        else all.set(id, document);
      }
      collections.set(collection, all);
    }
  }
  return collections;
}

/**
 * The images that show when one looks at a layer from above, as the state of a store.
 * @param known - states of layers below; those that are found out are added.
 */
export function storeStateOf(layer: Layer, known: Map<Layer, ImageStoreState>): ImageStoreState {
  let state: ImageStoreState | undefined;
  for (const each of pileOf(layer)) {
    const found = known.get(each);
    if (found === undefined) {
      const store = new ImageStore(state ?? each.base ?? undefined);
      for (const image of state === undefined ? each.images.values() : imagesOf(each)) store.put(image);
      known.set(each, store.snapshot());
    }
    state = known.get(each);
  }
  return state as ImageStoreState;
}

/**
 * Joins layers that only one other stands on with that one, so that piles stay low.
 * @returns the layers that are left, each after its parent.
 */
export function joinLayers(worlds: Iterable<WorldEntry>): ReadonlySet<Layer> {
  const entries = [...worlds];
  const layers = layersOf(entries);
  const children = new Map<Layer, number>();
  for (const { parent } of layers) if (parent !== null) children.set(parent, (children.get(parent) ?? 0) + 1);
  const fixed = new Set(entries.flatMap(topsOf));
  for (const layer of layers) {
    for (
      let below = layer.parent;
      below !== null && !fixed.has(below) && children.get(below) === 1;
      below = layer.parent
    ) {
      // A base hides what lies below it only by being under all else; two cannot be one.
      if (layer.base !== null && !isEmpty(below)) break;
      takeIn(layer, below);
    }
  }
  return layersOf(entries);
}

function takeIn(layer: Layer, below: Layer): void {
  const images = new Map([...below.images, ...layer.images]);
  layer.images.clear();
  for (const [id, image] of images) layer.images.set(id, image);
  for (const [collection, documents] of below.documents) {
    for (const [id, document] of documents) {
      if (layer.documents.get(collection)?.has(id) !== true) setDocument(layer, collection, id, document);
    }
  }
  layer.base ??= below.base;
  layer.parent = below.parent;
}
