import { Clock } from '../domain/clock.ts';
import { InputError } from '../domain/input-error.ts';
import { RuleCounter } from './counter.ts';
import type { Rule, Scenario } from './fault.ts';
import { LateEffects } from './late-effects.ts';
import { nearestScenario, type ScenarioLibrary } from './library.ts';
import type { Subject } from './matcher.ts';
import { type OneOffReport, OneOffs } from './one-offs.ts';
import { codePreferred } from './prefer.ts';
import { type ArmedRule, arm, type Enabled, ScenarioSet } from './scenario-set.ts';
import { type Decision, settles, Verdict } from './verdict.ts';

export type { Subject } from './matcher.ts';
export type { OneOffReport } from './one-offs.ts';
export type { Decision } from './verdict.ts';

/** State of an engine, to start another from; never changes. */
export interface FaultState {
  readonly seed: string;
  /** The scenarios and which of them play; none when left out. */
  readonly scenarios?: ScenarioSet;
}

/** The state of a fresh world: the library, with those scenarios playing that play from the start. */
export const startingFaults = (seed: string, library: ScenarioLibrary): FaultState => ({
  seed,
  scenarios: ScenarioSet.startingWith(library),
});

/** How a scenario stands in a world. */
export interface ScenarioReport {
  readonly name: string;
  readonly description: string;
  readonly expect?: string;
  readonly isEnabled: boolean;
  /** Calls that it still takes, where it was enabled for so many. */
  readonly callsLeft?: number;
  /** Milliseconds since 1970 at which it goes off, where it was enabled for a time. */
  readonly until?: number;
  /** The file it came from, or who put it. */
  readonly place: string;
  readonly rules: readonly RuleReport[];
}

export interface RuleReport {
  readonly operations: readonly string[];
  /** Calls that came to the rule. */
  readonly seen: number;
  /** Calls to which something was done. */
  readonly taken: number;
}

/** A fault that was asked for and that no call has met. */
export interface UnmetFault {
  /** Scenario, or id of a one-off fault. */
  readonly scenario: string;
  readonly rule: number;
  readonly operations: readonly string[];
}

const SCENARIO_HEADER = 'x-sideglance-scenario';

/**
 * The scenarios and one-off faults of one world, and their counters. A call is offered to, in this order: the one-off
 * faults as they were armed; what its own headers ask for; the playing scenarios in the order in which they were
 * enabled, rule by rule. The first rule that answers has it; rules that only delay add up and pass it on.
 */
export class FaultEngine {
  readonly #seed: string;
  readonly #clock: Clock;
  readonly #oneOffs: OneOffs;
  /** Effects that come after their answers. */
  readonly late = new LateEffects();
  readonly #counters = new Map<Rule, RuleCounter>();
  /** Calls that a scenario took since it was enabled, where it was enabled for so many. */
  readonly #takenOf = new Map<string, number>();
  #scenarios: ScenarioSet;

  constructor(state: FaultState, clock: Clock = new Clock()) {
    this.#seed = state.seed;
    this.#clock = clock;
    this.#oneOffs = new OneOffs(state.seed);
    this.#scenarios = state.scenarios ?? NO_SCENARIOS;
  }

