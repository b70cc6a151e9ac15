import type { Violation } from '../contract/schema.ts';
import type { Context, OperationRef } from '../dialects/dialect.ts';
import { ANONYMOUS, type Caller } from '../domain/caller.ts';
import type { Decision } from '../faults/engine/engine.ts';
import type { World } from '../world/world.ts';
import type { Answer } from './answer.ts';
import type { HttpCall } from './http-call.ts';

/** A request that has become a named operation, on its way through the stages. */
export class Exchange implements Context {
  readonly world: World;
  readonly ref: OperationRef;
  readonly call: HttpCall;
  caller: Caller = ANONYMOUS;
  /** The rule that takes part in the answer. */
  decision: Decision | undefined;
  violations: readonly Violation[] = [];
  failure: string | undefined;
  #requestId: string | undefined;

  constructor(world: World, ref: OperationRef, call: HttpCall) {
    this.world = world;
    this.ref = ref;
    this.call = call;
  }

  /** The same call of the same caller, in another world. */
  within(world: World): Exchange {
    const exchange = new Exchange(world, this.ref, this.call);
    exchange.caller = this.caller;
    return exchange;
  }

  get cloud(): World {
    return this.world;
  }

  get requestId(): string {
    this.#requestId ??= this.world.ids.requestId(this.call.client);
    return this.#requestId;
  }
}

/** What the stages that follow make of an exchange: this one, or another in its place. */
export type Next = (other?: Exchange) => Answer;
