import type { Fault } from './fault.ts';

/** What is done to a call, and by whom. */
export interface Decision {
  readonly fault: Exclude<Fault, { readonly kind: 'pass' }>;
  readonly phase: 'before' | 'after';
  /** Name of the scenario, id of the one-off fault, or the request header that asked. */
  readonly scenario: string;
  /** Place of the rule in its scenario, from 0. */
  readonly rule: number;
  /** Milliseconds to wait, already drawn where chance has a part. */
  readonly delayMilliseconds: number;
}

/** What has been decided about one call so far: waits add up, the first answer settles it. */
export class Verdict {
  #decision: Decision | undefined;

  get decision(): Decision | undefined {
    return this.#decision;
  }

  /** Whether an answer has settled the call. */
  get isSettled(): boolean {
    return this.#decision?.fault.kind === 'answer';
  }

  add(fault: Decision['fault'], phase: Decision['phase'], scenario: string, rule: number, milliseconds = 0): void {
    const delayMilliseconds = (this.#decision?.delayMilliseconds ?? 0) + milliseconds;
    this.#decision =
      this.#decision !== undefined && fault.kind === 'delay'
        ? { ...this.#decision, delayMilliseconds }
        : { fault, phase, scenario, rule, delayMilliseconds };
  }
}
