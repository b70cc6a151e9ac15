import type { Call } from '../../contract/contract.ts';
import { ANONYMOUS } from '../../domain/caller.ts';
import type { Image } from '../../domain/image.ts';
import type { Match } from '../fault.ts';
import { outcomeOf } from '../fault-kinds.ts';
import { instantOf, type Prospect, type RuleCounter, type Time } from './counter.ts';
import { compileMatch, type Subject } from './matcher.ts';
import type { ArmedRule } from './rule-index.ts';
import type { StateMachine } from './state-machine.ts';

/** A call that might come, as far as it is known. */
export interface Probe {
  /** `image-v2.deleteImage`. */
  readonly operation: string;
  /** The image that it names in its path. */
  readonly image?: { readonly id: string; readonly value: Image | undefined };
  readonly project?: Named;
  readonly user?: Named;
  /** What the client calls itself. */
  readonly client?: string;
}

/** A project or user. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** A rule that a call would be offered to. */
export interface Candidate {
  readonly armed: ArmedRule;
  readonly counter: RuleCounter;
  readonly time: Time;
  /** The time is over for which its scenario was enabled. */
  readonly isOver?: boolean;
  readonly machine?: StateMachine;
}

/** What a rule would do with the next call, and why. */
export interface RuleExplanation {
  /** Scenario, or id of a one-off fault. */
  readonly scenario: string;
  readonly rule: number;
  /** takes: it has the call. adds: it slows it down or moves a state on, and passes it on. depends: on what of the call
   * is not known. passes: it leaves the call alone. */
  readonly outlook: 'takes' | 'adds' | 'depends' | 'passes';
  /** What it depends on, or why the rule passes. */
  readonly why: readonly string[];
}

/** What each of several rules would do with a call, in the order in which they are asked. */
export function explainRules(candidates: readonly Candidate[], probe: Probe): readonly RuleExplanation[] {
  let taker: string | undefined;
  return candidates.map((candidate): RuleExplanation => {
    const { scenario, index } = candidate.armed;
    const place = { scenario, rule: index };
    if (taker !== undefined) return { ...place, outlook: 'passes', why: [`${taker} takes the call first`] };
    const found = explainRule(candidate, probe);
    if (found.outlook === 'takes') taker = `${scenario}, rule ${index},`;
    return { ...place, ...found };
  });
}

function explainRule(candidate: Candidate, probe: Probe): Pick<RuleExplanation, 'outlook' | 'why'> {
  const { armed, counter, machine, time } = candidate;
  const { rule } = armed;
  const subject = subjectOf(probe);
  if (candidate.isOver) return { outlook: 'passes', why: ['the time is over for which its scenario was enabled'] };
  const { unmet, unknown } = held(rule.match, subject, probe);
  if (unmet.length > 0) return { outlook: 'passes', why: unmet };
  const depends = [...unknown, ...unknownKeys(candidate, probe)];
  if (machine !== undefined && rule.when !== undefined && depends.length === 0) {
    const state = machine.of(subject);
    if (state !== rule.when) return { outlook: 'passes', why: [`the state is ${state}, not ${rule.when}`] };
  }
  if (depends.length > 0) return { outlook: 'depends', why: depends };
  const prospect = counter.prospect(subject, time);
  if (prospect.hindrance !== undefined) return { outlook: 'passes', why: [wordHindrance(prospect, armed, time)] };
  return { outlook: rule.sequence.some((fault) => outcomeOf(fault) === 'takes') ? 'takes' : 'adds', why: [] };
}

/** A call of which only what the probe says is known. */
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

/** What of a match does not hold, and what of it nobody can tell yet. */
function held(
  match: Match,
  subject: Subject,
  probe: Probe,
): { readonly unmet: readonly string[]; readonly unknown: readonly string[] } {
  const unmet: string[] = [];
  const unknown: string[] = [];
  for (const [member, wanted] of Object.entries(match)) {
    const said = `${member} ${JSON.stringify(wanted)}`;
    if (!isKnown(member, probe)) unknown.push(said);
    else if (compileMatch({ [member]: wanted })?.(subject) === false) unmet.push(`${said} does not hold`);
  }
  return { unmet, unknown };
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

/** What calls are counted by, or have a state by, and nobody said. */
function unknownKeys({ armed: { rule, states } }: Candidate, probe: Probe): readonly string[] {
  const [fault] = rule.sequence;
  const keys = new Map<string, string>([[rule.calls.per, 'counts calls']]);
  if (rule.calls.chance !== undefined && rule.calls.per === 'rule') keys.set('client', 'draws chance');
  if (states !== undefined && rule.when !== undefined) keys.set(states.per, 'has a state');
  if (fault?.kind === 'limit') keys.set(fault.limit.by, 'has a bucket');
  return [...keys].flatMap(([per, what]) => {
    const isSaid = per === 'rule' || per === 'world' || isKnown(per, probe);
    // A client is a program of one user.
    return isSaid && (per !== 'client' || probe.user !== undefined) ? [] : [`${what} for each ${per}`];
  });
}

function wordHindrance({ hindrance, number, taken, tokens }: Prospect, { rule }: ArmedRule, time: Time): string {
  const { calls } = rule;
  const at = (moment: typeof calls.after): string => (moment ? new Date(instantOf(moment, time)).toISOString() : '');
  switch (hindrance) {
    case 'early':
      return `it begins at ${at(calls.after)}`;
    case 'late':
      return `it ended at ${at(calls.until)}`;
    case 'from':
      return `it begins with call ${calls.from}, and this is call ${number}`;
    case 'to':
      return `it ends with call ${calls.to}, and this is call ${number}`;
    case 'every':
      return `it takes every ${calls.every} calls, and this is call ${number}`;
    case 'only':
      return `it takes only ${calls.only?.join(', ')}, and this is call ${number}`;
    case 'times':
      return `it took ${taken} calls, as many as it may`;
    case 'for':
      return 'the time is over that began with the first call it took';
    case 'chance':
      return `chance leaves out call ${number}`;
    case 'sequence':
      return 'its sequence is at the end';
    case 'pass':
      return 'its sequence lets this call pass';
    case 'limit':
      return `there are ${tokens} tokens left`;
    case undefined:
      return '';
    default:
      return hindrance satisfies never;
  }
}
