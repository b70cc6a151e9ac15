import { Collection, type CollectionState } from '../collection.ts';
import type { Flavor } from './server.ts';

/** A flavor that servers can be created with. Immutable. */
export interface OfferedFlavor extends Flavor {
  /** Number in the database of Nova, in the order of creation. */
  readonly number: number;
  readonly ephemeralGibibytes: number;
  readonly swapMebibytes: number;
  /** Share of the network bandwidth. */
  readonly rxtxFactor: number;
  /** Whether the flavor is listed and not offered for new servers. */
  readonly isDisabled: boolean;
  /** Whether all projects may use the flavor. */
  readonly isPublic: boolean;
  /** Ids of the projects that may use a flavor that is not public. */
  readonly access: readonly string[];
  readonly description: string | null;
  readonly extraSpecs: Readonly<Record<string, string>>;
}

/** Who reads flavors. */
export interface FlavorReader {
  readonly projectId: string;
  readonly isAdmin: boolean;
}

/** State of the flavors of a world. */
export interface FlavorsState {
  /** Flavors by id. */
  readonly flavors: CollectionState<OfferedFlavor>;
  /** Ids by name. */
  readonly byName: CollectionState<string>;
  /** Ids by number, the highest first. */
  readonly byNumber: CollectionState<string>;
}

const MAX_NUMBER = 2 ** 31 - 1;

const numberKey = (number: number): string => String(MAX_NUMBER - number).padStart(10, '0');

/** Restores the state of the flavors of a world. */
export function restoreFlavors(saved: Iterable<OfferedFlavor>): FlavorsState {
  const flavors = new Flavors();
  for (const flavor of saved) flavors.put(flavor);
  return flavors.snapshot();
}

/** The flavors of one world. */
export class Flavors {
  readonly #flavors: Collection<OfferedFlavor>;
  readonly #byName: Collection<string>;
  readonly #byNumber: Collection<string>;

  /** @param onChange - called with each flavor before it is stored, and with `null` for one that is removed. */
  constructor(state?: FlavorsState, onChange?: (id: string, flavor: OfferedFlavor | null) => void) {
    this.#flavors = new Collection(state?.flavors, onChange);
    this.#byName = new Collection(state?.byName);
    this.#byNumber = new Collection(state?.byNumber);
  }

  /** The current state; costs the same for any number of flavors. */
  snapshot(): FlavorsState {
    return {
      flavors: this.#flavors.snapshot(),
      byName: this.#byName.snapshot(),
      byNumber: this.#byNumber.snapshot(),
    };
  }

  /** Stores a flavor; one with the same id is replaced and keeps its name. */
  put(flavor: OfferedFlavor): void {
    this.#flavors.set(flavor.id, flavor);
    this.#byName.set(flavor.name, flavor.id);
    this.#byNumber.set(numberKey(flavor.number), flavor.id);
  }

  /** Stores a new flavor under the next number. */
  add(flavor: Omit<OfferedFlavor, 'number'>): OfferedFlavor {
    const latest = this.#flavors.get(this.#byNumber.first()?.[1] ?? '');
    const added = { ...flavor, number: (latest?.number ?? 0) + 1 };
    this.put(added);
    return added;
  }

  /** Removes a flavor. Servers keep the sizes that they were created with. */
  remove({ id, name, number }: OfferedFlavor): void {
    this.#flavors.delete(id);
    this.#byName.delete(name);
    this.#byNumber.delete(numberKey(number));
  }

  /** Whether a flavor has this name. */
  hasName(name: string): boolean {
    return this.#byName.get(name) !== undefined;
  }

  /** Returns a flavor without any check. */
  peek(id: string): OfferedFlavor | undefined {
    return this.#flavors.get(id);
  }

  /** Returns a flavor that the reader may use; `undefined` for all others. */
  find(reader: FlavorReader, id: string): OfferedFlavor | undefined {
    const flavor = this.#flavors.get(id);
    return flavor !== undefined && (reader.isAdmin || mayUse(reader, flavor)) ? flavor : undefined;
  }

  /** Returns all flavors, by id. */
  all(): readonly OfferedFlavor[] {
    return [...this.#flavors.under('')];
  }
}

/** Whether a flavor is public, or its access list names the project of the reader. */
export const mayUse = (
  { projectId }: Pick<FlavorReader, 'projectId'>,
  { isPublic, access }: Pick<OfferedFlavor, 'isPublic' | 'access'>,
): boolean => isPublic || access.includes(projectId);
