import { isGlob } from '../../base/glob.ts';
import { canonical } from '../../base/json-value.ts';
import type { InputIssue } from '../../input/input-error.ts';
import type { Rule } from '../fault.ts';
import { settles } from '../fault-kinds.ts';

/** One condition of a rule besides its operations. */
interface Condition {
  /** `image name`, `header x-a`. */
  readonly on: string;
  readonly wanted: unknown;
}

/** A rule that takes every request that it matches. Later rules with the same or more conditions are unreachable. */
interface Cover {
  readonly index: number;
  readonly conditions: readonly Condition[];
}

/**
 * Finds rules that can never match because earlier rules take all of their requests.
 * @param written - the rules as written, for messages.
 */
export function unreachableRules(rules: readonly Rule[], written: readonly unknown[]): readonly InputIssue[] {
  const covers = new Map<string, Covers>();
  return rules.flatMap((rule, index) => {
    const conditions = conditionsOf(rule);
    const found = rule.operations.map((name) => coverOf(covers, rule, { name, conditions }));
    if (takesAll(rule)) {
      for (const name of rule.operations) {
        const key = `${rule.stage} ${name}`;
        const known = covers.get(key) ?? new Covers();
        known.add({ index, conditions });
        covers.set(key, known);
      }
    }
    const covering = [...new Set(found)];
    if (covering.length === 0 || covering.includes(undefined)) return [];
    const names = covering.map((one) => `/rules/${one}`);
    return [
      {
        pointer: `/rules/${index}`,
        message: `the rule can never match: ${names.join(' and ')} ${names.length === 1 ? 'takes' : 'take'} all of its requests`,
        found: (written[index] as { readonly match?: unknown } | undefined)?.match,
        allowed: 'the narrower rule first, or an earlier rule that passes some requests',
      },
    ];
  });
}

/** Returns the index of a rule that matches every request of another one. Rules before authentication come first. */
function coverOf(
  covers: ReadonlyMap<string, Covers>,
  { stage }: Rule,
  { name, conditions }: { readonly name: string; readonly conditions: readonly Condition[] },
): number | undefined {
  const early = covers.get(`before-auth ${name}`)?.find(conditions);
  return early === undefined && stage === 'after-auth' ? covers.get(`after-auth ${name}`)?.find(conditions) : early;
}

/** The covers of one operation. Covers without globs are found by key, so that thousands of rules load quickly. */
class Covers {
  readonly #exact = new Map<string, number>();
  readonly #globs: Cover[] = [];

  add(cover: Cover): void {
    if (cover.conditions.some(({ wanted }) => typeof wanted === 'string' && isGlob(wanted))) this.#globs.push(cover);
    const key = keyOf(cover.conditions);
    if (!this.#exact.has(key)) this.#exact.set(key, cover.index);
  }

  /** Returns the index of a rule that matches every request with these conditions. */
  find(conditions: readonly Condition[]): number | undefined {
    for (const part of subsetsOf(conditions)) {
      const index = this.#exact.get(keyOf(part));
      if (index !== undefined) return index;
    }
    return this.#globs.find((cover) =>
      cover.conditions.every((wide) => conditions.some((narrow) => isWider(wide, narrow))),
    )?.index;
  }
}

const keyOf = (conditions: readonly Condition[]): string =>
  conditions.map(({ on, wanted }) => `${on} ${canonical(wanted)}`).join('\n');

/** Rules with more conditions are compared as a whole only, because each condition doubles the number of subsets. */
const MAX_CONDITIONS = 8;

/** Returns all subsets of a list, including the empty and the whole one, each in the order of the list. */
function subsetsOf<T>(list: readonly T[]): readonly (readonly T[])[] {
  if (list.length > MAX_CONDITIONS) return [[], list];
  const all: (readonly T[])[] = [[]];
  for (const one of list) all.push(...all.map((part) => [...part, one]));
  return all;
}

/** Whether a rule settles every request that it matches, without end. */
function takesAll({ calls, sequence, ending }: Rule): boolean {
  const { per: _per, from = 1, every = 1, chance = 1, ...bounds } = calls;
  const isBounded = Object.values(bounds).some((bound) => bound !== undefined);
  return from === 1 && every === 1 && chance === 1 && !isBounded && ending !== 'pass' && sequence.every(settles);
}

/** The conditions of a rule, including its state, sorted by name. */
const conditionsOf = ({ match, when }: Rule): readonly Condition[] =>
  [
    ...Object.entries(match).flatMap(([member, value]) =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([name, wanted]) => splitProperties(`${member} ${name}`, wanted))
        : [{ on: member, wanted: value as unknown }],
    ),
    ...(when === undefined ? [] : [{ on: 'when', wanted: when }]),
  ].sort((a, b) => (a.on < b.on ? -1 : 1));

/** Makes each property of an image a condition of its own. */
const splitProperties = (on: string, wanted: unknown): readonly Condition[] =>
  on === 'image property'
    ? Object.entries(wanted as Readonly<Record<string, unknown>>).map(([name, one]) => ({
        on: `${on} ${name}`,
        wanted: one,
      }))
    : [{ on, wanted }];

const isWider = (wide: Condition, narrow: Condition): boolean => {
  if (wide.on !== narrow.on) return false;
  if (typeof wide.wanted !== 'string' || typeof narrow.wanted !== 'string') {
    return canonical(wide.wanted) === canonical(narrow.wanted);
  }
  return coversGlob(wide.wanted, narrow.wanted);
};

/** Whether every text that matches the second glob matches the first. May return false for a true case, never the reverse. */
export function coversGlob(wide: string, narrow: string): boolean {
  const mark = wide.search(/[*?]/);
  if (mark === -1) return wide === narrow;
  if (!narrow.startsWith(wide.slice(0, mark))) return false;
  // Goes backwards through `wide`. `covered[at]` is whether the rest of `wide` covers `narrow` from `at`. Only a star covers
  // a star.
  let covered = Array.from({ length: narrow.length + 1 }, (_, at) => at === narrow.length);
  for (const mark of [...wide].reverse()) {
    const next = covered.slice();
    for (let at = narrow.length; at >= 0; at -= 1) {
      if (mark === '*') next[at] = (covered[at] as boolean) || (next[at + 1] ?? false);
      else {
        const letter = narrow[at];
        const fits = letter !== undefined && letter !== '*' && (mark === '?' || mark === letter);
        next[at] = fits && (covered[at + 1] as boolean);
      }
    }
    covered = next;
  }
  return covered[0] as boolean;
}
