import { ensureCollection, isEmpty, type Layer } from './document-layer.ts';
import { layersOf, topLayersOf, type WorldEntry } from './state.ts';

/**
 * Merges each layer that only one other layer stands on into that layer, so that stacks of layers stay short.
 * @returns the remaining layers, each after its parent.
 */
export function mergeLayers(worlds: Iterable<WorldEntry>): ReadonlySet<Layer> {
  const entries = [...worlds];
  const layers = layersOf(entries);
  const mergeable = mergeableLayers(entries, layers);
  for (const layer of layers) {
    for (let below = layer.parent; below !== null && mergeable.has(below); below = layer.parent) {
      // Images of a base can be hidden only by layers above it, so two bases do not fit into one layer.
      if (layer.base !== null && !isEmpty(below)) break;
      absorb(layer, below);
    }
  }
  return layersOf(entries);
}

/** Returns the layers that no world refers to and that exactly one layer stands on. */
function mergeableLayers(worlds: readonly WorldEntry[], layers: ReadonlySet<Layer>): ReadonlySet<Layer> {
  const mergeable = new Set<Layer>();
  const shared = new Set(worlds.flatMap(topLayersOf));
  for (const { parent } of layers) {
    if (parent === null || shared.has(parent)) continue;
    if (mergeable.delete(parent)) shared.add(parent);
    else mergeable.add(parent);
  }
  return mergeable;
}

/** Moves the content of the layer below into a layer, and removes the layer below from the stack. */
function absorb(layer: Layer, below: Layer): void {
  const images = new Map([...below.images, ...layer.images]);
  layer.images.clear();
  for (const [id, image] of images) layer.images.set(id, image);
  for (const [name, documents] of below.documents) {
    const collection = ensureCollection(layer, name);
    for (const [id, document] of documents) if (!collection.has(id)) collection.set(id, document);
  }
  layer.base ??= below.base;
  layer.parent = below.parent;
}
