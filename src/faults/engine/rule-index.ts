import { isGlob } from '../../base/glob.ts';
import { type Match, RULE_STAGES, type Rule, type RuleStage, type Scenario, type States } from '../fault.ts';
import { compileMatch, imageIdOf, type Matcher, type Subject } from './matcher.ts';

/** A rule with its compiled match. Shared by all worlds that enable its scenario; counters are per world. */
export interface ArmedRule {
  readonly scenario: string;
  /** Index in its scenario, from 0. */
  readonly index: number;
  readonly rule: Rule;
  /** The states of its scenario. */
  readonly states: States | undefined;
  /** `undefined` if the rule has no conditions besides its operations. */
  readonly matches: Matcher | undefined;
}

const armedRules = new WeakMap<Rule, ArmedRule>();

/** Compiles a rule, once for each rule. */
export function arm(
  rule: Rule,
  { name: scenario, states }: Pick<Scenario, 'name' | 'states'>,
  index: number,
): ArmedRule {
  let armed = armedRules.get(rule);
  if (armed === undefined || armed.scenario !== scenario) {
    armed = { scenario, index, rule, states, matches: compileMatch(rule.match) };
    armedRules.set(rule, armed);
  }
  return armed;
}

interface PlacedRule {
  readonly order: number;
  readonly armed: ArmedRule;
}

/** A key that rules are indexed by. Rules that name one image, project or user are found by it, so thousands of them cost nothing for other requests. */
interface IndexKey {
  /** The value that a rule names; `undefined` if it names none. */
  of(match: Match): string | undefined;
  /** The values of a request. */
  names(subject: Subject): readonly (string | null | undefined)[];
}

const INDEX_KEYS: readonly IndexKey[] = [
  { of: ({ image }) => image?.id, names: ({ call }) => [imageIdOf(call)] },
  { of: ({ image }) => image?.name, names: ({ image }) => [image()?.name] },
  { of: ({ project }) => project, names: ({ caller }) => [caller.projectId, caller.projectName] },
  { of: ({ user }) => user, names: ({ caller }) => [caller.userId, caller.userName] },
];

interface OperationRules {
  /** Rules that every request is evaluated against. */
  all: PlacedRule[];
  allArmed: ArmedRule[];
  /** The other rules by the value they name, with one map for each of `INDEX_KEYS`. */
  readonly named: (Map<string, PlacedRule[]> | undefined)[];
}

const NONE: readonly ArmedRule[] = [];

/** Rules by operation, and rules for one image, project or user by its id or name as well. */
export class RuleIndex {
  readonly #byStage: Readonly<Record<RuleStage, Map<string, OperationRules>>> = {
    'before-auth': new Map(),
    'after-auth': new Map(),
  };

  /** Whether the index has no rules of a stage. */
  isEmptyAt(stage: RuleStage): boolean {
    return this.#byStage[stage].size === 0;
  }

  /**
   * Adds a rule.
   * @param order - rules with a lower order are evaluated first. Must be higher than that of the rule added before.
   */
  add(armed: ArmedRule, order: number): void {
    const [key, name] = indexKeyOf(armed.rule.match);
    const byOperation = this.#byStage[armed.rule.stage];
    for (const operation of armed.rule.operations) {
      let rules = byOperation.get(operation);
      if (rules === undefined) {
        rules = { all: [], allArmed: [], named: [] };
        byOperation.set(operation, rules);
      }
      if (name === undefined) {
        rules.all.push({ order, armed });
        rules.allArmed.push(armed);
        continue;
      }
      rules.named[key] ??= new Map<string, PlacedRule[]>();
      const map = rules.named[key];
      const list = map.get(name);
      if (list === undefined) map.set(name, [{ order, armed }]);
      else list.push({ order, armed });
    }
  }

  /** Removes a rule. */
  remove(armed: ArmedRule): void {
    const [key, name] = indexKeyOf(armed.rule.match);
    const byOperation = this.#byStage[armed.rule.stage];
    for (const operation of armed.rule.operations) {
      const rules = byOperation.get(operation);
      if (rules === undefined) continue;
      if (name === undefined) drop(rules, armed);
      else dropNamed(rules, { key, name }, armed);
      if (rules.all.length === 0 && rules.named.every((map) => map === undefined)) byOperation.delete(operation);
    }
  }

  /** Rules of a stage that may match a request, in evaluation order. */
  of(subject: Subject, stage: RuleStage): readonly ArmedRule[] {
    const rules = this.#byStage[stage].get(subject.operation);
    if (rules === undefined) return NONE;
    let lists: (readonly PlacedRule[])[] | undefined;
    for (let key = 0; key < rules.named.length; key += 1) {
      const map = rules.named[key];
      if (map === undefined) continue;
      for (const name of (INDEX_KEYS[key] as IndexKey).names(subject)) {
        const list = name === undefined || name === null ? undefined : map.get(name);
        if (list === undefined || lists?.includes(list)) continue;
        if (lists === undefined) lists = [rules.all, list];
        else lists.push(list);
      }
    }
    if (lists === undefined) return rules.allArmed;
    return lists
      .flat()
      .sort((a, b) => a.order - b.order)
      .map(({ armed }) => armed);
  }

  /** All rules for an operation, in evaluation order within each stage. */
  for(operation: string): readonly ArmedRule[] {
    return RULE_STAGES.flatMap((stage) => {
      const rules = this.#byStage[stage].get(operation);
      if (rules === undefined) return NONE;
      return [...rules.all, ...rules.named.flatMap((map) => [...(map?.values() ?? [])].flat())]
        .sort((a, b) => a.order - b.order)
        .map(({ armed }) => armed);
    });
  }
}

function indexKeyOf(match: Match): readonly [number, string] | readonly [-1, undefined] {
  for (const [index, key] of INDEX_KEYS.entries()) {
    const name = key.of(match);
    if (name !== undefined && !isGlob(name)) return [index, name];
  }
  return [-1, undefined];
}

/** Creates new lists, because a request may be iterating over the old ones. */
function drop(rules: OperationRules, armed: ArmedRule): void {
  rules.all = rules.all.filter((one) => one.armed !== armed);
  rules.allArmed = rules.all.map((one) => one.armed);
}

function dropNamed(
  { named }: OperationRules,
  { key, name }: { readonly key: number; readonly name: string },
  armed: ArmedRule,
): void {
  const map = named[key];
  const left = map?.get(name)?.filter((one) => one.armed !== armed) ?? [];
  if (left.length > 0) map?.set(name, left);
  else if (map?.delete(name) && map.size === 0) named[key] = undefined;
}
