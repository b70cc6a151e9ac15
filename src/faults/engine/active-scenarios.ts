import type { CertificateKind } from '../../base/certificate-kinds.ts';
import { nearestHint, nearestName } from '../../contract/nearest.ts';
import type { Clock } from '../../domain/clock.ts';
import { InputError } from '../../input/input-error.ts';
import type { RuleStage, Scenario, UnusedFault } from '../fault.ts';
import { settles } from '../fault-kinds.ts';
import type { ChangedScenario } from '../scenario-source.ts';
import type { DecisionBuilder } from './decision.ts';
import type { EvaluatedRule } from './explain.ts';
import type { Subject } from './matcher.ts';
import { type ArmedRule, arm } from './rule-index.ts';
import { ScenarioCounters } from './scenario-counters.ts';
import { reportOf, type ScenarioReport } from './scenario-report.ts';
import type { Enabled, ScenarioSet } from './scenario-set.ts';
import { assertValidState, type StateMachine } from './state-machine.ts';
import type { UnusedFaultLog } from './unused-faults.ts';
import { firedRulesOf, unusedRulesOf } from './unused-rules.ts';

/** The evaluation of one request against the rules. */
export interface Evaluation {
  readonly subject: Subject;
  readonly stage: RuleStage;
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
  readonly #counters: ScenarioCounters;
  /** When the world started, in milliseconds since 1970 by its clock. */
  readonly #startedAt: number;
  #scenarios: ScenarioSet;

  constructor(scenarios: ScenarioSet, dependencies: ActiveScenariosDependencies) {
    this.#scenarios = scenarios;
    this.#dependencies = dependencies;
    this.#counters = new ScenarioCounters(dependencies.seed);
    this.#startedAt = dependencies.clock.now();
  }

  /** The scenarios and which of them are enabled. */
  get scenarios(): ScenarioSet {
    return this.#scenarios;
  }

