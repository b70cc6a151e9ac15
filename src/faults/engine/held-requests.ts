import type { Call, Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import type { Wait } from '../../domain/waits.ts';
import type { Fault, Phase } from '../fault.ts';
import type { HoldPoint } from './decision.ts';

/** How many requests of a world are held at once; further ones go on at once. */
export const MAX_HELD = 100;

/** A request as somebody sees it who decides about it. */
export interface HeldCall extends Call {
  /** Names and values of the headers in turn, as sent. */
  readonly rawHeaders: readonly string[];
  readonly label: string | undefined;
}

/** What is held. */
export interface HeldSubject {
  readonly point: HoldPoint;
  /** `dialect.operation`. */
  readonly operation: string;
  readonly call: HeldCall;
  readonly caller: Caller;
  /** The response that would be sent; `undefined` for a request that is held before its operation. */
  readonly reply: Reply | undefined;
  /** The longest body that the service accepts, in bytes; `undefined` for an upload, whose data is not read yet. */
  readonly maxBodyBytes: number | undefined;
}

/** A held request. */
export interface HeldRequest extends HeldSubject {
  /** `held-1`; unique in its world until a reset. */
  readonly id: string;
  /** When it was held, in milliseconds since 1970 by the machine's clock. */
  readonly since: number;
}

/** Changes of a request before it goes on. */
export interface RequestChange {
  /** Headers to add or replace; `null` removes one. */
  readonly headers?: Readonly<Record<string, string | null>> | undefined;
  readonly body?: Buffer | undefined;
}

/** What somebody decides about a held request: it goes on, perhaps changed, or it gets a fault. */
export type ByHand =
  | { readonly kind: 'continue'; readonly change?: RequestChange }
  | {
      readonly kind: 'respond';
      readonly fault: Exclude<Fault, { readonly kind: 'pass' | 'limit' }>;
      readonly phase: Phase;
    };

const GO_ON: ByHand = { kind: 'continue' };

interface Waiting {
  readonly request: HeldRequest;
  readonly decide: (decision: ByHand) => void;
}

/** The held requests of one world. They are not part of its state: a fork has none, and a reset lets them go. */
export class HeldRequests {
  readonly #waiting = new Map<string, Waiting>();
  #count = 0;

  /** Whether one more request can be held. */
  get hasSpace(): boolean {
    return this.#waiting.size < MAX_HELD;
  }

  /** The held requests, in the order in which they were held. */
  list(): readonly HeldRequest[] {
    return [...this.#waiting.values()].map(({ request }) => request);
  }

  /** One held request. */
  get(id: string): HeldRequest | undefined {
    return this.#waiting.get(id)?.request;
  }

  /**
   * Holds a request until somebody decides, or its wait ends.
   * @returns the decision; without one, the request goes on unchanged.
   */
  async hold(subject: HeldSubject, wait: Wait): Promise<ByHand> {
    this.#count += 1;
    const id = `held-${this.#count}`;
    let decision = GO_ON;
    const decide = (made: ByHand): void => {
      decision = made;
      this.#waiting.delete(id);
      wait.end();
    };
    this.#waiting.set(id, { request: { ...subject, id, since: Date.now() }, decide });
    await wait.done;
    this.#waiting.delete(id);
    return decision;
  }

  /** Decides about a held request. Returns whether it was still held. */
  decide(id: string, decision: ByHand): boolean {
    const waiting = this.#waiting.get(id);
    waiting?.decide(decision);
    return waiting !== undefined;
  }
}
