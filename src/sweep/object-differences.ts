import { type ComparedObject, differingMembers, type ObjectOutcome } from '../client-runs/object-outcome.ts';
import { changedPairs, pairUp } from './pairs.ts';

/** An object that is not as in the baseline. */
export interface DifferingObject {
  readonly found: ComparedObject;
  readonly members: readonly string[];
}

/** How the objects after a run differ from those after the baseline. */
export interface ObjectDifferences {
  /** Created objects that exist now, and not after the baseline. */
  readonly surplus: readonly ComparedObject[];
  /** Objects that the baseline created, and that do not exist. */
  readonly absent: readonly ComparedObject[];
  /** Created objects and objects of the start that are not as in the baseline. */
  readonly differing: readonly DifferingObject[];
  /** Objects of the start that are gone, and not so after the baseline. */
  readonly deleted: readonly ComparedObject[];
  /** Objects of the start that the baseline deletes, and that still exist. */
  readonly kept: readonly ComparedObject[];
}

/** Compares what runs did to the objects of equal worlds. */
export class ObjectComparison {
  /** Kinds of which two runs of the baseline create different numbers. */
  readonly #unstableKinds: ReadonlySet<string>;
  /** Members that differ between two runs of the baseline: `server name`. */
  readonly #unstable: ReadonlySet<string>;

  constructor(unstableKinds: ReadonlySet<string> = new Set(), unstable: ReadonlySet<string> = new Set()) {
    this.#unstableKinds = unstableKinds;
    this.#unstable = unstable;
  }

  /** Members of two objects that differ and that are compared. */
  differingMembers(expected: ComparedObject, found: ComparedObject): readonly string[] {
    return differingMembers(expected, found).filter((member) => !this.#unstable.has(`${found.kind} ${member}`));
  }

  /** What tells objects of one client apart: kind and name, as far as the client does not draw names. */
  identityOf({ kind, name, members }: ComparedObject): string {
    if (name !== null) return this.#unstable.has(`${kind} name`) ? kind : `${kind} ${name}`;
    const stable = [...members].filter(([member]) => !this.#unstable.has(`${kind} ${member}`));
    return JSON.stringify([kind, stable.sort(([one], [other]) => (one < other ? -1 : 1))]);
  }

  /** Compares a run with the baseline. */
  compare(baseline: ObjectOutcome, run: ObjectOutcome): ObjectDifferences {
    const isStable = ({ kind }: ComparedObject): boolean => !this.#unstableKinds.has(kind);
    const { pairs, absent, surplus } = this.#pair(baseline.created.filter(isStable), run.created.filter(isStable));
    const expectedGone = new Set(baseline.deleted.map(keyOf));
    const gone = new Set(run.deleted.map(keyOf));
    return {
      surplus,
      absent,
      differing: [
        ...pairs.flatMap(([expected, found]) => this.#differing(expected, found)),
        ...this.#changed(baseline, run),
      ],
      deleted: run.deleted.filter((object) => !expectedGone.has(keyOf(object))),
      kept: baseline.deleted.filter((object) => !gone.has(keyOf(object))),
    };
  }

  /** Pairs objects that are equal, then those with the same kind and name. */
  #pair(expected: readonly ComparedObject[], found: readonly ComparedObject[]) {
    const isEqual = (left: ComparedObject, right: ComparedObject): boolean =>
      left.kind === right.kind && this.differingMembers(left, right).length === 0;
    const isSame = (left: ComparedObject, right: ComparedObject): boolean =>
      this.identityOf(left) === this.identityOf(right);
    return pairUp(expected, found, [isEqual, isSame]);
  }

  #differing(expected: ComparedObject, found: ComparedObject): readonly DifferingObject[] {
    const members = this.differingMembers(expected, found);
    return members.length === 0 ? [] : [{ found, members }];
  }

  #changed(baseline: ObjectOutcome, run: ObjectOutcome): readonly DifferingObject[] {
    return changedPairs(baseline, run, keyOf).flatMap(([wanted, actual]) => this.#differing(wanted, actual));
  }
}

const keyOf = ({ kind, id }: ComparedObject): string => `${kind} ${id}`;

/** Learns from two runs of the baseline what is not compared, with sentences about it. */
export function learnObjects(
  first: ObjectOutcome,
  second: ObjectOutcome,
): { readonly comparison: ObjectComparison; readonly notes: readonly string[] } {
  const counts = [countKinds(first), countKinds(second)] as const;
  const kinds = [...new Set([...counts[0].keys(), ...counts[1].keys()])].filter(
    (kind) => counts[0].get(kind) !== counts[1].get(kind),
  );
  const { differing } = new ObjectComparison(new Set(kinds)).compare(first, second);
  const drawn = drawnNames(first, second);
  const members = [
    ...new Set([
      ...drawn,
      ...differing.flatMap(({ found, members: all }) => all.map((each) => `${found.kind} ${each}`)),
    ]),
  ];
  return {
    comparison: new ObjectComparison(new Set(kinds), new Set(members)),
    notes: [
      ...kinds.map((kind) => `the number of its ${kind} objects varies, and they are not compared`),
      ...members.map((member) => `the ${member} varies, and is not compared`),
    ],
  };
}

/** Kinds of which the client draws the names: as many objects in both runs, none with a name of the other run. */
function drawnNames(first: ObjectOutcome, second: ObjectOutcome): readonly string[] {
  const { absent, surplus } = new ObjectComparison().compare(first, second);
  const left = countOf(absent);
  return [...countOf(surplus)].flatMap(([kind, count]) => (left.get(kind) === count ? [`${kind} name`] : []));
}

const countKinds = ({ created }: ObjectOutcome): ReadonlyMap<string, number> => countOf(created);

function countOf(objects: readonly ComparedObject[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { kind } of objects) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}
