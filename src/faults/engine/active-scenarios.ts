import { nearestHint, nearestName } from '../../contract/nearest.ts';
import type { Clock } from '../../domain/clock.ts';
import { InputError } from '../../input/input-error.ts';
import type { Rule, Scenario, States, UnusedFault } from '../fault.ts';
import { settles } from '../fault-kinds.ts';
import { RuleCounter } from './counter.ts';
import type { DecisionBuilder } from './decision.ts';
import type { EvaluatedRule } from './explain.ts';
import type { Subject } from './matcher.ts';
import { type ArmedRule, arm } from './rule-index.ts';
import { reportOf, type ScenarioReport } from './scenario-report.ts';
import type { Enabled, ScenarioSet } from './scenario-set.ts';
import { StateMachine, statesOf } from './state-machine.ts';
import type { UnusedFaultLog } from './unused-faults.ts';

/** The evaluation of one request against the rules. */
export interface Evaluation {
  readonly subject: Subject;
  readonly decision: DecisionBuilder;
  /** State changes, which take place after all rules have been evaluated. */
  readonly transitions: [StateMachine, string][];
}

/** What `ActiveScenarios` depends on. */
export interface ActiveScenariosDependencies {
  readonly seed: string;
  readonly clock: Clock;
  readonly log: UnusedFaultLog;
  /** Called when a scenario expires because it fired as often as it was enabled for. */
  readonly onExpired: () => void;
}

/** The scenarios of one world, with their counters and states. */
export class ActiveScenarios {
  readonly #dependencies: ActiveScenariosDependencies;
  readonly #counters = new Map<Rule, RuleCounter>();
  /** How often a scenario fired since it was enabled, for scenarios enabled for a number of requests. */
  readonly #firedOf = new Map<string, number>();
  readonly #states = new Map<string, StateMachine>();
  /** When the world started, by its clock. */
  readonly #startedAt: number;
  #scenarios: ScenarioSet;

  constructor(scenarios: ScenarioSet, dependencies: ActiveScenariosDependencies) {
    this.#scenarios = scenarios;
    this.#dependencies = dependencies;
    this.#startedAt = dependencies.clock.now();
  }

  /** The scenarios and which of them are enabled. */
  get scenarios(): ScenarioSet {
    return this.#scenarios;
  }

  /** All scenarios, with the counters of their rules. */
  list(): readonly ScenarioReport[] {
    const orders = this.#orders();
    return this.#scenarios.all().map((scenario) => this.#report(scenario, orders));
  }

  /** One scenario, with the counters of its rules. */
  report(name: string): ScenarioReport | undefined {
    const scenario = this.#scenarios.get(name);
    return scenario === undefined ? undefined : this.#report(scenario, this.#orders());
  }

  /** As `FaultEngine.put`. */
  put(scenario: Scenario): void {
    this.#restart(scenario.name);
    this.#scenarios = this.#scenarios.with(scenario);
    if (scenario.isEnabled) this.enable(scenario.name);
  }

