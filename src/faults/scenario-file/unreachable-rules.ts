import { isGlob } from '../../domain/glob.ts';
import type { InputIssue } from '../../input/input-error.ts';
import type { Rule } from '../fault.ts';
import { settles } from '../fault-kinds.ts';
import { canonical } from '../json-value.ts';

/** What a rule asks for beside the operation: where, and what. */
interface Condition {
  /** `image name`, `header x-a`. */
  readonly on: string;
  readonly wanted: unknown;
}

/** A rule that takes all its calls, and so hides those behind it that ask for the same or more. */
interface Cover {
  readonly index: number;
  readonly conditions: readonly Condition[];
}

/** Rules that no call ever comes to, because rules before them take all that they could. */
export function unreachableRules(rules: readonly Rule[], written: readonly unknown[]): readonly InputIssue[] {
  const covers = new Map<string, Covers>();
  return rules.flatMap((rule, index) => {
    const conditions = conditionsOf(rule);
    const found = rule.operations.map((name) => covers.get(name)?.find(conditions));
    if (takesAll(rule)) {
      for (const name of rule.operations) {
        const known = covers.get(name) ?? new Covers();
        known.add({ index, conditions });
        covers.set(name, known);
      }
    }
    const hiding = [...new Set(found)];
    if (hiding.length === 0 || hiding.includes(undefined)) return [];
    const names = hiding.map((one) => `/rules/${one}`);
    return [
      {
        pointer: `/rules/${index}`,
        message:
          names.length === 1
            ? `the rule can never take a call: ${names[0]} takes every one of them`
            : `the rule can never take a call: ${names.join(' and ')} take every one of them`,
        found: (written[index] as { readonly match?: unknown } | undefined)?.match,
        allowed: 'the narrower rule first, or a rule before it that lets calls through',
      },
    ];
  });
}

/** The covers of one operation. Those without globs are looked up, so that thousands of rules are quick to load. */
class Covers {
  readonly #exact = new Map<string, number>();
  readonly #globs: Cover[] = [];

  add(cover: Cover): void {
    if (cover.conditions.some(({ wanted }) => typeof wanted === 'string' && isGlob(wanted))) this.#globs.push(cover);
    const key = keyOf(cover.conditions);
    if (!this.#exact.has(key)) this.#exact.set(key, cover.index);
  }

  /** The first rule that asks for a part of what another asks for, or for something wider. */
  find(conditions: readonly Condition[]): number | undefined {
    for (const part of selections(conditions)) {
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

/** More conditions than this are not looked into: the selections double with each. */
const MAX_CONDITIONS = 8;

/** Every selection of a list, the empty and the whole one too, each in the order of the list. */
function selections<T>(list: readonly T[]): readonly (readonly T[])[] {
  if (list.length > MAX_CONDITIONS) return [[], list];
  const all: (readonly T[])[] = [[]];
  for (const one of list) all.push(...all.map((part) => [...part, one]));
  return all;
}

/** Whether a rule takes each call that comes to it, for ever, with an answer. */
function takesAll({ calls, sequence, ending }: Rule): boolean {
  const { per: _per, from = 1, every = 1, chance = 1, ...bounds } = calls;
  const isBounded = Object.values(bounds).some((bound) => bound !== undefined);
  return from === 1 && every === 1 && chance === 1 && !isBounded && ending !== 'pass' && sequence.every(settles);
}

/** What a rule asks for beside the operation, in one order; the state that it asks for is a condition like any other. */
const conditionsOf = ({ match, when }: Rule): readonly Condition[] =>
  [
    ...Object.entries(match).flatMap(([member, value]) =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([name, wanted]) => spread(`${member} ${name}`, wanted))
        : [{ on: member, wanted: value as unknown }],
    ),
    ...(when === undefined ? [] : [{ on: 'when', wanted: when }]),
  ].sort((a, b) => (a.on < b.on ? -1 : 1));

/** The properties of an image are a condition each. */
const spread = (on: string, wanted: unknown): readonly Condition[] =>
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

/** Whether each text that fits the second glob fits the first; never says so of one that does not. */
export function coversGlob(wide: string, narrow: string): boolean {
  const mark = wide.search(/[*?]/);
  if (mark === -1) return wide === narrow;
  if (!narrow.startsWith(wide.slice(0, mark))) return false;
  // Walked from the end: for each place in `wide`, which rests of `narrow` it covers. A star of the narrow one stands for
  // any text, so that only a star can take it in.
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
