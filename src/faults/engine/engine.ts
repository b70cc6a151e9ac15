import { Clock } from '../../domain/clock.ts';
import { InputError } from '../../input/input-error.ts';
import type { Rule, Scenario, UnusedFault } from '../fault.ts';
import type { ScenarioSource } from '../scenario-source.ts';
import { ActiveScenarios, type Offer } from './active-scenarios.ts';
import { type ArmedFaultReport, ArmedFaults } from './armed-faults.ts';
import { type Decision, DecisionBuilder } from './decision.ts';
import { type Candidate, explainRules, type Probe, type RuleExplanation } from './explain.ts';
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

/** State of an engine, to start another from; never changes. */
export interface FaultState {
  readonly seed: string;
  /** The scenarios and which of them play; none when left out. */
  readonly scenarios?: ScenarioSet;
}

/** The state of a fresh world: the library, with those scenarios playing that play from the start. */
export const startingFaults = (seed: string, library: ScenarioSource): FaultState => ({
  seed,
  scenarios: ScenarioSet.startingWith(library),
});

const SCENARIO_HEADER = 'x-sideglance-scenario';

/**
 * The scenarios and one-off faults of one world, and their counters. A call is offered to, in this order: the one-off
 * faults as they were armed; what its own headers ask for; the playing scenarios in the order in which they were
 * enabled, rule by rule. The first rule that answers has it; rules that only delay add up and pass it on.
 */
export class FaultEngine {
  readonly #seed: string;
  readonly #clock: Clock;
  readonly #log: UnusedFaultLog;
  readonly #armedFaults: ArmedFaults;
  readonly #playing: ActiveScenarios;
  /** Effects that come after their answers. */
  readonly late = new LateEffects();

  /**
   * @param log - that of the world, for what is to outlive this engine.
   * @param onFired - is told when a scenario went off because it took as many calls as it was enabled for.
   */
  constructor(
    state: FaultState,
    clock: Clock = new Clock(),
    log: UnusedFaultLog = new UnusedFaultLog(),
    onFired: () => void = () => undefined,
  ) {
    const { seed, scenarios = NO_SCENARIOS } = state;
    this.#seed = seed;
    this.#clock = clock;
    this.#log = log;
    this.#armedFaults = new ArmedFaults(seed);
    this.#playing = new ActiveScenarios(scenarios, { seed, clock, log, onFired });
  }

