import type { CertificateKind } from '../../base/certificate-kinds.ts';
import { nearestHint, suggestionHint } from '../../contract/nearest.ts';
import { Clock } from '../../domain/clock.ts';
import { InputError } from '../../input/input-error.ts';
import { RULE_STAGES, type Rule, type RuleStage, type Scenario, type UnusedFault } from '../fault.ts';
import type { ChangedScenario, ScenarioSource } from '../scenario-source.ts';
import { ActiveScenarios, type Evaluation } from './active-scenarios.ts';
import { type ArmedFaultReport, ArmedFaults } from './armed-faults.ts';
import { type Decision, DecisionBuilder } from './decision.ts';
import { type EvaluatedRule, explainRules, type Probe, type RuleExplanation } from './explain.ts';
import { HeldRequests } from './held-requests.ts';
import { LateEffects } from './late-effects.ts';
import type { Subject } from './matcher.ts';
import { codePreferred } from './prefer-header.ts';
import type { ScenarioReport } from './scenario-report.ts';
import { ScenarioSet } from './scenario-set.ts';
import { UnusedFaultLog } from './unused-faults.ts';

export type { ArmedFaultReport } from './armed-faults.ts';
export type { Decision } from './decision.ts';
export type { Subject } from './matcher.ts';
export type { ScenarioReport, StatesReport } from './scenario-report.ts';

/** The state of an engine, from which another one can start. Immutable. */
export interface FaultState {
  readonly seed: string;
  /** The scenarios and which of them are enabled; none when omitted. */
  readonly scenarios?: ScenarioSet;
}

/** The state of a new world: the library, with the scenarios enabled that are enabled from the start. */
export const initialFaults = (seed: string, library: ScenarioSource): FaultState => ({
  seed,
  scenarios: ScenarioSet.startingWith(library),
});

const SCENARIO_HEADER = 'x-sideglance-scenario';

/**
 * The scenarios and one-off faults of one world, with their counters. Each request is evaluated against, in this order:
 * the one-off faults, in the order in which they were armed; the fault that its own headers request (`Prefer`,
 * `X-Sideglance-Scenario`); the rules of the active scenarios, in the order in which these were enabled. The first rule that
 * settles the request ends the evaluation. Delays add up. Rules of the stage `before-auth` are evaluated first, on their own.
 */
export class FaultEngine {
  readonly #seed: string;
  readonly #clock: Clock;
  readonly #log: UnusedFaultLog;
  readonly #armedFaults: ArmedFaults;
  readonly #scenarios: ActiveScenarios;
  /** Effects that take place after their responses. */
  readonly late = new LateEffects();
  /** Requests that wait for somebody to decide about them. */
  readonly held = new HeldRequests();

  /**
   * @param log - the log of the world, which outlives this engine.
   * @param onExpired - called when a scenario expires because it fired as often as it was enabled for.
   */
  constructor(
    state: FaultState,
    clock: Clock = new Clock(),
    log: UnusedFaultLog = new UnusedFaultLog(),
    onExpired: () => void = () => undefined,
  ) {
    const { seed, scenarios = NO_SCENARIOS } = state;
    this.#seed = seed;
    this.#clock = clock;
    this.#log = log;
    this.#armedFaults = new ArmedFaults(seed);
    this.#scenarios = new ActiveScenarios(scenarios, { seed, clock, log, onExpired });
  }

