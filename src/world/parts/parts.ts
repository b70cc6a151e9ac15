import type { ScenarioLibrary } from '../../faults/scenario-file/library.ts';
import type { SavedState } from '../../persistence/world-documents.ts';
import type { PartName, WorldState } from '../world-state.ts';
import type { PartContext, WorldParts } from './part.ts';
import { PARTS } from './table.ts';

/** A type without `readonly`. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Names of all parts, in the order in which they are created. */
export const PART_NAMES = Object.keys(PARTS) as readonly PartName[];

/** Builds a state part by part. */
function stateOf(partState: <K extends PartName>(name: K) => WorldState[K]): WorldState {
  const state = {} as Mutable<WorldState>;
  const build = <K extends PartName>(name: K): void => {
    state[name] = partState(name);
  };
  for (const name of PART_NAMES) build(name);
  return state;
}

/**
 * Returns the state of a new world.
 * @param seed - seed of generated ids and random choices.
 * @param given - states of some parts; the others start empty.
 */
export const initialState = (seed: string, given: Partial<WorldState> = {}): WorldState =>
  stateOf((name) => given[name] ?? PARTS[name].initial(seed));

/** Starts all parts. @param parts - receives them: the object that `context.parts` refers to. */
export function startParts(parts: Mutable<WorldParts>, state: WorldState, context: PartContext): void {
  const start = <K extends PartName>(name: K): void => {
    parts[name] = PARTS[name].create(state[name], context);
  };
  for (const name of PART_NAMES) start(name);
}

/** Returns the current state of all parts; takes the same time for any amount of content. */
export const snapshotOf = (parts: WorldParts): WorldState => stateOf((name) => PARTS[name].snapshot(parts[name]));

/** Converts a state to documents. */
export function toDocuments(state: WorldState): SavedState {
  const documents = new Map<string, Map<string, unknown>>();
  const add = <K extends PartName>(name: K): void => {
    for (const [collection, id, document] of PARTS[name].toDocuments(state[name])) {
      let saved = documents.get(collection);
      if (saved === undefined) {
        saved = new Map();
        documents.set(collection, saved);
      }
      saved.set(id, document);
    }
  };
  for (const name of PART_NAMES) add(name);
  return { images: state.imageStore, documents };
}

/** Restores a state from documents; the inverse of `toDocuments`. */
export const toWorldState = (saved: SavedState, library: ScenarioLibrary): WorldState =>
  stateOf((name) => PARTS[name].restore(saved, library));
