import type { Violation } from '../contract/schema.ts';
import type { Context, OperationRef } from '../dialects/dialect.ts';
import { ANONYMOUS, type Caller } from '../domain/caller.ts';
import type { Decision } from '../faults/engine/engine.ts';
import type { World } from '../world/world.ts';
import type { Answer } from './answer.ts';
import type { HttpCall } from './http-call.ts';

/** A request to a named operation, with what the stages learn about it. */
export class Exchange implements Context {
  readonly world: World;
  readonly ref: OperationRef;
  readonly call: HttpCall;
  caller: Caller = ANONYMOUS;
  /** What the fault engine decided. */
  decision: Decision | undefined;
  /** Places where the body does not match the schema. */
  violations: readonly Violation[] = [];
  /** Stack trace of an error of our own. */
  failure: string | undefined;
  #requestId: string | undefined;

  constructor(world: World, ref: OperationRef, call: HttpCall) {
    this.world = world;
    this.ref = ref;
    this.call = call;
  }

  /** The same request of the same caller, in another world. */
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

/** Runs the following stages, with this exchange or with another one in its place. */
export type Next = (other?: Exchange) => Answer;
