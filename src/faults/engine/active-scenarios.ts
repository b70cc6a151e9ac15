import { nearestName } from '../../contract/nearest.ts';
import type { Clock } from '../../domain/clock.ts';
import { InputError } from '../../input/input-error.ts';
import type { Rule, Scenario, States, UnusedFault } from '../fault.ts';
import { settles } from '../fault-kinds.ts';
import { RuleCounter } from './counter.ts';
import type { DecisionBuilder } from './decision.ts';
import type { Candidate } from './explain.ts';
import type { Subject } from './matcher.ts';
import { type ArmedRule, arm } from './rule-index.ts';
import { reportOf, type ScenarioReport } from './scenario-report.ts';
import type { Enabled, ScenarioSet } from './scenario-set.ts';
import { StateMachine, statesOf } from './state-machine.ts';
import type { UnusedFaultLog } from './unused-faults.ts';

/** A call on its way through the rules. */
export interface Offer {
  readonly subject: Subject;
  readonly decision: DecisionBuilder;
  /** From one state to another; they take place when all rules have been asked. */
  readonly moves: [StateMachine, string][];
}

/** What `ActiveScenarios` needs. */
export interface ActiveScenariosDependencies {
  readonly seed: string;
  readonly clock: Clock;
  readonly log: UnusedFaultLog;
  /** Is told when a scenario went off by itself. */
  readonly onFired: () => void;
}

/** The scenarios of one world, with their counters and states. */
export class ActiveScenarios {
  readonly #dependencies: ActiveScenariosDependencies;
  readonly #counters = new Map<Rule, RuleCounter>();
  /** Calls that a scenario took since it was enabled, where it was enabled for so many. */
  readonly #takenOf = new Map<string, number>();
  readonly #states = new Map<string, StateMachine>();
  /** When the world began, by its clock. */
  readonly #began: number;
  #scenarios: ScenarioSet;

  constructor(scenarios: ScenarioSet, parts: ActiveScenariosDependencies) {
    this.#scenarios = scenarios;
    this.#dependencies = parts;
    this.#began = parts.clock.now();
  }

  /** The scenarios and which of them play. */
  get scenarios(): ScenarioSet {
    return this.#scenarios;
  }

  /** All scenarios, with what their rules did. */
  list(): readonly ScenarioReport[] {
    const orders = this.#orders();
    return this.#scenarios.all().map((scenario) => this.#report(scenario, orders));
  }

  report(name: string): ScenarioReport | undefined {
    const scenario = this.#scenarios.get(name);
    return scenario === undefined ? undefined : this.#report(scenario, this.#orders());
  }

  /** Puts a scenario into this world, in place of any of its name; it plays from now on if it says so, else it is off. */
  put(scenario: Scenario): void {
    this.#restart(scenario.name);
    this.#scenarios = this.#scenarios.with(scenario);
    if (scenario.isEnabled) this.enable(scenario.name);
  }

