import { RuleCounter, type Time } from './counter.ts';
import type { Rule } from './fault.ts';
import type { Subject } from './matcher.ts';
import { type ArmedRule, arm, RuleIndex } from './rule-index.ts';
import type { Verdict } from './verdict.ts';

/** A fault that was armed on its own. */
export interface OneOffReport {
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
export interface OneOff {
  readonly id: string;
  readonly armed: ArmedRule;
  readonly counter: RuleCounter;
  /** When it was armed: milliseconds since 1970. */
  readonly since: number;
}

/** How many spent faults are kept to be read. */
const MOST_SPENT = 1000;

/** The one-off faults of one world. */
export class OneOffs {
  readonly #seed: string;
  /** In the order in which they were armed. */
  readonly #all = new Map<string, OneOff>();
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
  arm(rule: Rule, now: number): OneOffReport {
    this.#made += 1;
    const id = `fault-${this.#made}`;
    // The same rule may be armed more than once; each has its own place and counts.
    const armed = arm({ ...rule }, id, 0);
    const oneOff: OneOff = { id, armed, counter: new RuleCounter(armed, this.#seed), since: now };
    this.#all.set(id, oneOff);
    this.#live.add(armed, this.#made);
    return report(oneOff, now);
  }

  list(now: number): readonly OneOffReport[] {
    return [...this.#all.values()].map((oneOff) => report(oneOff, now));
  }

  /** Those that may still do something to calls of an operation, in the order in which they are asked. */
  liveFor(operation: string): readonly OneOff[] {
    return this.#live.for(operation).map(({ scenario }) => this.#all.get(scenario) as OneOff);
  }

  disarm(id: string): boolean {
    const oneOff = this.#all.get(id);
    if (oneOff === undefined) return false;
    this.#live.remove(oneOff.armed);
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
  offer(subject: Subject, verdict: Verdict, now: number): boolean {
    if (this.#live.isEmpty) return false;
    for (const armed of this.#live.of(subject)) {
      if (armed.matches !== undefined && !armed.matches(subject)) continue;
      const oneOff = this.#all.get(armed.scenario) as OneOff;
      const time: Time = { now, since: oneOff.since };
      const taken = oneOff.counter.take(subject, time);
      if (oneOff.counter.isSpent(time)) this.#spend(oneOff);
      if (taken?.fault === undefined) continue;
      verdict.add(taken.fault, armed.rule.phase, oneOff.id, 0, taken);
      if (verdict.isSettled) return true;
    }
    return false;
  }

  #spend(oneOff: OneOff): void {
    this.#live.remove(oneOff.armed);
    this.#spent.push(oneOff.id);
    if (this.#spent.length > MOST_SPENT) this.#all.delete(this.#spent.shift() as string);
  }
}

const report = ({ id, armed, counter, since }: OneOff, now: number): OneOffReport => ({
  id,
  rule: armed.rule,
  seen: counter.seen,
  taken: counter.taken,
  lastTaken: counter.lastTaken,
  isSpent: counter.isSpent({ now, since }),
});
