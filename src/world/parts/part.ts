import type { Cloud } from '../../cloud.ts';
import type { Contract } from '../../contract/contract.ts';
import type { Coverage } from '../../coverage/coverage.ts';
import type { Clock } from '../../domain/clock.ts';
import type { ServiceConventions } from '../../domain/conventions.ts';
import type { BlobStore } from '../../domain/data/image-data.ts';
import type { ImageStore } from '../../domain/image-store/image-store.ts';
import type { Downloads } from '../../domain/imports/downloads.ts';
import type { ProgressRules } from '../../domain/progress.ts';
import type { Web } from '../../domain/web.ts';
import type { FaultEngine } from '../../faults/engine/engine.ts';
import type { UnusedFaultLog } from '../../faults/engine/unused-faults.ts';
import type { ScenarioLibrary } from '../../faults/scenario-file/library.ts';
import type { JournalOptions } from '../../journal/journal.ts';
import type { JournalMemory } from '../../journal/memory.ts';
import type { SavedState, WorldDocuments } from '../../persistence/world-documents.ts';
import type { PartName } from '../world-state.ts';

/** What all worlds of one process share. */
export interface WorldDependencies {
  readonly contracts: readonly Contract[];
  readonly blobs: BlobStore;
  /** Limits of the journal of each world. */
  readonly journal: Partial<JournalOptions>;
  /** Takes over the coverage of worlds that are reset or dropped. */
  readonly coverageTotal?: Coverage;
  /** Whether worlds count no coverage; default: false. */
  readonly isCoverageOff?: boolean | undefined;
  /** Memory limit of all journals together. */
  readonly journalMemory: JournalMemory;
  /** Names and sentences that the doubled services write into images and tasks. */
  readonly conventions: ServiceConventions;
  /** Fetches data for imports; without it, imports from URLs fail. */
  readonly downloads?: Downloads;
}

/** The parts that dialects do not see. All others are members of `Cloud`. */
interface InternalParts {
  readonly imageStore: ImageStore;
  readonly progress: ProgressRules;
  readonly web: Web;
  readonly faults: FaultEngine;
}

/** The running parts of a world. A part that is missing in `Cloud` gets a type that causes a compile error. */
export type WorldParts = {
  [K in PartName]: K extends keyof InternalParts
    ? InternalParts[K]
    : K extends keyof Cloud
      ? Cloud[K]
      : { readonly 'add this part to the interface Cloud': never };
};

/** The parts that are plain values, which are replaced as a whole. */
export type SettingName = 'limits' | 'progress' | 'profiles' | 'release' | 'stores';

/** Services that work on several parts and have no state of their own. */
export type Services = Pick<Cloud, 'images' | 'imports' | 'transfers'>;

/** Writes changes of a world to its documents, until the world starts over. */
export type ChangeWriter = Pick<WorldDocuments, 'putImage' | 'putDocument'>;

/** What `Part.create` can use of its world. */
export interface PartContext {
  /** Name of the world. */
  readonly name: string;
  readonly clock: Clock;
  readonly dependencies: WorldDependencies;
  readonly documents: ChangeWriter;
  /**
   * The parts of the world. While a part is created, only those before it in `PARTS` exist; read others when you need them
   * (`() => parts.identity`).
   */
  readonly parts: Readonly<WorldParts>;
  readonly services: Services;
  readonly unusedFaults: UnusedFaultLog;
  /** Replaces a setting and saves it. */
  setSetting<K extends SettingName>(name: K, value: WorldParts[K]): void;
}

/** A JSON value to save, with its collection and its id in the collection. */
export type SavedDocument = readonly [collection: string, id: string, document: unknown];

/** How one part of a world is created, saved and restored. */
export interface Part<State, Live> {
  /**
   * Returns the state for a new world without fixtures.
   * @param seed - seed of generated ids and random choices.
   */
  initial(seed: string): State;
  /** Starts the part from a state. It saves each later change with `context.documents`. */
  create(state: State, context: PartContext): Live;
  /** Returns the current state. Must take the same time for any amount of content. */
  snapshot(part: Live): State;
  /** Converts a state to documents. Images have none, because they are saved by reference. */
  toDocuments(state: State): Iterable<SavedDocument>;
  /** Restores a state from saved documents; those of this part may be missing. */
  restore(saved: SavedState, library: ScenarioLibrary): State;
}
