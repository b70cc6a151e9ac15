import type { Scenario } from '../fault.ts';
import type { ScenarioSource } from '../scenario-source.ts';
import type { Subject } from './matcher.ts';
import { type ArmedRule, arm, RuleIndex } from './rule-index.ts';

/** A scenario that plays, and for how long. */
export interface Enabled {
  readonly scenario: Scenario;
  /** Calls it takes before it goes off. */
  readonly calls?: number;
  /** Milliseconds since 1970, by the world's clock, at which it goes off. */
  readonly until?: number;
  /** Milliseconds since 1970, by the world's clock, at which it was enabled; when the world began where it is absent. */
  readonly since?: number;
  /** Somebody asked for it; it does not just play from the start. */
  readonly isWanted: boolean;
}

/** The scenarios of a world and which of them play. Never changes: a change makes another, and worlds share them freely. */
export class ScenarioSet {
  readonly library: ScenarioSource | undefined;
  /** In the order in which they are asked. */
  readonly enabled: ReadonlyMap<string, Enabled>;
  /** Put into this world, in place of those of the library; `null`: removed. */
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

  /** What a fresh world has: the library, with those playing that play from the start. */
  static startingWith(library: ScenarioSource): ScenarioSet {
    const playing = library
      .enabledFromStart()
      .map((scenario) => [scenario.name, { scenario, isWanted: false }] as const);
    return new ScenarioSet(library, new Map(), new Map(playing));
  }

  /** What was put into this world, in place of those of the library; `null`: removed. */
  get own(): ReadonlyMap<string, Scenario | null> {
    return this.#own;
  }

  get(name: string): Scenario | undefined {
    const own = this.#own.get(name);
    return own === undefined ? this.library?.get(name) : (own ?? undefined);
  }

  all(): readonly Scenario[] {
    const scenarios = new Map((this.library?.all() ?? []).map((scenario) => [scenario.name, scenario]));
    for (const [name, scenario] of this.#own) {
      if (scenario === null) scenarios.delete(name);
      else scenarios.set(name, scenario);
    }
    return [...scenarios.values()];
  }

  /** With this scenario, in place of any of its name. */
  with(scenario: Scenario): ScenarioSet {
    return new ScenarioSet(this.library, new Map(this.#own).set(scenario.name, scenario), this.#without(scenario.name));
  }

  without(name: string): ScenarioSet {
    return new ScenarioSet(this.library, new Map(this.#own).set(name, null), this.#without(name));
  }

  enabling(entry: Enabled): ScenarioSet {
    const enabled = this.#without(entry.scenario.name);
    enabled.set(entry.scenario.name, entry);
    return new ScenarioSet(this.library, this.#own, enabled);
  }

  disabling(name: string): ScenarioSet {
    return new ScenarioSet(this.library, this.#own, this.#without(name));
  }

  /** Rules of playing scenarios that may be for a call, in the order in which they are asked. */
  rulesFor(subject: Subject): readonly ArmedRule[] {
    this.#index ??= indexOf(this.enabled.values());
    return this.#index.of(subject);
  }

  /** All rules of playing scenarios for an operation, in the order in which they are asked. */
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
    scenario.rules.forEach((rule, place) => {
      index.add(arm(rule, scenario.name, place, scenario.states), order);
      order += 1;
    });
  }
  return index;
}
