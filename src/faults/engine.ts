import { nearestName } from '../contract/nearest.ts';
import { Clock } from '../domain/clock.ts';
import { InputError } from '../domain/input-error.ts';
import { RuleCounter } from './counter.ts';
import type { Rule, Scenario, States, UnmetFault } from './fault.ts';
import { LateEffects } from './late-effects.ts';
import { nearestScenario, type ScenarioLibrary } from './library.ts';
import type { Subject } from './matcher.ts';
import { type OneOffReport, OneOffs } from './one-offs.ts';
import { type Candidate, type Outlook, outlooks, type Probe } from './outlook.ts';
import { codePreferred } from './prefer.ts';
import { type ArmedRule, arm } from './rule-index.ts';
import { reportOf, type ScenarioReport } from './scenario-report.ts';
import { type Enabled, ScenarioSet } from './scenario-set.ts';
import { StateMachine, statesOf } from './state-machine.ts';
import { UnmetLog } from './unmet-log.ts';
import { type Decision, settles, Verdict } from './verdict.ts';

export type { Subject } from './matcher.ts';
export type { OneOffReport } from './one-offs.ts';
export type { ScenarioReport, StatesReport } from './scenario-report.ts';
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

/** A move from one state to another, which takes place when all rules have been asked about the call. */
type Move = readonly [StateMachine, string];

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
  readonly #states = new Map<string, StateMachine>();
  readonly #log: UnmetLog;
  /** When this engine was made, by its clock. */
  readonly #began: number;
  #scenarios: ScenarioSet;

  /** @param log - that of the world, for what is to outlive this engine. */
  constructor(state: FaultState, clock: Clock = new Clock(), log: UnmetLog = new UnmetLog()) {
    this.#began = clock.now();
    this.#log = log;
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
    if (this.#oneOffs.offer(subject, verdict, this.#clock.now())) return verdict.decision;
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
    const moves: Move[] = [];
    this.#play(subject, rules, typeof asked === 'string' ? asked : undefined, verdict, moves);
    for (const [machine, to] of moves) machine.move(subject, to);
    return verdict.decision;
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

  scenario(name: string): Scenario | undefined {
    return this.#scenarios.get(name);
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
      since: this.#clock.now(),
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
    this.#leave(name);
    this.#scenarios = this.#scenarios.disabling(name);
  }

  /**
   * Puts a scenario into a state.
   * @param of - id of an image, project or user, or a client, of scenarios with states of their own for these; all of
   * them when left out.
   * @throws InputError for a name that no scenario has, one without states, and a state that it has not.
   */
  setState(name: string, state: string, of?: string): void {
    const scenario = this.#known(name);
    const { states } = scenario;
    const allowed = statesOf(scenario);
    if (states === undefined || !allowed.includes(state)) {
      const nearest = nearestName(state, allowed);
      throw new InputError('state', [
        {
          pointer: '/state',
          message:
            states === undefined
              ? `the scenario "${name}" has no states`
              : `the scenario "${name}" has no such state${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`,
          found: state,
          allowed,
        },
      ]);
    }
    if (of !== undefined && states.per === 'rule') {
      throw new InputError('state', [
        { pointer: '/of', message: 'the scenario has one state for all calls', found: of, allowed: 'no "of" here' },
      ]);
    }
    this.#machineOf(name, states).set(state, of);
  }

  /**
   * The rules that a call of an operation would be offered to, in this order, and what each would do with it.
   * @throws InputError for an operation that there is not.
   */
  outlook(probe: Probe): readonly Outlook[] {
    const { library } = this.#scenarios;
    if (library !== undefined && library.operations.get(probe.operation) === undefined) {
      const nearest = library.operations.nearest(probe.operation);
      throw new InputError('query', [
        {
          pointer: '/operation',
          message: `no operation is called that${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`,
          found: probe.operation,
          allowed: nearest === undefined ? 'dialect.operation' : [nearest],
        },
      ]);
    }
    const now = this.#clock.now();
    const oneOffs = this.#oneOffs
      .liveFor(probe.operation)
      .map(({ armed, counter, since }): Candidate => ({ armed, counter, time: { now, since } }));
    const playing = this.#scenarios.rulesForOperation(probe.operation).map((armed): Candidate => {
      const entry = this.#scenarios.enabled.get(armed.scenario) as Enabled;
      const { states } = armed;
      return {
        armed,
        counter: this.#counterOf(armed),
        time: { now, since: entry.since ?? this.#began },
        isOver: this.#isOver(entry),
        ...(states !== undefined && { machine: this.#machineOf(armed.scenario, states) }),
      };
    });
    return outlooks([...oneOffs, ...playing], probe);
  }

  /** Arms a one-off fault. */
  arm(rule: Rule): OneOffReport {
    return this.#oneOffs.arm(rule, this.#clock.now());
  }

  /** One-off faults since the last `disarmAll`, the spent ones too (of which only the latest are kept). */
  armed(): readonly OneOffReport[] {
    return this.#oneOffs.list(this.#clock.now());
  }

  /** Whether there was such a one-off fault to disarm. */
  disarm(id: string): boolean {
    this.#log.noteUnmet(this.#unmetOneOffs().filter(({ scenario }) => scenario === id));
    return this.#oneOffs.disarm(id);
  }

  /** How many were disarmed. */
  disarmAll(): number {
    this.#log.noteUnmet(this.#unmetOneOffs());
    return this.#oneOffs.disarmAll();
  }

  /** One-off faults, and rules of scenarios that somebody enabled, that have done nothing yet. */
  neverFired(): readonly UnmetFault[] {
    return [...this.#unmetOneOffs(), ...[...this.#scenarios.enabled.keys()].flatMap((name) => this.#unmetOf(name))];
  }

  /** All that never fired, with what was disarmed, disabled, replaced, enabled anew or reset before. */
  unmet(): readonly UnmetFault[] {
    for (const name of this.#scenarios.enabled.keys()) this.#noteMet(name);
    return this.#log.all(this.neverFired());
  }

  /** Leaves to the log of the world what is armed; nothing is asked of this engine any more. */
  retire(): void {
    this.#log.noteUnmet(this.#unmetOneOffs());
    for (const name of this.#scenarios.enabled.keys()) this.#leave(name);
  }

  /** A world was made that goes on with what plays here: what that one's calls meet is its own. */
  passOn(): void {
    for (const { scenario } of this.#scenarios.enabled.values()) {
      scenario.rules.forEach((_rule, index) => {
        this.#log.noteMet({ scenario: scenario.name, rule: index });
      });
    }
  }

  /** Leaves to the log what the rules of a scenario did, before their counts are dropped or it no longer plays. */
  #leave(name: string): void {
    this.#noteMet(name);
    this.#log.noteUnmet(this.#unmetOf(name));
  }

  #noteMet(name: string): void {
    this.#scenarios.get(name)?.rules.forEach((rule, index) => {
      if ((this.#counters.get(rule)?.taken ?? 0) > 0) this.#log.noteMet({ scenario: name, rule: index });
    });
  }

  #unmetOneOffs(): readonly UnmetFault[] {
    return this.armed()
      .filter(({ taken }) => taken === 0)
      .map(({ id, rule }) => ({ scenario: id, rule: 0, operations: rule.operations }));
  }

  #unmetOf(name: string): readonly UnmetFault[] {
    const entry = this.#scenarios.enabled.get(name);
    if (entry === undefined || !entry.isWanted) return [];
    return entry.scenario.rules.flatMap((rule, index) =>
      (this.#counters.get(rule)?.taken ?? 0) > 0 ? [] : [{ scenario: name, rule: index, operations: rule.operations }],
    );
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

  /** Offers a call to the scenario that it names for itself and then to those that play. */
  #play(
    subject: Subject,
    rules: readonly ArmedRule[],
    asked: string | undefined,
    verdict: Verdict,
    moves: Move[],
  ): void {
    if (asked !== undefined && this.#playAsked(asked, subject, verdict, moves)) return;
    for (const armed of rules) {
      const entry = this.#scenarios.enabled.get(armed.scenario);
      // A scenario that the call asks for was offered it above; one whose time is over, or that an earlier rule of this
      // very call ended, is off.
      if (entry === undefined || armed.scenario === asked || this.#isOver(entry)) continue;
      if (this.#offer(armed, subject, verdict, moves, entry)) return;
    }
  }

  /** Plays the scenario that a call names for itself; whether that settles the call. */
  #playAsked(name: string, subject: Subject, verdict: Verdict, moves: Move[]): boolean {
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
        rule.operations.includes(subject.operation) &&
        this.#offer(arm(rule, name, index, scenario.states), subject, verdict, moves, undefined),
    );
  }

  /** Offers a call to a rule; whether that settles the call. */
  #offer(armed: ArmedRule, subject: Subject, verdict: Verdict, moves: Move[], entry: Enabled | undefined): boolean {
    const { rule, states, scenario } = armed;
    if (armed.matches !== undefined && !armed.matches(subject)) return false;
    const machine = states === undefined ? undefined : this.#machineOf(scenario, states);
    if (rule.when !== undefined && machine?.of(subject) !== rule.when) return false;
    const time = { now: this.#clock.now(), since: entry?.since ?? this.#began };
    const taken = this.#counterOf(armed).take(subject, time);
    if (taken === undefined) return false;
    this.#scenarios.library?.noteFired(rule);
    if (entry?.calls !== undefined) this.#countDown(scenario, entry.calls);
    // All rules see the state in which the call found the scenario.
    if (taken.moves && machine !== undefined && rule.goto !== undefined) moves.push([machine, rule.goto]);
    if (taken.fault === undefined) return false;
    verdict.add(taken.fault, rule.phase, scenario, armed.index, taken);
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

const NO_SCENARIOS = new ScenarioSet(undefined);