  /** The certificate of the active scenario with one that was enabled last. */
  get certificate(): CertificateKind | undefined {
    let certificate: CertificateKind | undefined;
    for (const entry of this.#scenarios.enabled.values()) {
      if (entry.scenario.certificate !== undefined && !this.#isExpired(entry)) certificate = entry.scenario.certificate;
    }
    return certificate;
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

  /** Takes back changes; see `FaultEngine.restoreScenarios`. */
  restore(scenarios: ScenarioSet): void {
    this.#scenarios = scenarios;
  }

  /** Adds or replaces a scenario; see `FaultEngine.put`. */
  put(scenario: Scenario): void {
    this.#restart(scenario.name);
    this.#scenarios = this.#scenarios.with(scenario);
    if (scenario.isEnabled) this.enable(scenario.name);
  }

  /** Removes a scenario; see `FaultEngine.remove`. */
  remove(name: string): boolean {
    if (this.#scenarios.get(name) === undefined) return false;
    this.#restart(name);
    this.#scenarios = this.#scenarios.without(name);
    return true;
  }

  /** Enables a scenario; see `FaultEngine.enable`. */
  enable(name: string, limit: { readonly calls?: number; readonly seconds?: number } = {}): void {
    const scenario = this.#existing(name);
    this.#restart(name);
    this.#scenarios = this.#scenarios.enabling({
      scenario,
      isWanted: true,
      since: this.#dependencies.clock.now(),
      ...(limit.calls !== undefined && { calls: limit.calls }),
      ...(limit.seconds !== undefined && { until: this.#dependencies.clock.now() + limit.seconds * 1000 }),
    });
  }

  /** Disables a scenario; see `FaultEngine.disable`. */
  disable(name: string): void {
    this.#existing(name);
    this.#recordUse(name);
    this.#scenarios = this.#scenarios.disabling(name);
  }

  /** Replaces scenarios by what files contain now; see `FaultEngine.reload`. */
  reload(changes: readonly ChangedScenario[]): void {
    for (const { name } of changes) if (!this.#scenarios.own.has(name)) this.#restart(name);
    this.#scenarios = this.#scenarios.reloading(changes);
  }

  /** Sets the state of a scenario; see `FaultEngine.setState`. */
  setState(name: string, state: string, of?: string): void {
    const scenario = this.#existing(name);
    this.#counters.machineOf(name, assertValidState(scenario, state, of)).set(state, of);
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
        rule.stage === evaluation.stage &&
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
        counter: this.#counters.of(armed),
        time: { now: this.#dependencies.clock.now(), since: entry.since ?? this.#startedAt },
        isExpired: this.#isExpired(entry),
        ...(states !== undefined && { machine: this.#counters.machineOf(armed.scenario, states) }),
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
    return [...this.#scenarios.enabled.values()].flatMap((entry) => unusedRulesOf(entry, this.#counters));
  }

  /** Records in the log which rules of enabled scenarios fired. */
  noteUsed(): void {
    for (const name of this.#scenarios.enabled.keys()) this.#noteUsed(name);
  }

  /** Records in the log which rules fired and which did not. */
  retire(): void {
    for (const name of this.#scenarios.enabled.keys()) this.#recordUse(name);
  }

  /** Records all rules of enabled scenarios as used; see `FaultEngine.noteFork`. */
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
    this.#dependencies.log.noteUnused(unusedRulesOf(this.#scenarios.enabled.get(name), this.#counters));
  }

  #noteUsed(name: string): void {
    for (const fired of firedRulesOf(this.#scenarios.get(name), this.#counters)) this.#dependencies.log.noteUsed(fired);
  }

  #existing(name: string): Scenario {
    const scenario = this.#scenarios.get(name);
    if (scenario !== undefined) return scenario;
    throw new InputError('scenario', [
      {
        pointer: '',
        message: `no scenario has this name${nearestHint(this.nearest(name))}`,
        found: name,
        allowed: 'the name of a scenario of this world',
      },
    ]);
  }

  /** Evaluates a request against a rule. Returns whether that settles the request. */
  #evaluateRule(armed: ArmedRule, { subject, decision, transitions }: Evaluation, entry: Enabled | undefined): boolean {
    const { rule, states, scenario } = armed;
    if (armed.matches !== undefined && !armed.matches(subject)) return false;
    const machine = states === undefined ? undefined : this.#counters.machineOf(scenario, states);
    if (rule.when !== undefined && machine?.of(subject) !== rule.when) return false;
    const time = { now: this.#dependencies.clock.now(), since: entry?.since ?? this.#startedAt };
    const firing = this.#counters.of(armed).evaluate(subject, time);
    if (firing === undefined) return false;
    this.#scenarios.library?.noteFired(rule);
    if (entry?.calls !== undefined) this.#countDown(scenario, entry.calls);
    // All rules see the state that the scenario had when the request arrived.
    if (firing.moves && machine !== undefined && rule.goto !== undefined) transitions.push([machine, rule.goto]);
    if (firing.fault === undefined) return false;
    decision.add({ fault: firing.fault, phase: rule.phase, scenario, rule: armed.index }, firing);
    return settles(firing.fault);
  }

  /** Counts that a scenario fired, and disables it after the last of `calls` requests. */
  #countDown(name: string, calls: number): void {
    if (this.#counters.countFired(name) < calls) return;
    this.#recordUse(name);
    this.#scenarios = this.#scenarios.disabling(name);
    this.#dependencies.onExpired();
  }

  #isExpired(entry: Enabled): boolean {
    return entry.until !== undefined && this.#dependencies.clock.now() >= entry.until;
  }

  /** Resets the counters of a scenario, after recording which rules fired. */
  #restart(name: string): void {
    this.#recordUse(name);
    this.#counters.reset(name, this.#scenarios.get(name));
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
      fired: this.#counters.firedOf(name),
      machine: states && this.#counters.machineOf(name, states),
      counterOf: (rule) => this.#counters.find(rule),
    });
  }
}
