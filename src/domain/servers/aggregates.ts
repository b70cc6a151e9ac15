import { Collection, type CollectionState } from '../collection.ts';

/** A group of compute hosts. Immutable. There are no compute hosts, so it is empty. */
export interface Aggregate {
  readonly number: number;
  readonly uuid: string;
  /** Unique. */
  readonly name: string;
  /** Includes the availability zone, if the aggregate has one. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Milliseconds since 1970; `null` before the first change. */
  readonly updatedAt: number | null;
}

/** Metadata item that is the availability zone. */
export const ZONE_ITEM = 'availability_zone';

/** State of the aggregates of a world. */
export interface AggregatesState {
  /** Aggregates by number. */
  readonly aggregates: CollectionState<Aggregate>;
  /** Keys by name. */
  readonly byName: CollectionState<string>;
  /** The highest number so far. */
  readonly highest: number;
}

const keyOf = (number: number): string => String(number).padStart(10, '0');

/** Restores the state of the aggregates of a world. */
export function restoreAggregates(saved: Iterable<Aggregate>): AggregatesState {
  const aggregates = new Aggregates();
  for (const aggregate of saved) aggregates.put(aggregate);
  return aggregates.snapshot();
}

/** The host aggregates of one world. */
export class Aggregates {
  readonly #aggregates: Collection<Aggregate>;
  readonly #byName: Collection<string>;
  #highest: number;

  /** @param onChange - called with each aggregate before it is stored, and with `null` for one that is removed. */
  constructor(state?: AggregatesState, onChange?: (key: string, aggregate: Aggregate | null) => void) {
    this.#aggregates = new Collection(state?.aggregates, onChange);
    this.#byName = new Collection(state?.byName);
    this.#highest = state?.highest ?? 0;
  }

  /** The current state; costs the same for any number of aggregates. */
  snapshot(): AggregatesState {
    return { aggregates: this.#aggregates.snapshot(), byName: this.#byName.snapshot(), highest: this.#highest };
  }

  /** Stores an aggregate; one with the same number is replaced. */
  put(aggregate: Aggregate): void {
    const key = keyOf(aggregate.number);
    const before = this.#aggregates.get(key);
    if (before !== undefined && before.name !== aggregate.name) this.#byName.delete(before.name);
    this.#aggregates.set(key, aggregate);
    this.#byName.set(aggregate.name, key);
    this.#highest = Math.max(this.#highest, aggregate.number);
  }

  /** Stores a new aggregate under the next number. */
  add(aggregate: Omit<Aggregate, 'number'>): Aggregate {
    const added = { ...aggregate, number: this.#highest + 1 };
    this.put(added);
    return added;
  }

  /** Removes an aggregate. */
  remove({ number, name }: Aggregate): void {
    this.#aggregates.delete(keyOf(number));
    this.#byName.delete(name);
  }

  /** Returns the aggregate with a number. */
  get(number: number): Aggregate | undefined {
    return this.#aggregates.get(keyOf(number));
  }

  /** Returns the aggregate with a name. */
  named(name: string): Aggregate | undefined {
    return this.#aggregates.get(this.#byName.get(name) ?? '');
  }

  /** Lists all aggregates by number. */
  list(): readonly Aggregate[] {
    return [...this.#aggregates.under('')];
  }
}
