import type { RuleStage, Scenario } from '../fault.ts';
import type { ChangedScenario, ScenarioSource } from '../scenario-source.ts';
import type { Subject } from './matcher.ts';
import { type ArmedRule, arm, RuleIndex } from './rule-index.ts';

/** An enabled scenario, and for how long it is enabled. */
export interface Enabled {
  readonly scenario: Scenario;
  /** How often it fires before it expires. */
  readonly calls?: number;
  /** When it expires, in milliseconds since 1970 by the world's clock. */
  readonly until?: number;
  /** When it was enabled, in milliseconds since 1970 by the world's clock; the start of the world when omitted. */
  readonly since?: number;
  /** Whether a user enabled it; false if it is enabled from the start. */
  readonly isWanted: boolean;
}

/** The scenarios of a world and which of them are enabled. Immutable: a change returns a new set, so worlds can share them. */
export class ScenarioSet {
  readonly library: ScenarioSource | undefined;
  /** In evaluation order. */
  readonly enabled: ReadonlyMap<string, Enabled>;
  /** Scenarios added to this world in place of those of the library; `null` for a removed one. */
  readonly #own: ReadonlyMap<string, Scenario | null>;
  #index: RuleIndex | undefined;

  constructor(
    library: ScenarioSource | undefined,
    own: ReadonlyMap<string, Scenario | null> = new Map(),
    enabled: ReadonlyMap<string, Enabled> = new Map(),
  ) {
    this.library = library;
    this.#own = own;
    this.enabled = enabled;
  }

  /** The scenarios of a new world: the library, with the scenarios enabled that are enabled from the start. */
  static startingWith(library: ScenarioSource): ScenarioSet {
    const enabled = library
      .enabledFromStart()
      .map((scenario) => [scenario.name, { scenario, isWanted: false }] as const);
    return new ScenarioSet(library, new Map(), new Map(enabled));
  }

  /** Scenarios added to this world in place of those of the library; `null` for a removed one. */
  get own(): ReadonlyMap<string, Scenario | null> {
    return this.#own;
  }

  /** The scenario of that name. */
  get(name: string): Scenario | undefined {
    const own = this.#own.get(name);
    return own === undefined ? this.library?.get(name) : (own ?? undefined);
  }

  /** All scenarios of the world. */
  all(): readonly Scenario[] {
    const scenarios = new Map((this.library?.all() ?? []).map((scenario) => [scenario.name, scenario]));
    for (const [name, scenario] of this.#own) {
      if (scenario === null) scenarios.delete(name);
      else scenarios.set(name, scenario);
    }
    return [...scenarios.values()];
  }

  /** Returns a set with this scenario, in place of one with the same name. */
  with(scenario: Scenario): ScenarioSet {
    return new ScenarioSet(this.library, new Map(this.#own).set(scenario.name, scenario), this.#without(scenario.name));
  }

  /** Returns a set without this scenario. */
  without(name: string): ScenarioSet {
    const own = new Map(this.#own);
    // Only a scenario of the library has to be marked as removed.
    if (this.library?.get(name) === undefined) own.delete(name);
    else own.set(name, null);
    return new ScenarioSet(this.library, own, this.#without(name));
  }

  /** Returns a set in which this scenario is enabled, after all others. */
  enabling(entry: Enabled): ScenarioSet {
    const enabled = this.#without(entry.scenario.name);
    enabled.set(entry.scenario.name, entry);
    return new ScenarioSet(this.library, this.#own, enabled);
  }

  /** Returns a set in which this scenario is disabled. */
  disabling(name: string): ScenarioSet {
    return new ScenarioSet(this.library, this.#own, this.#without(name));
  }

  /**
   * Returns a set in which enabled scenarios are replaced by what files contain now, at the same place and with the same limits.
   * Scenarios of this world alone stay. What a file newly enables is enabled, and what it no longer enables is disabled unless a
   * user enabled it.
   */
  reloading(changes: readonly ChangedScenario[]): ScenarioSet {
    const enabled = new Map(this.enabled);
    for (const { name, before, after } of changes) {
      if (this.#own.has(name)) continue;
      const entry = enabled.get(name);
      const isGone =
        after === undefined || (before?.isEnabled === true && !after.isEnabled && entry?.isWanted !== true);
      if (isGone) enabled.delete(name);
      else if (entry !== undefined) enabled.set(name, { ...entry, scenario: after });
      else if (after.isEnabled && before?.isEnabled !== true) enabled.set(name, { scenario: after, isWanted: false });
    }
    return new ScenarioSet(this.library, this.#own, enabled);
  }

  /** Rules of enabled scenarios at a stage that may match a request, in evaluation order. */
  rulesFor(subject: Subject, stage: RuleStage): readonly ArmedRule[] {
    this.#index ??= indexOf(this.enabled.values());
    return this.#index.of(subject, stage);
  }

  /** All rules of enabled scenarios for an operation, in evaluation order within each stage. */
  rulesForOperation(operation: string): readonly ArmedRule[] {
    this.#index ??= indexOf(this.enabled.values());
    return this.#index.for(operation);
  }

  #without(name: string): Map<string, Enabled> {
    const enabled = new Map(this.enabled);
    enabled.delete(name);
    return enabled;
  }
}

function indexOf(enabled: Iterable<Enabled>): RuleIndex {
  const index = new RuleIndex();
  let order = 0;
  for (const { scenario } of enabled) {
    scenario.rules.forEach((rule, position) => {
      index.add(arm(rule, scenario, position), order);
      order += 1;
    });
  }
  return index;
}