  /** The scenarios and which of them are enabled. A world created from it counts from zero and has no one-off faults. */
  snapshot(): FaultState {
    return { seed: this.#seed, scenarios: this.#scenarios.scenarios };
  }

  /** Takes back changes of the scenarios that could not be saved. */
  restoreScenarios({ scenarios = NO_SCENARIOS }: FaultState): void {
    this.#scenarios.restore(scenarios);
  }

  /**
   * Decides what happens to a request at a stage, and counts it. Costs nothing for operations that no armed rule names.
   * At the stage `before-auth` the caller is not known.
   */
  decide(subject: Subject, stage: RuleStage = 'after-auth'): Decision | undefined {
    const { headers } = subject.call;
    const requested = headers[SCENARIO_HEADER];
    const prefer = stage === 'after-auth' ? headers['prefer'] : undefined;
    const rules = this.#scenarios.scenarios.rulesFor(subject, stage);
    const hasRules = rules.length > 0 || !this.#armedFaults.isEmptyAt(stage);
    if (!hasRules && requested === undefined && prefer === undefined) return undefined;
    const decision = new DecisionBuilder();
    if (this.#armedFaults.evaluate(subject, stage, { decision, now: this.#clock.now() })) return decision.decision;
    const code = prefer === undefined ? undefined : codePreferred(prefer, this.documentedStatuses(subject.operation));
    if (code !== undefined) {
      decision.add({ fault: { kind: 'answer', status: code }, phase: 'before', scenario: 'Prefer', rule: 0 });
      return decision.decision;
    }
    const evaluation: Evaluation = { subject, stage, decision, transitions: [] };
    const name = typeof requested === 'string' ? requested : undefined;
    if (name === undefined || !this.#evaluateRequested(evaluation, name)) {
      this.#scenarios.evaluate(evaluation, rules, name);
    }
    for (const [machine, to] of evaluation.transitions) machine.move(subject, to);
    return decision.decision;
  }

  /** All scenarios, with the counters of their rules. */
  list(): readonly ScenarioReport[] {
    return this.#scenarios.list();
  }

  /** One scenario, with the counters of its rules. */
  report(name: string): ScenarioReport | undefined {
    return this.#scenarios.report(name);
  }

  /** The scenario of that name. */
  scenario(name: string): Scenario | undefined {
    return this.#scenarios.scenarios.get(name);
  }

  /** The statuses that an operation documents; `undefined` for an unknown operation. */
  documentedStatuses(operation: string): readonly number[] | undefined {
    return this.#scenarios.scenarios.library?.operations.get(operation)?.operation.statuses;
  }

  /** The certificate that the active scenarios want the ports to present. */
  get certificate(): CertificateKind | undefined {
    return this.#scenarios.certificate;
  }

  /** Adds a scenario to this world, or replaces the one with that name. Enables it if it has `enabled: true`. */
  put(scenario: Scenario): void {
    this.#scenarios.put(scenario);
  }

  /**
   * Removes a scenario. A reset of the world restores shipped scenarios.
   * @returns whether it existed.
   */
  remove(name: string): boolean {
    return this.#scenarios.remove(name);
  }

  /**
   * Enables a scenario. Its counters start at zero, and its rules are evaluated after those of the scenarios that are already enabled.
   * @param limit.calls - the scenario expires after its rules fired this many times.
   * @param limit.seconds - the scenario expires after this time, by the world's clock.
   * @throws InputError if no scenario has this name.
   */
  enable(name: string, limit: { readonly calls?: number; readonly seconds?: number } = {}): void {
    this.#scenarios.enable(name, limit);
  }

  /**
   * Disables a scenario. Its counters can still be read.
   * @throws InputError if no scenario has this name.
   */
  disable(name: string): void {
    this.#scenarios.disable(name);
  }

  /** Replaces scenarios by what files contain now. Their counters and states start anew. Call it before the library changes. */
  reload(changes: readonly ChangedScenario[]): void {
    this.#scenarios.reload(changes);
  }

  /**
   * Sets the state of a scenario.
   * @param of - id of the image, project, user or client whose state is set, in scenarios with a state for each; all of them
   *   when omitted.
   * @throws InputError if no scenario has this name, or if it has no states or not this one.
   */
  setState(name: string, state: string, of?: string): void {
    this.#scenarios.setState(name, state, of);
  }

  /**
   * Lists the rules that a request to an operation would be evaluated against, in order, and what each would do with it.
   * @throws InputError for an unknown operation.
   */
  explain(probe: Probe): readonly RuleExplanation[] {
    const { library } = this.#scenarios.scenarios;
    if (library !== undefined && library.operations.get(probe.operation) === undefined) {
      throw new InputError('query', [
        {
          pointer: '/operation',
          message: `no operation has this name${suggestionHint(library.operations.suggest(probe.operation))}`,
          found: probe.operation,
          allowed: 'an operation that GET /__admin/contracts lists, as dialect.operation',
        },
      ]);
    }
    const now = this.#clock.now();
    const armedFaults = this.#armedFaults
      .liveFor(probe.operation)
      .map(({ armed, counter, since }): EvaluatedRule => ({ armed, counter, time: { now, since } }));
    const all = [...armedFaults, ...this.#scenarios.candidates(probe.operation)];
    const inOrder = RULE_STAGES.flatMap((stage) => all.filter(({ armed }) => armed.rule.stage === stage));
    return explainRules(inOrder, probe);
  }

  /** Arms a one-off fault. */
  arm(rule: Rule): ArmedFaultReport {
    return this.#armedFaults.arm(rule, this.#clock.now());
  }

  /** The one-off faults armed since the last `disarmAll`. Of the expired ones, only the latest are kept. */
  armed(): readonly ArmedFaultReport[] {
    return this.#armedFaults.list(this.#clock.now());
  }

  /** One of the faults that `armed` lists. */
  armedFault(id: string): ArmedFaultReport | undefined {
    return this.#armedFaults.report(id, this.#clock.now());
  }

  /**
   * Disarms a one-off fault.
   * @returns whether it existed.
   */
  disarm(id: string): boolean {
    const report = this.armedFault(id);
    if (report !== undefined) this.#log.noteUnused(unusedAmong([report]));
    return this.#armedFaults.disarm(id);
  }

  /**
   * Disarms all one-off faults.
   * @returns how many.
   */
  disarmAll(): number {
    this.#log.noteUnused(this.#unusedArmedFaults());
    return this.#armedFaults.disarmAll();
  }

  /** One-off faults, and rules of scenarios that a user enabled, that have not fired. */
  unusedFaults(): readonly UnusedFault[] {
    return [...this.#unusedArmedFaults(), ...this.#scenarios.unusedFaults()];
  }

  /** All faults that never fired, including those that were disarmed, disabled, replaced, enabled again or reset before. */
  allUnusedFaults(): readonly UnusedFault[] {
    this.#scenarios.noteUsed();
    return this.#log.all(this.unusedFaults());
  }

  /** Records the unused faults in the log of the world. Call it when the engine is replaced. */
  retire(): void {
    this.#log.noteUnused(this.#unusedArmedFaults());
    this.#scenarios.retire();
  }

  /** Records that a fork continues the enabled scenarios, so that this world does not report their rules as unused. */
  noteFork(): void {
    this.#scenarios.noteFork();
  }

  #unusedArmedFaults(): readonly UnusedFault[] {
    return unusedAmong(this.armed());
  }

  /** Evaluates the scenario that a request names in its header. Returns whether that settles the request. */
  #evaluateRequested(evaluation: Evaluation, name: string): boolean {
    const isSettled = this.#scenarios.evaluateRequested(evaluation, name);
    if (isSettled !== undefined) return isSettled;
    if (evaluation.stage === 'before-auth') return false;
    const hint = nearestHint(this.#scenarios.nearest(name)) || '.';
    const message = `X-Sideglance-Scenario: no scenario is called "${name}"${hint}`;
    evaluation.decision.add({
      fault: { kind: 'answer', status: 400, message },
      phase: 'before',
      scenario: 'X-Sideglance-Scenario',
      rule: 0,
    });
    return true;
  }
}

const unusedAmong = (reports: readonly ArmedFaultReport[]): readonly UnusedFault[] =>
  reports
    .filter(({ fired }) => fired === 0)
    .map(({ id, rule }) => ({ scenario: id, rule: 0, operations: rule.operations }));

const NO_SCENARIOS = new ScenarioSet(undefined);
