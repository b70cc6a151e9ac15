import { nearestHint, nearestName } from '../../contract/nearest.ts';
import type { InputIssue } from '../../input/input-error.ts';
import type { Rule, States } from '../fault.ts';
import { settles } from '../fault-kinds.ts';

/** Returns the problems of a scenario's states: states that are never used or reached, and transitions without effect. */
export function checkStates(states: States | undefined, rules: readonly Rule[]): readonly InputIssue[] {
  if (states === undefined) return membersWithoutStates(rules);
  if (rules.every(({ when, goto }) => when === undefined && goto === undefined)) {
    return [{ pointer: '/states', message: 'no rule has "when" or "goto"', allowed: 'rules with "when" and "goto"' }];
  }
  const reachable = reachableStates(states, rules);
  return [
    ...rules.flatMap((rule, index) => [...unreachableWhen(rule, index, reachable), ...idleGoto(rule, index)]),
    ...unusedByHand(states, rules),
  ];
}

function unreachableWhen({ when }: Rule, index: number, reachable: ReadonlySet<string>): readonly InputIssue[] {
  if (when === undefined || reachable.has(when)) return [];
  return [
    {
      pointer: `/rules/${index}/when`,
      message: `the rule can never match: no rule leads to this state${nearestHint(nearestName(when, reachable))}`,
      found: when,
      allowed: [...reachable],
    },
  ];
}

function idleGoto({ when, goto }: Rule, index: number): readonly InputIssue[] {
  if (goto === undefined || goto !== when) return [];
  return [
    {
      pointer: `/rules/${index}/goto`,
      message: 'has no effect: it is the same state as "when"',
      found: goto,
      allowed: 'another state, or no "goto"',
    },
  ];
}

function unusedByHand({ byHand }: States, rules: readonly Rule[]): readonly InputIssue[] {
  const used = new Set(rules.flatMap(({ when }) => when ?? []));
  return byHand.flatMap((state, index) =>
    used.has(state)
      ? []
      : [
          {
            pointer: `/states/byHand/${index}`,
            message: 'no rule has this state as its "when"',
            found: state,
            allowed: [...used],
          },
        ],
  );
}

/** Returns warnings about states that are valid but probably not intended. */
export function noteStates(states: States | undefined, rules: readonly Rule[]): readonly string[] {
  if (states === undefined) return [];
  const hasStateless = rules.some(({ when }) => when === undefined);
  return [...reachableStates(states, rules)].flatMap((state) => {
    const applying = rules.filter(({ when }) => when === state || when === undefined);
    if (applying.length === 0) return [`/states: no rule applies in state ${state}`];
    const hasExit = applying.some(({ goto }) => goto !== undefined && goto !== state);
    const isOutage = !hasStateless && applying.every((rule) => rule.sequence.some(settles));
    return hasExit || !isOutage ? [] : [`/states: no rule leads out of state ${state}`];
  });
}

function membersWithoutStates(rules: readonly Rule[]): readonly InputIssue[] {
  return rules.flatMap(({ when, goto }, index) => {
    const member = when !== undefined ? 'when' : goto !== undefined ? 'goto' : undefined;
    if (member === undefined) return [];
    return [
      {
        pointer: `/rules/${index}/${member}`,
        message: 'the scenario has no states',
        found: when ?? goto,
        allowed: 'a member "states" in the scenario, such as states: { initial: up }',
      },
    ];
  });
}

/** Returns the states that rules lead to and those that are set by hand, the initial one first. */
function reachableStates({ initial, byHand }: States, rules: readonly Rule[]): ReadonlySet<string> {
  const reachable = new Set([initial, ...byHand]);
  // The loop also visits the states that it adds.
  for (const state of reachable) {
    for (const { when, goto } of rules) {
      if (goto !== undefined && (when === undefined || when === state)) reachable.add(goto);
    }
  }
  return reachable;
}
