import type { Rule, RuleStage } from '../fault.ts';
import { RuleCounter, type Time } from './counter.ts';
import type { DecisionBuilder } from './decision.ts';
import type { Subject } from './matcher.ts';
import { type ArmedRule, arm, RuleIndex } from './rule-index.ts';

/** A one-off fault with its counters, as the admin API shows it. */
export interface ArmedFaultReport {
  readonly id: string;
  readonly rule: Rule;
  /** Requests that matched it. */
  readonly seen: number;
  /** Requests for which it fired. */
  readonly fired: number;
  /** When it last fired, in milliseconds since 1970. */
  readonly lastFired: number | undefined;
  /** Whether it can never fire again. */
  readonly isExpired: boolean;
}

/** A one-off fault and its counter. */
export interface ArmedFault {
  readonly id: string;
  readonly armed: ArmedRule;
  readonly counter: RuleCounter;
  /** When it was armed, in milliseconds since 1970. */
  readonly since: number;
  /** Whether it has been taken out of the faults that can fire. */
  isExpired: boolean;
}

/** What an evaluation adds to, and its time in milliseconds since 1970. */
interface Evaluation {
  readonly decision: DecisionBuilder;
  readonly now: number;
}

/** How many expired faults can still be read. */
const MAX_EXPIRED = 1000;
/** How many faults are checked for their end with each new one. */
const SWEEP_COUNT = 2;

/** The one-off faults of one world. */
export class ArmedFaults {
  readonly #seed: string;
  /** In the order in which they were armed. */
  readonly #all = new Map<string, ArmedFault>();
  /** Faults that can still fire. */
  #live = new RuleIndex();
  readonly #expired: string[] = [];
  /** Goes through all faults again and again, to find those that the clock has ended. */
  #sweep = this.#all.values();
  #armedCount = 0;

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** Whether no fault of a stage can fire any more. */
  isEmptyAt(stage: RuleStage): boolean {
    return this.#live.isEmptyAt(stage);
  }

  /**
   * Arms a fault.
   * @param now - milliseconds since 1970.
   */
  arm(rule: Rule, now: number): ArmedFaultReport {
    this.#expireSome(now);
    this.#armedCount += 1;
    const id = `fault-${this.#armedCount}`;
    // The same rule can be armed more than once, each time with its own counter.
    const armed = arm({ ...rule }, { name: id }, 0);
    const armedFault: ArmedFault = {
      id,
      armed,
      counter: new RuleCounter(armed, this.#seed),
      since: now,
      isExpired: false,
    };
    this.#all.set(id, armedFault);
    this.#live.add(armed, this.#armedCount);
    return report(armedFault, now);
  }

  /** All faults, in the order in which they were armed. */
  list(now: number): readonly ArmedFaultReport[] {
    return [...this.#all.values()].map((armedFault) => report(armedFault, now));
  }

  /** One fault; `undefined` for one that was never armed, was disarmed, or expired long ago. */
  report(id: string, now: number): ArmedFaultReport | undefined {
    const armedFault = this.#all.get(id);
    return armedFault && report(armedFault, now);
  }

  /** Faults that can still fire for an operation, in evaluation order within each stage. */
  liveFor(operation: string): readonly ArmedFault[] {
    return this.#live.for(operation).map(({ scenario }) => this.#all.get(scenario) as ArmedFault);
  }

  /** Disarms a fault. Returns whether it existed. */
  disarm(id: string): boolean {
    const armedFault = this.#all.get(id);
    if (armedFault === undefined) return false;
    this.#live.remove(armedFault.armed);
    return this.#all.delete(id);
  }

  /** Disarms all faults. Returns how many. */
  disarmAll(): number {
    const count = this.#all.size;
    this.#all.clear();
    this.#live = new RuleIndex();
    this.#expired.length = 0;
    return count;
  }

  /** Evaluates a request against each fault of a stage. Returns whether one of them settled it. */
  evaluate(subject: Subject, stage: RuleStage, { decision, now }: Evaluation): boolean {
    if (this.#live.isEmptyAt(stage)) return false;
    for (const armed of this.#live.of(subject, stage)) {
      if (armed.matches !== undefined && !armed.matches(subject)) continue;
      const armedFault = this.#all.get(armed.scenario) as ArmedFault;
      const time: Time = { now, since: armedFault.since };
      const firing = armedFault.counter.evaluate(subject, time);
      if (!armedFault.isExpired && armedFault.counter.isExpired(time)) this.#expire(armedFault);
      if (firing?.fault === undefined) continue;
      decision.add({ fault: firing.fault, phase: armed.rule.phase, scenario: armedFault.id, rule: 0 }, firing);
      if (decision.isSettled) return true;
    }
    return false;
  }

  /** Finds faults that no request has met since the clock ended them. */
  #expireSome(now: number): void {
    for (let count = 0; count < SWEEP_COUNT; count += 1) {
      const { value, done } = this.#sweep.next();
      if (done === true) this.#sweep = this.#all.values();
      else if (!value.isExpired && value.counter.isExpired({ now, since: value.since })) this.#expire(value);
    }
  }

  #expire(armedFault: ArmedFault): void {
    armedFault.isExpired = true;
    this.#live.remove(armedFault.armed);
    this.#expired.push(armedFault.id);
    if (this.#expired.length > MAX_EXPIRED) this.#all.delete(this.#expired.shift() as string);
  }
}

const report = ({ id, armed, counter, since }: ArmedFault, now: number): ArmedFaultReport => ({
  id,
  rule: armed.rule,
  seen: counter.seen,
  fired: counter.fired,
  lastFired: counter.lastFired,
  isExpired: counter.isExpired({ now, since }),
});
