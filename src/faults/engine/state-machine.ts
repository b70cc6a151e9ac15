import { didYouMean } from '../../contract/nearest.ts';
import { InputError } from '../../input/input-error.ts';
import type { Scenario, States } from '../fault.ts';
import { keyOf, putBounded } from './counter-key.ts';
import type { Subject } from './matcher.ts';

/** The state of one scenario in one world: one for all requests, or one for each image, project, user or client. */
export class StateMachine {
  readonly #states: States;
  /** The state of everything that has no state of its own. */
  #common: string;
  readonly #own = new Map<string, string>();

  constructor(states: States) {
    this.#states = states;
    this.#common = states.initial;
  }

  /** The state that applies to a request. */
  of(subject: Pick<Subject, 'call' | 'caller'>): string {
    return this.ofKey(keyOf(this.#states.per, subject));
  }

  /** The state of one image, project, user or client. */
  ofKey(key: string): string {
    return this.#own.get(key) ?? this.#common;
  }

  /** The state of everything that has no state of its own. */
  get common(): string {
    return this.#common;
  }

  /** The states that differ from the common one, by id of image, project or user, or by client. */
  get own(): ReadonlyMap<string, string> {
    return this.#own;
  }

  /** Changes the state that applies to a request. */
  move(subject: Pick<Subject, 'call' | 'caller'>, to: string): void {
    const { per } = this.#states;
    if (per === 'rule') this.#common = to;
    else putBounded(this.#own, keyOf(per, subject), to);
  }

  /**
   * Sets a state.
   * @param key - the image, project, user or client; everything when omitted.
   */
  set(to: string, key?: string): void {
    if (key !== undefined) {
      putBounded(this.#own, key, to);
      return;
    }
    this.#own.clear();
    this.#common = to;
  }
}

/** All states that a scenario can have, the initial one first. */
export function statesOf({ states, rules }: Pick<Scenario, 'states' | 'rules'>): readonly string[] {
  if (states === undefined) return [];
  const targets = rules.flatMap((rule) => (rule.goto === undefined ? [] : [rule.goto]));
  return [...new Set([states.initial, ...targets, ...states.byHand])];
}

/**
 * Checks that a scenario has a state.
 * @param of - id of the image, project or user, or the client, whose state is set; `undefined` for all of them.
 * @returns the states of the scenario.
 * @throws InputError if it has no states or not this one, or if it has one state for all requests and `of` is given.
 */
export function assertValidState(scenario: Scenario, state: string, of: string | undefined): States {
  const { name, states } = scenario;
  if (states === undefined) {
    throw new InputError('state', [
      {
        pointer: '/state',
        message: `the scenario "${name}" has no states`,
        found: state,
        allowed: 'a scenario with states',
      },
    ]);
  }
  const allowed = statesOf(scenario);
  if (!allowed.includes(state)) {
    const message = `the scenario "${name}" has no state of this name${didYouMean(state, allowed)}`;
    throw new InputError('state', [{ pointer: '/state', message, found: state, allowed }]);
  }
  if (of !== undefined && states.per === 'rule') {
    throw new InputError('state', [
      { pointer: '/of', message: 'the scenario has one state for all requests', found: of, allowed: 'omit "of"' },
    ]);
  }
  return states;
}
