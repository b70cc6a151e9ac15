import type { Scenario, States } from '../fault.ts';
import { keyOf, putBounded } from './counter-key.ts';
import type { Subject } from './matcher.ts';

/** The states of one scenario in one world: one for all calls, or one for each image, project, user or client. */
export class StateMachine {
  readonly #states: States;
  /** What all are in that have none of their own. */
  #common: string;
  readonly #own = new Map<string, string>();

  constructor(states: States) {
    this.#states = states;
    this.#common = states.initial;
  }

  of(subject: Pick<Subject, 'call' | 'caller'>): string {
    return this.ofKey(keyOf(this.#states.per, subject));
  }

  ofKey(key: string): string {
    return this.#own.get(key) ?? this.#common;
  }

  /** What the calls are in that have no state of their own. */
  get common(): string {
    return this.#common;
  }

  /** By id of image, project or user, or by client: those that have left the common state. */
  get own(): ReadonlyMap<string, string> {
    return this.#own;
  }

  /** Moves what this call is about. */
  move(subject: Pick<Subject, 'call' | 'caller'>, to: string): void {
    const { per } = this.#states;
    if (per === 'rule') this.#common = to;
    else putBounded(this.#own, keyOf(per, subject), to);
  }

  /** @param key - of what; everything when left out. */
  set(to: string, key?: string): void {
    if (key !== undefined) {
      putBounded(this.#own, key, to);
      return;
    }
    this.#own.clear();
    this.#common = to;
  }
}

/** All states that a scenario can be in, the initial one first. */
export function statesOf({ states, rules }: Pick<Scenario, 'states' | 'rules'>): readonly string[] {
  if (states === undefined) return [];
  const led = rules.flatMap((rule) => (rule.goto === undefined ? [] : [rule.goto]));
  return [...new Set([states.initial, ...led, ...states.byHand])];
}
