import type { Image } from '../domain/image.ts';
import { ensureCollection, isEmpty, type Layer } from './document-layer.ts';
import { layersOf, topLayersOf, type WorldEntry } from './state.ts';

/** What is told of merges. */
export interface MergeObserver {
  /** Called for a layer whose images move to another one. @param hidden - those of its images that the other layer replaces. */
  merge(layer: Layer, hidden: readonly Image[]): void;
}

/**
 * Merges each layer that only one other layer stands on into that layer, so that stacks of layers stay short.
 * @param observer - is told of each layer that is merged into another one, and of its images that were hidden there.
 * @returns the remaining layers, each after its parent.
 */
export function mergeLayers(worlds: Iterable<WorldEntry>, observer?: MergeObserver): ReadonlySet<Layer> {
  const entries = [...worlds];
  const layers = layersOf(entries);
  const mergeable = mergeableLayers(entries, layers);
  for (const layer of layers) {
    for (let below = layer.parent; below !== null && mergeable.has(below); below = layer.parent) {
      // Images of a base can be hidden only by layers above it, so two bases do not fit into one layer.
      if (layer.base !== null && !isEmpty(below)) break;
      observer?.merge(below, hiddenIn(layer, below));
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

/** Lists the images of the layer below that a layer replaces. */
function hiddenIn(layer: Layer, below: Layer): readonly Image[] {
  const [fewer, others] = layer.images.size < below.images.size ? [layer, below] : [below, layer];
  const shared = [...fewer.images.keys()].filter((id) => others.images.has(id));
  return shared.map((id) => below.images.get(id) as Image);
}

/** Moves the content of the layer below into a layer, and removes the layer below from the stack. */
function absorb(layer: Layer, below: Layer): void {
  layer.images = mergeMaps(below.images, layer.images);
  for (const [name, documents] of below.documents) {
    layer.documents.set(name, mergeMaps(documents, ensureCollection(layer, name)));
  }
  layer.base ??= below.base;
  layer.parent = below.parent;
}

/** Merges two maps by changing the larger one. Values above replace those below. */
function mergeMaps<V>(below: Map<string, V>, above: Map<string, V>): Map<string, V> {
  if (below.size > above.size) {
    for (const [key, value] of above) below.set(key, value);
    return below;
  }
  for (const [key, value] of below) if (!above.has(key)) above.set(key, value);
  return above;
}
