import type { Image } from '../domain/image.ts';
import type { Caller } from '../domain/caller.ts';
import type { Call } from '../contract/contract.ts';
import type { Fault } from './fault.ts';

/** A call, as far as rules ask about it. */
export interface Subject {
  /** `image-v2.deleteImage`. */
  readonly operation: string;
  readonly call: Call;
  readonly caller: Caller;
  /** Looked up only when a rule asks. */
  readonly image: () => Image | undefined;
}

/** What is done to a call, and by whom. */
export interface Decision {
  readonly fault: Exclude<Fault, { readonly kind: 'pass' }>;
  readonly phase: 'before' | 'after';
  readonly scenario: string;
  /** Milliseconds to wait, already drawn where chance has a part. */
  readonly delayMilliseconds: number;
  /** Place of the rule in its scenario, from 0. */
  readonly rule: number;
}

/** State of an engine, to start another from; never changes. */
export interface FaultState {
  readonly seed: string;
}

/** The armed rules of one world, and their counters. */
export class FaultEngine {
  readonly #state: FaultState;

  constructor(state: FaultState) {
    this.#state = state;
  }

  snapshot(): FaultState {
    return this.#state;
  }

  /** What happens to this call; counts it. Takes no time for operations that no armed rule names. */
  decide(_subject: Subject): Decision | undefined {
    return undefined;
  }
}
