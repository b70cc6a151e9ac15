import type { Call } from '../../contract/contract.ts';
import { ANONYMOUS } from '../../domain/caller.ts';
import type { Image } from '../../domain/image.ts';
import type { Match } from '../fault.ts';
import { outcomeOf } from '../fault-kinds.ts';
import { instantOf, type RuleCounter, type RulePreview, type Time } from './counter.ts';
import { compileMatch, type Subject } from './matcher.ts';
import type { ArmedRule } from './rule-index.ts';
import type { StateMachine } from './state-machine.ts';

/** A request to explain. Omitted members are unknown. */
export interface Probe {
  /** `image-v2.deleteImage`. */
  readonly operation: string;
  /** The image in its path. */
  readonly image?: { readonly id: string; readonly value: Image | undefined };
  readonly project?: Named;
  readonly user?: Named;
  /** User-Agent or X-Sideglance-Client of the client. */
  readonly client?: string;
}

/** A project or user. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** A rule that a request would be evaluated against. */
export interface EvaluatedRule {
  readonly armed: ArmedRule;
  readonly counter: RuleCounter;
  readonly time: Time;
  /** Whether its scenario has expired. */
  readonly isExpired?: boolean;
  readonly machine?: StateMachine;
}

/** What a rule would do with the next request, and why. */
export interface RuleExplanation {
  /** Scenario, or id of a one-off fault. */
  readonly scenario: string;
  readonly rule: number;
  /**
   * `takes`: the rule decides the response. `adds`: it adds a delay or changes a state, and later rules are evaluated.
   * `depends`: the outcome depends on members that are unknown. `passes`: the rule does nothing.
   */
  readonly outcome: 'takes' | 'adds' | 'depends' | 'passes';
  /** What the outcome depends on, or why the rule passes. */
  readonly why: readonly string[];
}

/**
 * Explains what each rule would do with a request.
 * @param rules - in evaluation order.
 */
export function explainRules(rules: readonly EvaluatedRule[], probe: Probe): readonly RuleExplanation[] {
  let taker: string | undefined;
  return rules.map((evaluated): RuleExplanation => {
    const { scenario, index } = evaluated.armed;
    const place = { scenario, rule: index };
    if (taker !== undefined) return { ...place, outcome: 'passes', why: [`${taker} takes the request first`] };
    const found = explainRule(evaluated, probe);
    if (found.outcome === 'takes') taker = `${scenario}, rule ${index},`;
    return { ...place, ...found };
  });
}

function explainRule(evaluated: EvaluatedRule, probe: Probe): Pick<RuleExplanation, 'outcome' | 'why'> {
  const { armed, counter, machine, time } = evaluated;
  const { rule } = armed;
  const subject = subjectOf(probe);
  if (evaluated.isExpired) return { outcome: 'passes', why: ['its scenario has expired'] };
  const { failed, unknown } = evaluateMatch(rule.match, subject, probe);
  if (failed.length > 0) return { outcome: 'passes', why: failed };
  const depends = [...unknown, ...unknownKeys(evaluated, probe)];
  if (machine !== undefined && rule.when !== undefined && depends.length === 0) {
    const state = machine.of(subject);
    if (state !== rule.when) return { outcome: 'passes', why: [`the state is ${state}, not ${rule.when}`] };
  }
  if (depends.length > 0) return { outcome: 'depends', why: depends };
  const preview = counter.preview(subject, time);
  if (preview.blocker !== undefined) return { outcome: 'passes', why: [describeBlocker(preview, armed, time)] };
  return { outcome: rule.sequence.some((fault) => outcomeOf(fault) === 'takes') ? 'takes' : 'adds', why: [] };
}

/** Builds a request with only the members that the probe names. */
function subjectOf({ operation, image, project, user, client }: Probe): Subject {
  const call: Partial<Call> = {
    params: image === undefined ? {} : { image_id: image.id },
    program: client ?? '',
    headers: {},
    query: new URLSearchParams(),
    body: undefined,
  };
  return {
    operation,
    call: call as Call,
    caller: {
      ...ANONYMOUS,
      ...(project !== undefined && { projectId: project.id, projectName: project.name }),
      ...(user !== undefined && { userId: user.id, userName: user.name }),
    },
    image: () => image?.value,
  };
}

/** Returns the conditions of a match that fail, and those that the probe leaves unknown. */
function evaluateMatch(
  match: Match,
  subject: Subject,
  probe: Probe,
): { readonly failed: readonly string[]; readonly unknown: readonly string[] } {
  const failed: string[] = [];
  const unknown: string[] = [];
  for (const [member, wanted] of Object.entries(match)) {
    const condition = `${member} ${JSON.stringify(wanted)}`;
    if (!isKnown(member, probe)) unknown.push(condition);
    else if (compileMatch({ [member]: wanted })?.(subject) === false) failed.push(`${condition} does not match`);
  }
  return { failed, unknown };
}

function isKnown(member: string, probe: Probe): boolean {
  switch (member) {
    case 'image':
    case 'client':
    case 'project':
    case 'user':
      return probe[member] !== undefined;
    default:
      return false;
  }
}

/** Returns what the outcome depends on: keys with counters, states or buckets of their own that the probe does not name. */
function unknownKeys({ armed: { rule, states } }: EvaluatedRule, probe: Probe): readonly string[] {
  const [fault] = rule.sequence;
  const keys = new Map<string, string>([[rule.calls.per, 'counts requests']]);
  if (rule.calls.chance !== undefined && rule.calls.per === 'rule') keys.set('client', 'draws a random number');
  if (states !== undefined && rule.when !== undefined) keys.set(states.per, 'has a state');
  if (fault?.kind === 'limit') keys.set(fault.limit.by, 'has a token bucket');
  return [...keys].flatMap(([per, what]) => {
    const isGiven = per === 'rule' || per === 'world' || isKnown(per, probe);
    // A client is one program of one user.
    return isGiven && (per !== 'client' || probe.user !== undefined) ? [] : [`${what} for each ${per}`];
  });
}

function describeBlocker({ blocker, number, fired, tokens }: RulePreview, { rule }: ArmedRule, time: Time): string {
  const { calls } = rule;
  const at = (moment: typeof calls.after): string => (moment ? new Date(instantOf(moment, time)).toISOString() : '');
  switch (blocker) {
    case 'early':
      return `it starts at ${at(calls.after)}`;
    case 'late':
      return `it ended at ${at(calls.until)}`;
    case 'from':
      return `it starts with request ${calls.from}, and this is request ${number}`;
    case 'to':
      return `it ends with request ${calls.to}, and this is request ${number}`;
    case 'every':
      return `it fires for one in ${calls.every} requests, and this is request ${number}`;
    case 'only':
      return `it fires only for requests ${calls.only?.join(', ')}, and this is request ${number}`;
    case 'times':
      return `it has fired ${fired} times, which is its maximum`;
    case 'for':
      return 'the time since it first fired is over';
    case 'chance':
      return `chance skips request ${number}`;
    case 'sequence':
      return 'its sequence has ended';
    case 'pass':
      return 'its sequence passes this request';
    case 'limit':
      return `${tokens} tokens are left`;
    case undefined:
      return '';
    default:
      return blocker satisfies never;
  }
}
