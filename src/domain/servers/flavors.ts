import { Collection, type CollectionState, collectionOf } from '../collection.ts';
import type { Flavor } from './server.ts';

/** A flavor that servers can be created with. Immutable. */
export interface OfferedFlavor extends Flavor {
  /** Number of flavors that were created before. */
  readonly ordinal: number;
  readonly ephemeralGibibytes: number;
  readonly swapMebibytes: number;
  /** Share of the network bandwidth. */
  readonly rxtxFactor: number;
  /** Whether the flavor is listed and not offered for new servers. */
  readonly isDisabled: boolean;
  /** Ids of the projects that may use the flavor; `null` for a public one. */
  readonly access: readonly string[] | null;
  readonly description: string | null;
  readonly extraSpecs: Readonly<Record<string, string>>;
}

/** Who reads flavors. */
export interface FlavorReader {
  readonly projectId: string;
  readonly isAdmin: boolean;
}

/** State of the flavors of a world, by id. */
export type FlavorsState = CollectionState<OfferedFlavor>;

/** Restores the state of the flavors of a world. */
export const restoreFlavors = (flavors: Iterable<OfferedFlavor>): FlavorsState =>
  collectionOf([...flavors].map((flavor) => [flavor.id, flavor] as const));

/** The flavors of one world. */
export class Flavors {
  readonly #flavors: Collection<OfferedFlavor>;

  /** @param onPut - called with each flavor before it is stored. */
  constructor(state: FlavorsState, onPut?: (id: string, flavor: OfferedFlavor | null) => void) {
    this.#flavors = new Collection(state, onPut);
  }

  /** The current state; costs the same for any number of flavors. */
  snapshot(): FlavorsState {
    return this.#flavors.snapshot();
  }

  /** Stores a flavor. */
  put(flavor: OfferedFlavor): void {
    this.#flavors.set(flavor.id, flavor);
  }

  /** A flavor that the reader may use; `undefined` for all others. */
  find(reader: FlavorReader, id: string): OfferedFlavor | undefined {
    const flavor = this.#flavors.get(id);
    return flavor !== undefined && (reader.isAdmin || mayUse(reader, flavor)) ? flavor : undefined;
  }

  /** All flavors, by id. */
  all(): readonly OfferedFlavor[] {
    return [...this.#flavors.under('')];
  }
}

/** Whether a flavor is public, or its access list names the project of the reader. */
export const mayUse = ({ projectId }: Pick<FlavorReader, 'projectId'>, { access }: OfferedFlavor): boolean =>
  access === null || access.includes(projectId);
