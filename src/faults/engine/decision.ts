import type { Progress } from '../../domain/progress.ts';
import type { SourceBehavior } from '../../domain/web.ts';
import type { HeaderChanges } from '../alteration.ts';
import type { AppliedFault, Phase, Wire } from '../fault.ts';
import { deliversWholeResponse, settles } from '../fault-kinds.ts';

/** Where a rule holds a request until somebody decides what happens to it. */
export interface HoldPoint {
  /** `request`: before the operation; `response`: after it. */
  readonly at: 'request' | 'response';
  /** After this time the request goes on by itself. */
  readonly milliseconds: number;
  /** Name of the scenario, or id of the one-off fault. */
  readonly scenario: string;
  /** Index of the rule in its scenario, from 0. */
  readonly rule: number;
}

/** What happens to a request, and which rule decided it. */
export interface Decision {
  readonly fault: AppliedFault;
  readonly phase: Phase;
  /** Name of the scenario, id of the one-off fault, or the request header that requested it. */
  readonly scenario: string;
  /** Index of the rule in its scenario, from 0. */
  readonly rule: number;
  /** Progress of the tasks that the request starts; that of the world when omitted. */
  readonly progress?: Progress;
  /** Behavior of the sources that the request downloads. */
  readonly source?: SourceBehavior;
  /** Where the request is held, at most once at each place. */
  readonly holds?: readonly HoldPoint[];
  /** Whether somebody decided it by hand while the request was held. */
  readonly isByHand?: true;
  /** Whether somebody changed the request by hand before the operation. */
  readonly isRequestChanged?: true;
  /** Milliseconds to wait; random delays have been drawn already. */
  readonly delayMilliseconds: number;
  /** Milliseconds to wait by the world's clock. */
  readonly clockMilliseconds: number;
}

/** The delays of a rule. */
export type Delays = Pick<Decision, 'delayMilliseconds' | 'clockMilliseconds'>;

const NO_DELAYS: Delays = { delayMilliseconds: 0, clockMilliseconds: 0 };

/** The wire fault of a decision, if it has one. */
export const wireOf = (decision: Decision | undefined): Wire | undefined =>
  decision !== undefined && 'wire' in decision.fault ? decision.fault.wire : undefined;

/** The changes of a decision to the headers of the response, if it makes any. */
export function headerChangesOf(decision: Decision | undefined): HeaderChanges | undefined {
  const fault = decision?.fault;
  if (fault?.kind === 'alter') return fault.alter;
  return fault?.kind === 'answer' && fault.headers !== undefined ? { headers: fault.headers } : undefined;
}

/**
 * Whether a rule decided or changed the response, or the request was changed by hand; otherwise the response is the natural one, perhaps
 * late or damaged.
 */
export const isInjected = (decision: Decision | undefined): boolean =>
  decision !== undefined &&
  (decision.fault.kind === 'answer' || decision.fault.kind === 'alter' || decision.isRequestChanged === true);

/** Whether the client finally receives the whole, unchanged response. */
export function receivesWholeResponse(decision: Decision | undefined): boolean {
  const wire = wireOf(decision);
  return wire === undefined || deliversWholeResponse(wire);
}

/** The latest decision on each fault without delays, so that one rule makes one decision and not one for each request. */
const plainDecisions = new WeakMap<AppliedFault, Decision>();

type Decided = Pick<Decision, 'fault' | 'phase' | 'scenario' | 'rule'>;

/** The decision so far and the place at which one more rule holds the request, together. */
function holdsOf(before: Decision | undefined, { fault, phase, scenario, rule }: Decided): Decision['holds'] {
  const known = before?.holds;
  if (fault.kind !== 'hold') return known;
  const at = phase === 'before' ? 'request' : 'response';
  if (known?.some((each) => each.at === at)) return known;
  return [...(known ?? []), { at, milliseconds: fault.milliseconds, scenario, rule }];
}

/** The phase of a decision: a response that is held has taken effect, but is not lost. */
const phaseOf = ({ fault, phase }: Decided): Phase => (fault.kind === 'hold' && phase === 'after' ? 'before' : phase);

/** Returns the decision of a rule that fires alone and without delay. */
function plainDecision(decided: Decided): Decision {
  const { fault, scenario, rule } = decided;
  const phase = phaseOf(decided);
  const known = plainDecisions.get(fault);
  if (known !== undefined && known.phase === phase && known.scenario === scenario && known.rule === rule) return known;
  const progress = fault.kind === 'progress' && { progress: fault.progress };
  const source = fault.kind === 'source' && { source: fault.source };
  const holds = holdsOf(undefined, decided);
  const held = holds !== undefined && { holds };
  const decision = { fault, phase, scenario, rule, ...progress, ...source, ...held, ...NO_DELAYS };
  plainDecisions.set(fault, decision);
  return decision;
}

/** Collects what the rules decide about one request: delays add up, and the first response settles it. */
export class DecisionBuilder {
  #decision: Decision | undefined;

  /** The decision so far; `undefined` if no rule has fired. */
  get decision(): Decision | undefined {
    return this.#decision;
  }

  /** Whether a rule has settled the request. */
  get isSettled(): boolean {
    return this.#decision !== undefined && settles(this.#decision.fault);
  }

  /** Adds what one rule decided, with its delays. */
  add(decided: Decided, delays = NO_DELAYS): void {
    const before = this.#decision;
    if (before === undefined && delays.delayMilliseconds === 0 && delays.clockMilliseconds === 0) {
      this.#decision = plainDecision(decided);
      return;
    }
    const { fault, scenario, rule } = decided;
    const phase = phaseOf(decided);
    const holds = holdsOf(before, decided);
    const progress = before?.progress ?? (fault.kind === 'progress' ? fault.progress : undefined);
    const source = before?.source ?? (fault.kind === 'source' ? fault.source : undefined);
    const sums = {
      ...(progress !== undefined && { progress }),
      ...(source !== undefined && { source }),
      ...(holds !== undefined && { holds }),
      delayMilliseconds: (before?.delayMilliseconds ?? 0) + delays.delayMilliseconds,
      clockMilliseconds: (before?.clockMilliseconds ?? 0) + delays.clockMilliseconds,
    };
    // Of two faults that keep the natural response, one with a phase other than `before` takes precedence.
    const isAddition = !settles(fault) && (phase === 'before' || before?.phase !== 'before');
    this.#decision =
      before !== undefined && isAddition ? { ...before, ...sums } : { fault, phase, scenario, rule, ...sums };
  }
}
