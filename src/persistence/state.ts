import { randomUUID } from 'node:crypto';
import type { Layer } from './document-layer.ts';
import type { LogRecord, StateVersion } from './log-record.ts';

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
  /** The version of the state file that holds this state, without the changes in its log. */
  version: StateVersion;
  /** Id of the next layer. */
  nextLayer: number;
  /** Worlds by name, in the order of their creation. */
  readonly worlds: Map<string, WorldEntry>;
  /** What the next version of the state file consists of, if its log was started already; otherwise all that there is. */
  outline?: Outline | undefined;
}

/**
 * What a version of the state file consists of. It stands as of the start of the log that continues the file: records of the
 * log may refer to layers and worlds that are dropped later.
 */
export interface Outline {
  /** The layers, each after its parent. */
  readonly layers: ReadonlySet<Layer>;
  /** The records of the worlds. */
  readonly worlds: readonly LogRecord[];
}

/** Creates a state without worlds, as it is before the first state file is written. */
export const createState = (): State => ({
  version: { generation: 0, id: randomUUID(), previous: null },
  nextLayer: 1,
  worlds: new Map(),
});

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

/** Returns the version that follows another one. */
export const versionAfter = ({ generation, id }: StateVersion): StateVersion => ({
  generation: generation + 1,
  id: randomUUID(),
  previous: id,
});

/** Returns what a version of the state file consists of whose log starts now. */
export const outlineOf = ({ worlds }: State): Outline => ({
  layers: layersOf(worlds.values()),
  worlds: [...worlds.values()].flatMap(worldRecords),
});

function worldRecords({ name, origin, present, snapshots }: WorldEntry): readonly LogRecord[] {
  const records: LogRecord[] = [['world', name, origin.id, present.id]];
  for (const [key, { id }] of snapshots) records.push(['snapshot', name, key, id]);
  return records;
}