  /** The scenarios and which of them play; a world made from it counts from zero and has no one-off faults. */
  snapshot(): FaultState {
    return { seed: this.#seed, scenarios: this.#scenarios };
  }

  /** What happens to this call; counts it. Takes no time for operations that no armed rule names. */
  decide(subject: Subject): Decision | undefined {
    const { headers } = subject.call;
    const asked = headers[SCENARIO_HEADER];
    const prefer = headers['prefer'];
    const rules = this.#scenarios.rulesFor(subject);
    if (rules.length === 0 && asked === undefined && prefer === undefined && this.#oneOffs.isEmpty) return undefined;
    const verdict = new Verdict();
    if (this.#oneOffs.offer(subject, verdict)) return verdict.decision;
    if (prefer !== undefined) {
      const code = codePreferred(
        prefer,
        this.#scenarios.library?.operations.get(subject.operation)?.operation.statuses,
      );
      if (code !== undefined) {
        verdict.add({ kind: 'answer', status: code }, 'before', 'Prefer', 0);
        return verdict.decision;
      }
    }
    if (typeof asked === 'string' && this.#playAsked(asked, subject, verdict)) return verdict.decision;
    for (const armed of rules) {
      const entry = this.#scenarios.enabled.get(armed.scenario);
      // A scenario that the call asks for was offered it above; one whose time is over, or that an earlier rule of this
      // very call ended, is off.
      if (entry === undefined || armed.scenario === asked || this.#isOver(entry)) continue;
      if (this.#offer(armed, subject, verdict, entry)) break;
    }
    return verdict.decision;
  }

  /** All scenarios, with what their rules did. */
  list(): readonly ScenarioReport[] {
    return this.#scenarios.all().map((scenario) => this.#report(scenario));
  }

  report(name: string): ScenarioReport | undefined {
    const scenario = this.#scenarios.get(name);
    return scenario === undefined ? undefined : this.#report(scenario);
  }

  scenario(name: string): Scenario | undefined {
    return this.#scenarios.get(name);
  }

  /** Puts a scenario into this world, in place of any of its name; it plays from now on if it says so, else it is off. */
  put(scenario: Scenario): void {
    this.#restart(scenario.name);
    this.#scenarios = this.#scenarios.with(scenario);
    if (scenario.isEnabled) this.#scenarios = this.#scenarios.enabling({ scenario, isWanted: true });
  }

  /** Whether there was one to remove. A shipped one is gone from this world until it is reset. */
  remove(name: string): boolean {
    if (this.#scenarios.get(name) === undefined) return false;
    this.#restart(name);
    this.#scenarios = this.#scenarios.without(name);
    return true;
  }

  /**
   * Lets a scenario play, its counters from zero, after all that play already.
   * @param limit.calls - goes off after it took so many calls.
   * @param limit.seconds - goes off after so long by the world's clock.
   * @throws InputError for a name that no scenario has.
   */
  enable(name: string, limit: { readonly calls?: number; readonly seconds?: number } = {}): void {
    const scenario = this.#known(name);
    this.#restart(name);
    this.#scenarios = this.#scenarios.enabling({
      scenario,
      isWanted: true,
      ...(limit.calls !== undefined && { calls: limit.calls }),
      ...(limit.seconds !== undefined && { until: this.#clock.now() + limit.seconds * 1000 }),
    });
  }

  /**
   * Stops a scenario; its counts stay to be read.
   * @throws InputError for a name that no scenario has.
   */
  disable(name: string): void {
    this.#known(name);
    this.#scenarios = this.#scenarios.disabling(name);
  }

  /** Arms a one-off fault. */
  arm(rule: Rule): OneOffReport {
    return this.#oneOffs.arm(rule);
  }

  /** One-off faults since the last `disarmAll`, the spent ones too (of which only the latest are kept). */
  armed(): readonly OneOffReport[] {
    return this.#oneOffs.list();
  }

  /** Whether there was such a one-off fault to disarm. */
  disarm(id: string): boolean {
    return this.#oneOffs.disarm(id);
  }

  /** How many were disarmed. */
  disarmAll(): number {
    return this.#oneOffs.disarmAll();
  }

  /** One-off faults, and rules of scenarios that somebody enabled, that have done nothing yet. */
  neverFired(): readonly UnmetFault[] {
    const unmet: UnmetFault[] = this.#oneOffs
      .list()
      .filter(({ taken }) => taken === 0)
      .map(({ id, rule }) => ({ scenario: id, rule: 0, operations: rule.operations }));
    for (const { scenario, isWanted } of this.#scenarios.enabled.values()) {
      if (!isWanted) continue;
      scenario.rules.forEach((rule, index) => {
        if ((this.#counters.get(rule)?.taken ?? 0) > 0) return;
        unmet.push({ scenario: scenario.name, rule: index, operations: rule.operations });
      });
    }
    return unmet;
  }

  #known(name: string): Scenario {
    const scenario = this.#scenarios.get(name);
    if (scenario !== undefined) return scenario;
    const nearest = this.#nearest(name);
    throw new InputError('scenario', [
      {
        pointer: '',
        message: `no scenario is called that${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`,
        found: name,
        allowed: 'the name of a scenario of this world',
      },
    ]);
  }

  #nearest(name: string): string | undefined {
    return nearestScenario(
      name,
      this.#scenarios.all().map((scenario) => scenario.name),
    );
  }

  /** Plays the scenario that a call names for itself; whether that settles the call. */
  #playAsked(name: string, subject: Subject, verdict: Verdict): boolean {
    const scenario = this.#scenarios.get(name);
    if (scenario === undefined) {
      const nearest = this.#nearest(name);
      const message =
        `X-Sideglance-Scenario: no scenario is called "${name}"` +
        (nearest === undefined ? '.' : `; did you mean "${nearest}"?`);
      verdict.add({ kind: 'answer', status: 400, message }, 'before', 'X-Sideglance-Scenario', 0);
      return true;
    }
    return scenario.rules.some(
      (rule, index) =>
        rule.operations.includes(subject.operation) && this.#offer(arm(rule, name, index), subject, verdict, undefined),
    );
  }

  /** Offers a call to a rule; whether that settles the call. */
  #offer(armed: ArmedRule, subject: Subject, verdict: Verdict, entry: Enabled | undefined): boolean {
    if (armed.imageId !== undefined && armed.imageId !== subject.call.params['image_id']) return false;
    if (armed.matches !== undefined && !armed.matches(subject)) return false;
    const taken = this.#counterOf(armed).take(subject);
    if (taken === undefined) return false;
    if (entry?.calls !== undefined) this.#countDown(armed.scenario, entry.calls);
    verdict.add(taken.fault, armed.rule.phase, armed.scenario, armed.index, taken.delayMilliseconds);
    return settles(taken.fault);
  }

  #countDown(name: string, calls: number): void {
    const taken = (this.#takenOf.get(name) ?? 0) + 1;
    this.#takenOf.set(name, taken);
    if (taken >= calls) this.#scenarios = this.#scenarios.disabling(name);
  }

  #isOver(entry: Enabled): boolean {
    return entry.until !== undefined && this.#clock.now() >= entry.until;
  }

  #counterOf(armed: ArmedRule): RuleCounter {
    let counter = this.#counters.get(armed.rule);
    if (counter === undefined) {
      counter = new RuleCounter(armed, this.#seed);
      this.#counters.set(armed.rule, counter);
    }
    return counter;
  }

  #restart(name: string): void {
    this.#takenOf.delete(name);
    for (const rule of this.#scenarios.get(name)?.rules ?? []) this.#counters.delete(rule);
  }

  #report(scenario: Scenario): ScenarioReport {
    const entry = this.#scenarios.enabled.get(scenario.name);
    return {
      name: scenario.name,
      description: scenario.description,
      ...(scenario.expect !== undefined && { expect: scenario.expect }),
      isEnabled: entry !== undefined && !this.#isOver(entry),
      ...(entry?.calls !== undefined && { callsLeft: entry.calls - (this.#takenOf.get(scenario.name) ?? 0) }),
      ...(entry?.until !== undefined && { until: entry.until }),
      place: scenario.place,
      rules: scenario.rules.map((rule) => {
        const counter = this.#counters.get(rule);
        return { operations: rule.operations, seen: counter?.seen ?? 0, taken: counter?.taken ?? 0 };
      }),
    };
  }
}

const NO_SCENARIOS = new ScenarioSet(undefined);
