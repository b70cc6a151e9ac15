import { isGlob } from '../../domain/glob.ts';
import type { Match, Rule, States } from '../fault.ts';
import { compileMatch, imageIdOf, type Matcher, type Subject } from './matcher.ts';

/** A rule made ready to be asked. Shared by all worlds that play its scenario; counters are elsewhere. */
export interface ArmedRule {
  readonly scenario: string;
  /** Place in its scenario, from 0. */
  readonly index: number;
  readonly rule: Rule;
  /** Those of its scenario. */
  readonly states: States | undefined;
  /** `undefined` where the operation is all that is asked for. */
  readonly matches: Matcher | undefined;
}

const armed = new WeakMap<Rule, ArmedRule>();

/** A rule made ready, once for each rule. */
export function arm(rule: Rule, scenario: string, index: number, states?: States): ArmedRule {
  let ready = armed.get(rule);
  if (ready === undefined || ready.scenario !== scenario) {
    ready = { scenario, index, rule, states, matches: compileMatch(rule.match) };
    armed.set(rule, ready);
  }
  return ready;
}

interface PlacedRule {
  readonly order: number;
  readonly ready: ArmedRule;
}

/** What a rule may name one of, in full: such rules are found by it, so that thousands of them cost nothing to others. */
interface Handle {
  /** What a rule names; `undefined` for one that names none, or several by a glob. */
  of(match: Match): string | undefined;
  /** What a call can be named by. */
  names(subject: Subject): readonly (string | null | undefined)[];
}

const HANDLES: readonly Handle[] = [
  { of: ({ image }) => image?.id, names: ({ call }) => [imageIdOf(call)] },
  { of: ({ image }) => image?.name, names: ({ image }) => [image()?.name] },
  { of: ({ project }) => project, names: ({ caller }) => [caller.projectId, caller.projectName] },
  { of: ({ user }) => user, names: ({ caller }) => [caller.userId, caller.userName] },
];

interface OperationRules {
  /** Rules that are asked by every call. */
  all: PlacedRule[];
  allReady: ArmedRule[];
  /** The others by what they name, a map for each of `HANDLES`. */
  readonly named: (Map<string, PlacedRule[]> | undefined)[];
}

const NONE: readonly ArmedRule[] = [];

/** Rules by operation, and those for one image, project or user by that as well. */
export class RuleIndex {
  readonly #byOperation = new Map<string, OperationRules>();

  get isEmpty(): boolean {
    return this.#byOperation.size === 0;
  }

  /** @param order - its place among all rules: those of a lower one are asked first. Each must be higher than the last. */
  add(ready: ArmedRule, order: number): void {
    const [handle, name] = handleOf(ready.rule.match);
    for (const operation of ready.rule.operations) {
      let rules = this.#byOperation.get(operation);
      if (rules === undefined) {
        rules = { all: [], allReady: [], named: [] };
        this.#byOperation.set(operation, rules);
      }
      if (name === undefined) {
        rules.all.push({ order, ready });
        rules.allReady.push(ready);
        continue;
      }
      rules.named[handle] ??= new Map<string, PlacedRule[]>();
      const map = rules.named[handle];
      const list = map.get(name);
      if (list === undefined) map.set(name, [{ order, ready }]);
      else list.push({ order, ready });
    }
  }

  remove(ready: ArmedRule): void {
    const [handle, name] = handleOf(ready.rule.match);
    for (const operation of ready.rule.operations) {
      const rules = this.#byOperation.get(operation);
      if (rules === undefined) continue;
      if (name === undefined) drop(rules, ready);
      else dropNamed(rules, handle, name, ready);
      if (rules.all.length === 0 && rules.named.every((map) => map === undefined)) this.#byOperation.delete(operation);
    }
  }

  /** Rules that may be for a call, in order. */
  of(subject: Subject): readonly ArmedRule[] {
    const rules = this.#byOperation.get(subject.operation);
    if (rules === undefined) return NONE;
    let lists: (readonly PlacedRule[])[] | undefined;
    for (let handle = 0; handle < rules.named.length; handle += 1) {
      const map = rules.named[handle];
      if (map === undefined) continue;
      for (const name of (HANDLES[handle] as Handle).names(subject)) {
        const list = name === undefined || name === null ? undefined : map.get(name);
        if (list === undefined || lists?.includes(list)) continue;
        if (lists === undefined) lists = [rules.all, list];
        else lists.push(list);
      }
    }
    if (lists === undefined) return rules.allReady;
    return lists
      .flat()
      .sort((a, b) => a.order - b.order)
      .map(({ ready }) => ready);
  }

  /** All rules for an operation, whatever they ask for beside it, in order. */
  for(operation: string): readonly ArmedRule[] {
    const rules = this.#byOperation.get(operation);
    if (rules === undefined) return NONE;
    return [...rules.all, ...rules.named.flatMap((map) => [...(map?.values() ?? [])].flat())]
      .sort((a, b) => a.order - b.order)
      .map(({ ready }) => ready);
  }
}

function handleOf(match: Match): readonly [number, string] | readonly [-1, undefined] {
  for (const [index, handle] of HANDLES.entries()) {
    const name = handle.of(match);
    if (name !== undefined && !isGlob(name)) return [index, name];
  }
  return [-1, undefined];
}

/** Makes new lists: a call may be going over the old ones. */
function drop(rules: OperationRules, ready: ArmedRule): void {
  rules.all = rules.all.filter((one) => one.ready !== ready);
  rules.allReady = rules.all.map((one) => one.ready);
}

function dropNamed({ named }: OperationRules, handle: number, name: string, ready: ArmedRule): void {
  const map = named[handle];
  const left = map?.get(name)?.filter((one) => one.ready !== ready) ?? [];
  if (left.length > 0) map?.set(name, left);
  else if (map?.delete(name) && map.size === 0) named[handle] = undefined;
}
