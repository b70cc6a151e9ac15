import type { Rule } from '../fault.ts';
import { RuleCounter, type Time } from './counter.ts';
import type { DecisionBuilder } from './decision.ts';
import type { Subject } from './matcher.ts';
import { type ArmedRule, arm, RuleIndex } from './rule-index.ts';

/** A fault that was armed on its own. */
export interface ArmedFaultReport {
  readonly id: string;
  readonly rule: Rule;
  /** Calls that came to it. */
  readonly seen: number;
  /** Calls to which it did something. */
  readonly taken: number;
  /** When it took a call last: milliseconds since 1970. */
  readonly lastTaken: number | undefined;
  /** It will do nothing more. */
  readonly isSpent: boolean;
}

/** A one-off fault and its count. */
export interface ArmedFault {
  readonly id: string;
  readonly armed: ArmedRule;
  readonly counter: RuleCounter;
  /** When it was armed: milliseconds since 1970. */
  readonly since: number;
}

/** How many spent faults are kept to be read. */
const MAX_SPENT = 1000;

/** The one-off faults of one world. */
export class ArmedFaults {
  readonly #seed: string;
  /** In the order in which they were armed. */
  readonly #all = new Map<string, ArmedFault>();
  /** Those that may still do something. */
  #live = new RuleIndex();
  readonly #spent: string[] = [];
  #made = 0;

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** Whether none can do anything any more. */
  get isEmpty(): boolean {
    return this.#live.isEmpty;
  }

  /** @param now - milliseconds since 1970. */
  arm(rule: Rule, now: number): ArmedFaultReport {
    this.#made += 1;
    const id = `fault-${this.#made}`;
    // The same rule may be armed more than once; each has its own place and counts.
    const armed = arm({ ...rule }, id, 0);
    const armedFault: ArmedFault = { id, armed, counter: new RuleCounter(armed, this.#seed), since: now };
    this.#all.set(id, armedFault);
    this.#live.add(armed, this.#made);
    return report(armedFault, now);
  }

  list(now: number): readonly ArmedFaultReport[] {
    return [...this.#all.values()].map((armedFault) => report(armedFault, now));
  }

  /** Those that may still do something to calls of an operation, in the order in which they are asked. */
  liveFor(operation: string): readonly ArmedFault[] {
    return this.#live.for(operation).map(({ scenario }) => this.#all.get(scenario) as ArmedFault);
  }

  disarm(id: string): boolean {
    const armedFault = this.#all.get(id);
    if (armedFault === undefined) return false;
    this.#live.remove(armedFault.armed);
    return this.#all.delete(id);
  }

  disarmAll(): number {
    const count = this.#all.size;
    this.#all.clear();
    this.#live = new RuleIndex();
    this.#spent.length = 0;
    return count;
  }

  /** Offers a call to each in turn; whether one of them settled it. */
  offer(subject: Subject, decision: DecisionBuilder, now: number): boolean {
    if (this.#live.isEmpty) return false;
    for (const armed of this.#live.of(subject)) {
      if (armed.matches !== undefined && !armed.matches(subject)) continue;
      const armedFault = this.#all.get(armed.scenario) as ArmedFault;
      const time: Time = { now, since: armedFault.since };
      const taken = armedFault.counter.take(subject, time);
      if (armedFault.counter.isSpent(time)) this.#spend(armedFault);
      if (taken?.fault === undefined) continue;
      decision.add(taken.fault, armed.rule.phase, armedFault.id, 0, taken);
      if (decision.isSettled) return true;
    }
    return false;
  }

  #spend(armedFault: ArmedFault): void {
    this.#live.remove(armedFault.armed);
    this.#spent.push(armedFault.id);
    if (this.#spent.length > MAX_SPENT) this.#all.delete(this.#spent.shift() as string);
  }
}

const report = ({ id, armed, counter, since }: ArmedFault, now: number): ArmedFaultReport => ({
  id,
  rule: armed.rule,
  seen: counter.seen,
  taken: counter.taken,
  lastTaken: counter.lastTaken,
  isSpent: counter.isSpent({ now, since }),
});