  /** Whether there was one to remove. A shipped one is gone from this world until it is reset. */
  remove(name: string): boolean {
    if (this.#scenarios.get(name) === undefined) return false;
    this.#restart(name);
    this.#scenarios = this.#scenarios.without(name);
    return true;
  }

  /** As `FaultEngine.enable`. */
  enable(name: string, limit: { readonly calls?: number; readonly seconds?: number } = {}): void {
    const scenario = this.#known(name);
    this.#restart(name);
    this.#scenarios = this.#scenarios.enabling({
      scenario,
      isWanted: true,
      since: this.#dependencies.clock.now(),
      ...(limit.calls !== undefined && { calls: limit.calls }),
      ...(limit.seconds !== undefined && { until: this.#dependencies.clock.now() + limit.seconds * 1000 }),
    });
  }

  /** As `FaultEngine.disable`. */
  disable(name: string): void {
    this.#known(name);
    this.#leave(name);
    this.#scenarios = this.#scenarios.disabling(name);
  }

  /** As `FaultEngine.setState`. */
  setState(name: string, state: string, of?: string): void {
    this.#machineOf(name, assertValidState(this.#known(name), state, of)).set(state, of);
  }

  /** Offers a call to the rules of playing scenarios, in order. A scenario that it asked for was offered it before. */
  offer(offer: Offer, rules: readonly ArmedRule[], asked: string | undefined): void {
    for (const armed of rules) {
      const entry = this.#scenarios.enabled.get(armed.scenario);
      // One whose time is over, or that an earlier rule of this very call ended, is off.
      if (entry === undefined || armed.scenario === asked || this.#isOver(entry)) continue;
      if (this.#offerTo(armed, offer, entry)) return;
    }
  }

  /**
   * Offers a call to a scenario, whether it plays or not.
   * @returns whether that settled the call; `undefined` for a name that no scenario has.
   */
  offerAsked(offer: Offer, name: string): boolean | undefined {
    const scenario = this.#scenarios.get(name);
    return scenario?.rules.some(
      (rule, index) =>
        rule.operations.includes(offer.subject.operation) &&
        this.#offerTo(arm(rule, name, index, scenario.states), offer, undefined),
    );
  }

  /** The rules of playing scenarios that calls of an operation are offered to, in order. */
  candidates(operation: string): readonly Candidate[] {
    return this.#scenarios.rulesForOperation(operation).map((armed) => {
      const entry = this.#scenarios.enabled.get(armed.scenario) as Enabled;
      const { states } = armed;
      return {
        armed,
        counter: this.#counterOf(armed),
        time: { now: this.#dependencies.clock.now(), since: entry.since ?? this.#began },
        isOver: this.#isOver(entry),
        ...(states !== undefined && { machine: this.#machineOf(armed.scenario, states) }),
      };
    });
  }

  /** The name that is most like one that no scenario has. */
  nearest(name: string): string | undefined {
    return nearestName(
      name,
      this.#scenarios.all().map((scenario) => scenario.name),
    );
  }

  /** Rules of scenarios that somebody enabled, that have done nothing yet. */
  unusedFaults(): readonly UnusedFault[] {
    return [...this.#scenarios.enabled.keys()].flatMap((name) => this.#unusedOf(name));
  }

  /** Tells the log which rules of playing scenarios did something. */
  noteUsed(): void {
    for (const name of this.#scenarios.enabled.keys()) this.#noteUsed(name);
  }

  /** Leaves to the log what its scenarios did and did not do. */
  retire(): void {
    for (const name of this.#scenarios.enabled.keys()) this.#leave(name);
  }

  /** A world was made that goes on with what plays here: what that one's calls meet is its own. */
  passOn(): void {
    for (const { scenario } of this.#scenarios.enabled.values()) {
      scenario.rules.forEach((_rule, index) => {
        this.#dependencies.log.noteUsed({ scenario: scenario.name, rule: index });
      });
    }
  }

  /** Leaves to the log what the rules of a scenario did, before their counts are dropped or it no longer plays. */
  #leave(name: string): void {
    this.#noteUsed(name);
    this.#dependencies.log.noteUnused(this.#unusedOf(name));
  }

  #noteUsed(name: string): void {
    this.#scenarios.get(name)?.rules.forEach((rule, index) => {
      if ((this.#counters.get(rule)?.taken ?? 0) > 0) this.#dependencies.log.noteUsed({ scenario: name, rule: index });
    });
  }

  #unusedOf(name: string): readonly UnusedFault[] {
    const entry = this.#scenarios.enabled.get(name);
    if (entry === undefined || !entry.isWanted) return [];
    return entry.scenario.rules.flatMap((rule, index) =>
      (this.#counters.get(rule)?.taken ?? 0) > 0 ? [] : [{ scenario: name, rule: index, operations: rule.operations }],
    );
  }

  #known(name: string): Scenario {
    const scenario = this.#scenarios.get(name);
    if (scenario !== undefined) return scenario;
    const nearest = this.nearest(name);
    throw new InputError('scenario', [
      {
        pointer: '',
        message: `no scenario is called that${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`,
        found: name,
        allowed: 'the name of a scenario of this world',
      },
    ]);
  }

  /** Offers a call to a rule; whether that settles the call. */
  #offerTo(armed: ArmedRule, { subject, decision, moves }: Offer, entry: Enabled | undefined): boolean {
    const { rule, states, scenario } = armed;
    if (armed.matches !== undefined && !armed.matches(subject)) return false;
    const machine = states === undefined ? undefined : this.#machineOf(scenario, states);
    if (rule.when !== undefined && machine?.of(subject) !== rule.when) return false;
    const time = { now: this.#dependencies.clock.now(), since: entry?.since ?? this.#began };
    const taken = this.#counterOf(armed).take(subject, time);
    if (taken === undefined) return false;
    this.#scenarios.library?.noteFired(rule);
    if (entry?.calls !== undefined) this.#countDown(scenario, entry.calls);
    // All rules see the state in which the call found the scenario.
    if (taken.moves && machine !== undefined && rule.goto !== undefined) moves.push([machine, rule.goto]);
    if (taken.fault === undefined) return false;
    decision.add(taken.fault, rule.phase, scenario, armed.index, taken);
    return settles(taken.fault);
  }

  #countDown(name: string, calls: number): void {
    const taken = (this.#takenOf.get(name) ?? 0) + 1;
    this.#takenOf.set(name, taken);
    if (taken < calls) return;
    this.#leave(name);
    this.#scenarios = this.#scenarios.disabling(name);
    this.#dependencies.onFired();
  }

  #isOver(entry: Enabled): boolean {
    return entry.until !== undefined && this.#dependencies.clock.now() >= entry.until;
  }

  #counterOf(armed: ArmedRule): RuleCounter {
    let counter = this.#counters.get(armed.rule);
    if (counter === undefined) {
      counter = new RuleCounter(armed, this.#dependencies.seed);
      this.#counters.set(armed.rule, counter);
    }
    return counter;
  }

  #machineOf(name: string, states: States): StateMachine {
    let machine = this.#states.get(name);
    if (machine === undefined) {
      machine = new StateMachine(states);
      this.#states.set(name, machine);
    }
    return machine;
  }

  #restart(name: string): void {
    this.#leave(name);
    this.#takenOf.delete(name);
    this.#states.delete(name);
    for (const rule of this.#scenarios.get(name)?.rules ?? []) this.#counters.delete(rule);
  }

  /** The places of the scenarios that play, from 1. */
  #orders(): ReadonlyMap<string, number> {
    const playing = [...this.#scenarios.enabled].filter(([, entry]) => !this.#isOver(entry));
    return new Map(playing.map(([name], at) => [name, at + 1]));
  }

  #report(scenario: Scenario, orders: ReadonlyMap<string, number>): ScenarioReport {
    const { name, states } = scenario;
    return reportOf(scenario, {
      order: orders.get(name),
      entry: this.#scenarios.enabled.get(name),
      taken: this.#takenOf.get(name) ?? 0,
      machine: states && this.#machineOf(name, states),
      counterOf: (rule) => this.#counters.get(rule),
    });
  }
}

/**
 * The states of a scenario, once it was found to have this one.
 * @throws InputError
 */
function assertValidState(scenario: Scenario, state: string, of: string | undefined): States {
  const { name, states } = scenario;
  if (states === undefined) {
    throw new InputError('state', [
      {
        pointer: '/state',
        message: `the scenario "${name}" has no states`,
        found: state,
        allowed: 'one that has states',
      },
    ]);
  }
  const allowed = statesOf(scenario);
  if (!allowed.includes(state)) {
    const nearest = nearestName(state, allowed);
    const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
    const message = `the scenario "${name}" has no such state${hint}`;
    throw new InputError('state', [{ pointer: '/state', message, found: state, allowed }]);
  }
  if (of !== undefined && states.per === 'rule') {
    throw new InputError('state', [
      { pointer: '/of', message: 'the scenario has one state for all calls', found: of, allowed: 'no "of" here' },
    ]);
  }
  return states;
}
