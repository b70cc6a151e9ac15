import { isGlob } from '../domain/glob.ts';
import type { Rule, Scenario } from './fault.ts';
import type { ScenarioLibrary } from './library.ts';
import { compileMatch, imageIdOf, type Matcher, type Subject } from './matcher.ts';

/** A rule made ready to be asked. Shared by all worlds that play its scenario; counters are elsewhere. */
export interface ArmedRule {
  readonly scenario: string;
  /** Place in its scenario, from 0. */
  readonly index: number;
  readonly rule: Rule;
  /** `undefined` where the operation is all that is asked for. */
  readonly matches: Matcher | undefined;
  /** The one image that it is for, where it names a whole id. */
  readonly imageId: string | undefined;
}

const armed = new WeakMap<Rule, ArmedRule>();

/** A rule made ready, once for each rule. */
export function arm(rule: Rule, scenario: string, index: number): ArmedRule {
  let ready = armed.get(rule);
  if (ready === undefined || ready.scenario !== scenario) {
    const id = rule.match.image?.id;
    const imageId = id === undefined || isGlob(id) ? undefined : id;
    ready = { scenario, index, rule, imageId, matches: compileMatch(rule.match, imageId !== undefined) };
    armed.set(rule, ready);
  }
  return ready;
}

/** The rules of a list of scenarios by operation; rules for one image by its id as well, so that thousands cost nothing. */
class RuleIndex {
  readonly #byOperation = new Map<string, OperationRules>();

  constructor(scenarios: Iterable<Scenario>) {
    let order = 0;
    for (const scenario of scenarios) {
      scenario.rules.forEach((rule, index) => {
        const placed = { order, ready: arm(rule, scenario.name, index) };
        order += 1;
        for (const name of rule.operations) {
          let rules = this.#byOperation.get(name);
          if (rules === undefined) {
            rules = { all: [], orders: [], ofImage: new Map() };
            this.#byOperation.set(name, rules);
          }
          add(rules, placed);
        }
      });
    }
  }

  /** Rules that may be for a call, in order. */
  of(subject: Subject): readonly ArmedRule[] {
    const rules = this.#byOperation.get(subject.operation);
    if (rules === undefined) return NONE;
    const id = rules.ofImage.size === 0 ? undefined : imageIdOf(subject.call);
    const own = id === undefined ? undefined : rules.ofImage.get(id);
    return own === undefined ? rules.all : merge(rules, own);
  }
}

interface PlacedRule {
  readonly order: number;
  readonly ready: ArmedRule;
}

interface OperationRules {
  /** Rules for whatever image, and their places among all rules. */
  readonly all: ArmedRule[];
  readonly orders: number[];
  /** Rules for one image, by its id. */
  readonly ofImage: Map<string, PlacedRule[]>;
}

const NONE: readonly ArmedRule[] = [];

function add(rules: OperationRules, placed: PlacedRule): void {
  const { imageId } = placed.ready;
  if (imageId === undefined) {
    rules.all.push(placed.ready);
    rules.orders.push(placed.order);
    return;
  }
  const list = rules.ofImage.get(imageId);
  if (list === undefined) rules.ofImage.set(imageId, [placed]);
  else list.push(placed);
}

/** Both lists in the order of the rules. */
function merge(rules: OperationRules, own: readonly PlacedRule[]): readonly ArmedRule[] {
  return [...rules.all.map((ready, at) => ({ ready, order: rules.orders[at] as number })), ...own]
    .sort((a, b) => a.order - b.order)
    .map(({ ready }) => ready);
}

/** A scenario that plays, and for how long. */
export interface Enabled {
  readonly scenario: Scenario;
  /** Calls it takes before it goes off. */
  readonly calls?: number;
  /** Milliseconds since 1970, by the world's clock, at which it goes off. */
  readonly until?: number;
  /** Somebody asked for it; it does not just play from the start. */
  readonly isWanted: boolean;
}

/** The scenarios of a world and which of them play. Never changes: a change makes another, and worlds share them freely. */
export class ScenarioSet {
  readonly library: ScenarioLibrary | undefined;
  /** In the order in which they are asked. */
  readonly enabled: ReadonlyMap<string, Enabled>;
  /** Put into this world, in place of those of the library; `null`: removed. */
  readonly #own: ReadonlyMap<string, Scenario | null>;
  #index: RuleIndex | undefined;

  constructor(
    library: ScenarioLibrary | undefined,
    own: ReadonlyMap<string, Scenario | null> = new Map(),
    enabled: ReadonlyMap<string, Enabled> = new Map(),
  ) {
    this.library = library;
    this.#own = own;
    this.enabled = enabled;
  }

  /** What a fresh world has: the library, with those playing that play from the start. */
  static startingWith(library: ScenarioLibrary): ScenarioSet {
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
    this.#index ??= new RuleIndex([...this.enabled.values()].map(({ scenario }) => scenario));
    return this.#index.of(subject);
  }

  #without(name: string): Map<string, Enabled> {
    const enabled = new Map(this.enabled);
    enabled.delete(name);
    return enabled;
  }
}
