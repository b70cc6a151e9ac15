/** Two things that belong together: one of the baseline and one of a run. */
export type Pair<Item> = readonly [expected: Item, found: Item];

/** Whether something of the baseline and something of a run belong together. */
export type Belongs<Item> = (expected: Item, found: Item) => boolean;

/**
 * Pairs what the baseline created with what a run created.
 * @param rules - which belong together; a rule comes into play for what the rules before it have left over.
 * @returns the pairs, and what is left over of the baseline (`absent`) and of the run (`surplus`).
 */
export function pairUp<Item>(expected: readonly Item[], found: readonly Item[], rules: readonly Belongs<Item>[]) {
  const absent = [...expected];
  const surplus = [...found];
  const pairs: Pair<Item>[] = [];
  for (const belongs of rules) {
    for (const item of [...absent]) {
      const index = surplus.findIndex((other) => belongs(item, other));
      if (index === -1) continue;
      pairs.push([item, surplus[index] as Item]);
      surplus.splice(index, 1);
      absent.splice(absent.indexOf(item), 1);
    }
  }
  return { pairs, absent, surplus };
}

/** What a run did to things that existed at its start. */
interface Outcome<Item> {
  readonly changed: readonly { readonly before: Item; readonly after: Item }[];
  readonly deleted: readonly Item[];
}

/** Pairs what the baseline changed, or a run, with how it is after the other; what one of them deleted is left out. */
export function changedPairs<Item>(
  baseline: Outcome<Item>,
  run: Outcome<Item>,
  keyOf: (item: Item) => string,
): readonly Pair<Item>[] {
  const expected = new Map(baseline.changed.map((change) => [keyOf(change.after), change]));
  const found = new Map(run.changed.map((change) => [keyOf(change.after), change]));
  const deleted = new Set([...baseline.deleted, ...run.deleted].map(keyOf));
  const keys = [...new Set([...expected.keys(), ...found.keys()])].filter((key) => !deleted.has(key));
  return keys.flatMap((key): readonly Pair<Item>[] => {
    const wanted = expected.get(key)?.after ?? found.get(key)?.before;
    const actual = found.get(key)?.after ?? expected.get(key)?.before;
    return wanted === undefined || actual === undefined ? [] : [[wanted, actual]];
  });
}