  /** As `FaultEngine.remove`. */
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
    this.#recordUse(name);
    this.#scenarios = this.#scenarios.disabling(name);
  }

  /** As `FaultEngine.setState`. */
  setState(name: string, state: string, of?: string): void {
    this.#machineOf(name, assertValidState(this.#known(name), state, of)).set(state, of);
  }

  /**
   * Evaluates a request against the rules of active scenarios, in order.
   * @param requested - the scenario that the request named in a header, which has been evaluated already.
   */
  evaluate(evaluation: Evaluation, rules: readonly ArmedRule[], requested: string | undefined): void {
    for (const armed of rules) {
      const entry = this.#scenarios.enabled.get(armed.scenario);
      // A scenario may have expired, or been ended by an earlier rule for this same request.
      if (entry === undefined || armed.scenario === requested || this.#isExpired(entry)) continue;
      if (this.#evaluateRule(armed, evaluation, entry)) return;
    }
  }

  /**
   * Evaluates a request against a scenario, enabled or not.
   * @returns whether that settles the request; `undefined` if no scenario has this name.
   */
  evaluateRequested(evaluation: Evaluation, name: string): boolean | undefined {
    const scenario = this.#scenarios.get(name);
    return scenario?.rules.some(
      (rule, index) =>
        rule.operations.includes(evaluation.subject.operation) &&
        this.#evaluateRule(arm(rule, scenario, index), evaluation, undefined),
    );
  }

  /** The rules of enabled scenarios that requests to an operation are evaluated against, in order. */
  candidates(operation: string): readonly EvaluatedRule[] {
    return this.#scenarios.rulesForOperation(operation).map((armed) => {
      const entry = this.#scenarios.enabled.get(armed.scenario) as Enabled;
      const { states } = armed;
      return {
        armed,
        counter: this.#counterOf(armed),
        time: { now: this.#dependencies.clock.now(), since: entry.since ?? this.#startedAt },
        isExpired: this.#isExpired(entry),
        ...(states !== undefined && { machine: this.#machineOf(armed.scenario, states) }),
      };
    });
  }

  /** The name of the scenario whose name is most similar. */
  nearest(name: string): string | undefined {
    return nearestName(
      name,
      this.#scenarios.all().map((scenario) => scenario.name),
    );
  }

  /** Rules of scenarios that a user enabled and that have not fired. */
  unusedFaults(): readonly UnusedFault[] {
    return [...this.#scenarios.enabled.keys()].flatMap((name) => this.#unusedOf(name));
  }

  /** Records in the log which rules of enabled scenarios fired. */
  noteUsed(): void {
    for (const name of this.#scenarios.enabled.keys()) this.#noteUsed(name);
  }

  /** Records in the log which rules fired and which did not. */
  retire(): void {
    for (const name of this.#scenarios.enabled.keys()) this.#recordUse(name);
  }

  /** As `FaultEngine.noteFork`. */
  noteFork(): void {
    for (const { scenario } of this.#scenarios.enabled.values()) {
      scenario.rules.forEach((_rule, index) => {
        this.#dependencies.log.noteUsed({ scenario: scenario.name, rule: index });
      });
    }
  }

  /** Records which rules of a scenario fired, before their counters are dropped or the scenario is disabled. */
  #recordUse(name: string): void {
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
        message: `no scenario has this name${nearestHint(nearest)}`,
        found: name,
        allowed: 'the name of a scenario of this world',
      },
    ]);
  }

  /** Evaluates a request against a rule. Returns whether that settles the request. */
  #evaluateRule(armed: ArmedRule, { subject, decision, transitions }: Evaluation, entry: Enabled | undefined): boolean {
    const { rule, states, scenario } = armed;
    if (armed.matches !== undefined && !armed.matches(subject)) return false;
    const machine = states === undefined ? undefined : this.#machineOf(scenario, states);
    if (rule.when !== undefined && machine?.of(subject) !== rule.when) return false;
    const time = { now: this.#dependencies.clock.now(), since: entry?.since ?? this.#startedAt };
    const taken = this.#counterOf(armed).take(subject, time);
    if (taken === undefined) return false;
    this.#scenarios.library?.noteFired(rule);
    if (entry?.calls !== undefined) this.#countDown(scenario, entry.calls);
    // All rules see the state that the scenario had when the request arrived.
    if (taken.moves && machine !== undefined && rule.goto !== undefined) transitions.push([machine, rule.goto]);
    if (taken.fault === undefined) return false;
    decision.add({ fault: taken.fault, phase: rule.phase, scenario, rule: armed.index }, taken);
    return settles(taken.fault);
  }

  #countDown(name: string, calls: number): void {
    const fired = (this.#firedOf.get(name) ?? 0) + 1;
    this.#firedOf.set(name, fired);
    if (fired < calls) return;
    this.#recordUse(name);
    this.#scenarios = this.#scenarios.disabling(name);
    this.#dependencies.onExpired();
  }

  #isExpired(entry: Enabled): boolean {
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
    this.#recordUse(name);
    this.#firedOf.delete(name);
    this.#states.delete(name);
    for (const rule of this.#scenarios.get(name)?.rules ?? []) this.#counters.delete(rule);
  }

  /** The evaluation order of the active scenarios, from 1. */
  #orders(): ReadonlyMap<string, number> {
    const active = [...this.#scenarios.enabled].filter(([, entry]) => !this.#isExpired(entry));
    return new Map(active.map(([name], at) => [name, at + 1]));
  }

  #report(scenario: Scenario, orders: ReadonlyMap<string, number>): ScenarioReport {
    const { name, states } = scenario;
    return reportOf(scenario, {
      order: orders.get(name),
      entry: this.#scenarios.enabled.get(name),
      fired: this.#firedOf.get(name) ?? 0,
      machine: states && this.#machineOf(name, states),
      counterOf: (rule) => this.#counters.get(rule),
    });
  }
}

/**
 * Checks that a scenario has a state.
 * @returns the states of the scenario.
 * @throws InputError if it has no states, or not this one.
 */
function assertValidState(scenario: Scenario, state: string, of: string | undefined): States {
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
    const nearest = nearestName(state, allowed);
    const hint = nearestHint(nearest);
    const message = `the scenario "${name}" has no state of this name${hint}`;
    throw new InputError('state', [{ pointer: '/state', message, found: state, allowed }]);
  }
  if (of !== undefined && states.per === 'rule') {
    throw new InputError('state', [
      { pointer: '/of', message: 'the scenario has one state for all requests', found: of, allowed: 'omit "of"' },
    ]);
  }
  return states;
}
