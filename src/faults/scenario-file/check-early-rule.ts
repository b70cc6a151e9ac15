import type { InputIssue } from '../../input/input-error.ts';
import type { Rule, States } from '../fault.ts';
import type { PlacedRule, RuleContext } from './rule-context.ts';

const UNKNOWN_CALLER = 'the caller is unknown before authentication';

/** Rejects members of a rule before authentication that need the caller. */
export function checkEarlyRule({ rule, faults, pointer }: PlacedRule, { issues }: RuleContext): void {
  const reject = (at: string, found: unknown, allowed: string): void =>
    void issues.push({ pointer: at, message: UNKNOWN_CALLER, found, allowed });
  for (const member of ['project', 'user'] as const) {
    if (rule.match[member] === undefined) continue;
    reject(`${pointer}/match/${member}`, rule.match[member], `no ${member}, or stage: after-auth`);
  }
  if (isOfCaller(rule.calls.per)) {
    reject(`${pointer}/calls/per`, rule.calls.per, 'rule, image, client, or stage: after-auth');
  }
  for (const { fault, at } of faults) {
    if (fault.kind === 'limit' && isOfCaller(fault.limit.by)) {
      reject(`${at}/limit/by`, fault.limit.by, 'world, image, client, or stage: after-auth');
    }
    if (fault.kind === 'progress' || fault.kind === 'source') {
      issues.push({
        pointer: `${at}/${fault.kind}`,
        message: 'applies to what the operation starts, and has no stage before authentication',
        allowed: 'stage: after-auth',
      });
    }
  }
}

const isOfCaller = (key: string): boolean => key === 'project' || key === 'user';

/** Rejects rules before authentication in a scenario with a state for each project or user. */
export function checkEarlyStates(states: States | undefined, rules: readonly Rule[]): readonly InputIssue[] {
  if (states === undefined || !isOfCaller(states.per)) return [];
  return rules.flatMap(({ stage }, index) =>
    stage === 'before-auth'
      ? [
          {
            pointer: `/rules/${index}/stage`,
            message: `${UNKNOWN_CALLER}, so it has no state for each ${states.per}`,
            found: stage,
            allowed: 'after-auth',
          },
        ]
      : [],
  );
}
