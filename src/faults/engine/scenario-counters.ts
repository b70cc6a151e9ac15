import type { Rule, Scenario, States } from '../fault.ts';
import { RuleCounter } from './counter.ts';
import type { ArmedRule } from './rule-index.ts';
import { StateMachine } from './state-machine.ts';

/** The counters and state machines of the scenarios of one world. Each is created on first use. */
export class ScenarioCounters {
  readonly #seed: string;
  readonly #rules = new Map<Rule, RuleCounter>();
  /** How often a scenario fired since it was enabled, for scenarios that are enabled for a number of requests. */
  readonly #fired = new Map<string, number>();
  readonly #machines = new Map<string, StateMachine>();

  /** @param seed - seed of the random choices of rules. */
  constructor(seed: string) {
    this.#seed = seed;
  }

  /** Returns the counter of a rule. */
  of(armed: ArmedRule): RuleCounter {
    let counter = this.#rules.get(armed.rule);
    if (counter === undefined) {
      counter = new RuleCounter(armed, this.#seed);
      this.#rules.set(armed.rule, counter);
    }
    return counter;
  }

  /** Returns the counter of a rule, or `undefined` if no request has been evaluated against the rule. */
  find(rule: Rule): RuleCounter | undefined {
    return this.#rules.get(rule);
  }

  /** Returns the state machine of a scenario. */
  machineOf(scenario: string, states: States): StateMachine {
    let machine = this.#machines.get(scenario);
    if (machine === undefined) {
      machine = new StateMachine(states);
      this.#machines.set(scenario, machine);
    }
    return machine;
  }

  /** Returns how often a scenario fired since it was enabled, if it was enabled for a number of requests. */
  firedOf(scenario: string): number {
    return this.#fired.get(scenario) ?? 0;
  }

  /** Counts that a scenario fired. Returns how often it has fired. */
  countFired(scenario: string): number {
    const fired = this.firedOf(scenario) + 1;
    this.#fired.set(scenario, fired);
    return fired;
  }

  /** Resets the counters and the state of a scenario. */
  reset(name: string, scenario: Scenario | undefined): void {
    this.#fired.delete(name);
    this.#machines.delete(name);
    for (const rule of scenario?.rules ?? []) this.#rules.delete(rule);
  }
}
