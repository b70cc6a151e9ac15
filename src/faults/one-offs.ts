import { RuleCounter } from './counter.ts';
import type { Rule } from './fault.ts';
import { imageIdOf, type Subject } from './matcher.ts';
import { type ArmedRule, arm } from './scenario-set.ts';
import type { Verdict } from './verdict.ts';

/** A fault that was armed on its own. */
export interface OneOffReport {
  readonly id: string;
  readonly rule: Rule;
  /** Calls that came to it. */
  readonly seen: number;
  /** Calls to which it did something. */
  readonly taken: number;
  /** It will do nothing more. */
  readonly isSpent: boolean;
}

interface OneOff {
  readonly id: string;
  readonly armed: ArmedRule;
  readonly counter: RuleCounter;
}

/** How many spent faults are kept to be read. */
const MOST_SPENT = 1000;

/** The one-off faults of one world. */
export class OneOffs {
  readonly #seed: string;
  /** In the order in which they were armed. */
  readonly #all = new Map<string, OneOff>();
  /** Those that may still do something, by operation. */
  readonly #live = new Map<string, OneOff[]>();
  readonly #spent: string[] = [];
  #made = 0;

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** Whether none can do anything any more. */
  get isEmpty(): boolean {
    return this.#live.size === 0;
  }

  arm(rule: Rule): OneOffReport {
    this.#made += 1;
    const id = `fault-${this.#made}`;
    // The same rule may be armed more than once; each has its own place and counts.
    const armed = arm({ ...rule }, id, 0);
    const oneOff: OneOff = { id, armed, counter: new RuleCounter(armed, this.#seed) };
    this.#all.set(id, oneOff);
    for (const name of rule.operations) {
      const list = this.#live.get(name);
      if (list === undefined) this.#live.set(name, [oneOff]);
      else list.push(oneOff);
    }
    return report(oneOff);
  }

  list(): readonly OneOffReport[] {
    return [...this.#all.values()].map(report);
  }

  disarm(id: string): boolean {
    const oneOff = this.#all.get(id);
    if (oneOff === undefined) return false;
    this.#retire(oneOff);
    return this.#all.delete(id);
  }

  disarmAll(): number {
    const count = this.#all.size;
    this.#all.clear();
    this.#live.clear();
    this.#spent.length = 0;
    return count;
  }

  /** Offers a call to each in turn; whether one of them settled it. */
  offer(subject: Subject, verdict: Verdict): boolean {
    const live = this.#live.get(subject.operation);
    if (live === undefined) return false;
    // One that is spent by this call leaves the list for a new list: this one stays whole.
    for (const oneOff of live) {
      const { armed, counter } = oneOff;
      if (armed.imageId !== undefined && armed.imageId !== imageIdOf(subject.call)) continue;
      if (armed.matches !== undefined && !armed.matches(subject)) continue;
      const taken = counter.take(subject);
      if (counter.isSpent) this.#spend(oneOff);
      if (taken === undefined) continue;
      verdict.add(taken.fault, armed.rule.phase, oneOff.id, 0, taken.delayMilliseconds);
      if (verdict.isSettled) return true;
    }
    return false;
  }

  #spend(oneOff: OneOff): void {
    this.#retire(oneOff);
    this.#spent.push(oneOff.id);
    if (this.#spent.length > MOST_SPENT) this.#all.delete(this.#spent.shift() as string);
  }

  #retire({ id, armed }: OneOff): void {
    for (const name of armed.rule.operations) {
      const left = this.#live.get(name)?.filter((one) => one.id !== id) ?? [];
      if (left.length === 0) this.#live.delete(name);
      else this.#live.set(name, left);
    }
  }
}

const report = ({ id, armed, counter }: OneOff): OneOffReport => ({
  id,
  rule: armed.rule,
  seen: counter.seen,
  taken: counter.taken,
  isSpent: counter.isSpent,
});
