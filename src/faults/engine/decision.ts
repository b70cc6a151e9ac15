import type { Progress } from '../../domain/progress.ts';
import type { AppliedFault, Fault, Phase, Wire } from '../fault.ts';

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

/** Whether a fault has the call to itself; others may follow one that only waits. */
export const settles = ({ kind }: Fault): boolean => kind === 'answer' || kind === 'wire';

/** What happens on the wire, where anything does. */
export const wireOf = (decision: Decision | undefined): Wire | undefined =>
  decision !== undefined && 'wire' in decision.fault ? decision.fault.wire : undefined;

/** Whether something of the call's own answer goes out, so that it must be made. */
export function needsAnswer(wire: Wire): boolean {
  switch (wire.kind) {
    case 'stall':
      return wire.on === 'request' || wire.after !== null || wire.milliseconds !== null;
    case 'cut':
      return wire.on === 'request' || wire.place !== null;
    case 'garble':
      return wire.what === 'chunk';
    default:
      return true;
  }
}

/** Whether the client gets the whole answer in the end, and as it was made. */
export function isHeardWhole(decision: Decision | undefined): boolean {
  const wire = wireOf(decision);
  if (wire === undefined || wire.kind === 'slow') return true;
  return (wire.kind === 'stall' && wire.milliseconds !== null) || ('on' in wire && wire.on === 'request');
}

/** What the journal calls a decision. */
export function kindOf({ fault }: Decision): string {
  if (fault.kind === 'answer' && fault.isOverLimit) return 'limit';
  if (fault.kind === 'answer' && fault.observed !== undefined) return 'observed';
  if (fault.kind !== 'wire') return fault.kind;
  return fault.wire.kind === 'garble' ? 'cut' : fault.wire.kind;
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
