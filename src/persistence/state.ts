import type { Layer } from './document-layer.ts';

/** A world in the state: the layers that it stands on. */
export interface WorldEntry {
  readonly name: string;
  /** The layer that `reset` restores. */
  readonly origin: Layer;
  /** The layer that receives the changes of the world. No other layer stands on it. */
  present: Layer;
  /** The layers that `restore` restores, by name of the snapshot. */
  readonly snapshots: Map<string, Layer>;
  /** Whether the world was dropped. Changes to it are ignored then. */
  isDropped: boolean;
}

/** Creates the entry of a world without snapshots. */
export const createWorldEntry = (name: string, origin: Layer, present: Layer): WorldEntry => ({
  name,
  origin,
  present,
  snapshots: new Map(),
  isDropped: false,
});

/** Everything that a state file holds. */
export interface State {
  /** Number of the log that continues this state. */
  generation: number;
  /** Id of the next layer. */
  nextLayer: number;
  /** Worlds by name, in the order of their creation. */
  readonly worlds: Map<string, WorldEntry>;
}

/** Creates a state without worlds, as it is before the first state file is written. */
export const createState = (): State => ({ generation: 0, nextLayer: 1, worlds: new Map() });

/** Returns the top layers of a world: its origin, its snapshots and its present state. */
export const topLayersOf = ({ origin, present, snapshots }: WorldEntry): readonly Layer[] => [
  origin,
  ...snapshots.values(),
  present,
];

/** Returns all layers that worlds stand on, each after its parent. */
export function layersOf(worlds: Iterable<WorldEntry>): ReadonlySet<Layer> {
  const layers = new Set<Layer>();
  for (const world of worlds) {
    for (const top of topLayersOf(world)) {
      const missing: Layer[] = [];
      for (let each: Layer | null = top; each !== null && !layers.has(each); each = each.parent) missing.push(each);
      for (const layer of missing.reverse()) layers.add(layer);
    }
  }
  return layers;
}
