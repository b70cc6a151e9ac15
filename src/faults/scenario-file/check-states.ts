import { nearestHint, nearestName } from '../../contract/nearest.ts';
import type { InputIssue } from '../../input/input-error.ts';
import type { Rule, States } from '../fault.ts';
import { settles } from '../fault-kinds.ts';

/** What of the states of a scenario can never come about; each with its place and what is allowed. */
export function checkStates(states: States | undefined, rules: readonly Rule[]): readonly InputIssue[] {
  if (states === undefined) return withoutStates(rules);
  if (rules.every(({ when, goto }) => when === undefined && goto === undefined)) {
    return [{ pointer: '/states', message: 'no rule has "when" or "goto"', allowed: 'rules with when and goto' }];
  }
  const reached = reachable(states, rules);
  const issues: InputIssue[] = [];
  rules.forEach(({ when, goto }, index) => {
    if (when !== undefined && !reached.has(when)) {
      const nearest = nearestName(when, reached);
      issues.push({
        pointer: `/rules/${index}/when`,
        message: `the rule can never take a call: nothing leads to this state${nearestHint(nearest)}`,
        found: when,
        allowed: [...reached],
      });
    }
    if (goto !== undefined && goto === when) {
      issues.push({
        pointer: `/rules/${index}/goto`,
        message: 'is the state in which the rule is asked: nothing would change',
        found: goto,
        allowed: 'another state, or no goto',
      });
    }
  });
  states.byHand.forEach((state, index) => {
    if (rules.some(({ when }) => when === state)) return;
    issues.push({
      pointer: `/states/byHand/${index}`,
      message: 'no rule asks for this state',
      found: state,
      allowed: [...new Set(rules.flatMap(({ when }) => when ?? []))],
    });
  });
  return issues;
}

/** What is odd about the states of a scenario, though it may be meant so. */
export function noteStates(states: States | undefined, rules: readonly Rule[]): readonly string[] {
  if (states === undefined) return [];
  const hasCommon = rules.some(({ when }) => when === undefined);
  return [...reachable(states, rules)].flatMap((state) => {
    const asked = rules.filter(({ when }) => when === state || when === undefined);
    if (asked.length === 0) return [`/states: nothing is done any more once the state is ${state}`];
    const isLeft = asked.some(({ goto }) => goto !== undefined && goto !== state);
    const isWhole = !hasCommon && asked.every((rule) => rule.sequence.some(settles));
    return isLeft || !isWhole ? [] : [`/states: no rule leads out of ${state}`];
  });
}

function withoutStates(rules: readonly Rule[]): readonly InputIssue[] {
  return rules.flatMap(({ when, goto }, index) => {
    const member = when !== undefined ? 'when' : goto !== undefined ? 'goto' : undefined;
    if (member === undefined) return [];
    return [
      {
        pointer: `/rules/${index}/${member}`,
        message: 'the scenario has no states',
        found: when ?? goto,
        allowed: 'states: { initial: ... } beside the rules',
      },
    ];
  });
}

/** The states that rules lead to, and those that are set by hand, with the initial one first. */
function reachable({ initial, byHand }: States, rules: readonly Rule[]): ReadonlySet<string> {
  const reached = new Set([initial, ...byHand]);
  // What is added while the set is gone over is gone over as well.
  for (const state of reached) {
    for (const { when, goto } of rules) {
      if (goto !== undefined && (when === undefined || when === state)) reached.add(goto);
    }
  }
  return reached;
}
