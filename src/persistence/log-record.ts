/** One change: its kind, then what it changes. State files and logs hold the kinds: do not rename them. */
export type LogRecord =
  | readonly ['layer', id: number, parent: number | null]
  | readonly ['image', layer: number, document: unknown]
  | readonly ['document', layer: number, collection: string, id: string, document: unknown]
  | readonly ['world', name: string, origin: number, present: number]
  | readonly ['snapshot', world: string, name: string, layer: number]
  /** Deletes a snapshot. */
  | readonly ['forget', world: string, name: string]
  /** Drops a world. */
  | readonly ['drop', name: string];

/** The version of the state file that a log continues. Each time the file is written anew is a version of its own. */
export interface StateVersion {
  /** Number of the version, from 0. */
  readonly generation: number;
  /** A UUID, since a copy of the file may have a version of the same number. */
  readonly id: string;
  /** Id of the version before it; `null` if there was none. */
  readonly previous: string | null;
}