  /** The scenarios and which of them play; a world made from it counts from zero and has no one-off faults. */
  snapshot(): FaultState {
    return { seed: this.#seed, scenarios: this.#playing.scenarios };
  }

  /** What happens to this call; counts it. Takes no time for operations that no armed rule names. */
  decide(subject: Subject): Decision | undefined {
    const { headers } = subject.call;
    const asked = headers[SCENARIO_HEADER];
    const prefer = headers['prefer'];
    const rules = this.#playing.scenarios.rulesFor(subject);
    if (rules.length === 0 && asked === undefined && prefer === undefined && this.#armedFaults.isEmpty)
      return undefined;
    const decision = new DecisionBuilder();
    if (this.#armedFaults.offer(subject, decision, this.#clock.now())) return decision.decision;
    const code = prefer === undefined ? undefined : codePreferred(prefer, this.#documented(subject.operation));
    if (code !== undefined) {
      decision.add({ kind: 'answer', status: code }, 'before', 'Prefer', 0);
      return decision.decision;
    }
    const offer: Offer = { subject, decision, moves: [] };
    const name = typeof asked === 'string' ? asked : undefined;
    if (name === undefined || !this.#playAsked(offer, name)) this.#playing.offer(offer, rules, name);
    for (const [machine, to] of offer.moves) machine.move(subject, to);
    return decision.decision;
  }

  /** All scenarios, with what their rules did. */
  list(): readonly ScenarioReport[] {
    return this.#playing.list();
  }

  report(name: string): ScenarioReport | undefined {
    return this.#playing.report(name);
  }

  scenario(name: string): Scenario | undefined {
    return this.#playing.scenarios.get(name);
  }

  /** Puts a scenario into this world, in place of any of its name; it plays from now on if it says so, else it is off. */
  put(scenario: Scenario): void {
    this.#playing.put(scenario);
  }

  /** Whether there was one to remove. A shipped one is gone from this world until it is reset. */
  remove(name: string): boolean {
    return this.#playing.remove(name);
  }

  /**
   * Lets a scenario play, its counters from zero, after all that play already.
   * @param limit.calls - goes off after it took so many calls.
   * @param limit.seconds - goes off after so long by the world's clock.
   * @throws InputError for a name that no scenario has.
   */
  enable(name: string, limit: { readonly calls?: number; readonly seconds?: number } = {}): void {
    this.#playing.enable(name, limit);
  }

  /**
   * Stops a scenario; its counts stay to be read.
   * @throws InputError for a name that no scenario has.
   */
  disable(name: string): void {
    this.#playing.disable(name);
  }

  /**
   * Puts a scenario into a state.
   * @param of - id of an image, project or user, or a client, of scenarios with states of their own for these; all of
   * them when left out.
   * @throws InputError for a name that no scenario has, one without states, and a state that it has not.
   */
  setState(name: string, state: string, of?: string): void {
    this.#playing.setState(name, state, of);
  }

  /**
   * The rules that a call of an operation would be offered to, in this order, and what each would do with it.
   * @throws InputError for an operation that there is not.
   */
  outlook(probe: Probe): readonly RuleExplanation[] {
    const { library } = this.#playing.scenarios;
    if (library !== undefined && library.operations.get(probe.operation) === undefined) {
      const nearest = library.operations.nearest(probe.operation);
      throw new InputError('query', [
        {
          pointer: '/operation',
          message: `no operation has this name${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`,
          found: probe.operation,
          allowed: nearest === undefined ? 'dialect.operation' : [nearest],
        },
      ]);
    }
    const now = this.#clock.now();
    const armedFaults = this.#armedFaults
      .liveFor(probe.operation)
      .map(({ armed, counter, since }): Candidate => ({ armed, counter, time: { now, since } }));
    return explainRules([...armedFaults, ...this.#playing.candidates(probe.operation)], probe);
  }

  /** Arms a one-off fault. */
  arm(rule: Rule): ArmedFaultReport {
    return this.#armedFaults.arm(rule, this.#clock.now());
  }

  /** One-off faults since the last `disarmAll`, the spent ones too (of which only the latest are kept). */
  armed(): readonly ArmedFaultReport[] {
    return this.#armedFaults.list(this.#clock.now());
  }

  /** Whether there was such a one-off fault to disarm. */
  disarm(id: string): boolean {
    this.#log.noteUnused(this.#unusedArmedFaults().filter(({ scenario }) => scenario === id));
    return this.#armedFaults.disarm(id);
  }

  /** How many were disarmed. */
  disarmAll(): number {
    this.#log.noteUnused(this.#unusedArmedFaults());
    return this.#armedFaults.disarmAll();
  }

  /** One-off faults, and rules of scenarios that somebody enabled, that have done nothing yet. */
  unusedFaults(): readonly UnusedFault[] {
    return [...this.#unusedArmedFaults(), ...this.#playing.unusedFaults()];
  }

  /** All that never fired, with what was disarmed, disabled, replaced, enabled anew or reset before. */
  unmet(): readonly UnusedFault[] {
    this.#playing.noteUsed();
    return this.#log.all(this.unusedFaults());
  }

  /** Leaves to the log of the world what is armed; nothing is asked of this engine any more. */
  retire(): void {
    this.#log.noteUnused(this.#unusedArmedFaults());
    this.#playing.retire();
  }

  /** A world was made that goes on with what plays here: what that one's calls meet is its own. */
  passOn(): void {
    this.#playing.passOn();
  }

  #unusedArmedFaults(): readonly UnusedFault[] {
    return this.armed()
      .filter(({ taken }) => taken === 0)
      .map(({ id, rule }) => ({ scenario: id, rule: 0, operations: rule.operations }));
  }

  #documented(operation: string): readonly number[] | undefined {
    return this.#playing.scenarios.library?.operations.get(operation)?.operation.statuses;
  }

  /** Plays the scenario that a call names for itself; whether that settles the call. */
  #playAsked(offer: Offer, name: string): boolean {
    const isSettled = this.#playing.offerAsked(offer, name);
    if (isSettled !== undefined) return isSettled;
    const nearest = this.#playing.nearest(name);
    const message =
      `X-Sideglance-Scenario: no scenario is called "${name}"` +
      (nearest === undefined ? '.' : `; did you mean "${nearest}"?`);
    offer.decision.add({ kind: 'answer', status: 400, message }, 'before', 'X-Sideglance-Scenario', 0);
    return true;
  }
}

const NO_SCENARIOS = new ScenarioSet(undefined);
