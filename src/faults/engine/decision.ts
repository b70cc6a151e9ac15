import type { Progress } from '../../domain/progress.ts';
import type { AppliedFault, Phase, Wire } from '../fault.ts';
import { deliversWholeResponse, settles } from '../fault-kinds.ts';

/** What is done to a call, and by whom. */
export interface Decision {
  readonly fault: AppliedFault;
  readonly phase: Phase;
  /** Name of the scenario, id of the one-off fault, or the request header that asked. */
  readonly scenario: string;
  /** Place of the rule in its scenario, from 0. */
  readonly rule: number;
  /** How what the call begins gets on; as the world has it where it is not said. */
  readonly progress?: Progress;
  /** Milliseconds to wait, already drawn where chance has a part. */
  readonly delayMilliseconds: number;
  /** The same, by the world's clock. */
  readonly clockMilliseconds: number;
}

/** The waits of a rule. */
export type Waits = Pick<Decision, 'delayMilliseconds' | 'clockMilliseconds'>;

const NO_WAITS: Waits = { delayMilliseconds: 0, clockMilliseconds: 0 };

/** What happens on the wire, where anything does. */
export const wireOf = (decision: Decision | undefined): Wire | undefined =>
  decision !== undefined && 'wire' in decision.fault ? decision.fault.wire : undefined;

/** Whether the client finally receives the whole, unchanged response. */
export function receivesWholeResponse(decision: Decision | undefined): boolean {
  const wire = wireOf(decision);
  return wire === undefined || deliversWholeResponse(wire);
}

/** What has been decided about one call so far: waits add up, the first answer settles it. */
export class DecisionBuilder {
  #decision: Decision | undefined;

  get decision(): Decision | undefined {
    return this.#decision;
  }

  /** Whether an answer has settled the call. */
  get isSettled(): boolean {
    return this.#decision !== undefined && settles(this.#decision.fault);
  }

  add(fault: Decision['fault'], phase: Decision['phase'], scenario: string, rule: number, waits = NO_WAITS): void {
    const before = this.#decision;
    const progress = before?.progress ?? (fault.kind === 'progress' ? fault.progress : undefined);
    const sums = {
      ...(progress !== undefined && { progress }),
      delayMilliseconds: (before?.delayMilliseconds ?? 0) + waits.delayMilliseconds,
      clockMilliseconds: (before?.clockMilliseconds ?? 0) + waits.clockMilliseconds,
    };
    // Of two that leave the call its own answer, the one that says when its effect takes place does more.
    const isAddition = !settles(fault) && (phase === 'before' || before?.phase !== 'before');
    this.#decision =
      before !== undefined && isAddition ? { ...before, ...sums } : { fault, phase, scenario, rule, ...sums };
  }
}
