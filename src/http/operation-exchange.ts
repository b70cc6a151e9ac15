import type { Source } from '../base/source.ts';
import type { Cloud } from '../cloud.ts';
import type { Violation } from '../contract/schema.ts';
import type { Context, OperationRef } from '../dialects/dialect.ts';
import { ANONYMOUS, type Caller } from '../domain/caller.ts';
import { isInjected } from '../faults/engine/decision.ts';
import type { Decision } from '../faults/engine/engine.ts';
import type { World } from '../world/world.ts';
import type { HttpCall } from './http-call.ts';
import { notingCloud } from './noting-cloud.ts';
import type { Played } from './playback.ts';
import type { ReplyOrPromise } from './reply-or-promise.ts';

/** A request to a named operation. The stages fill in its caller, decision and violations. */
export class Exchange implements Context {
  readonly world: World;
  readonly ref: OperationRef;
  readonly call: HttpCall;
  caller: Caller = ANONYMOUS;
  /** Decision of the fault engine; `undefined` if no rule fired. */
  decision: Decision | undefined;
  /** Whether the decision was made before the caller was known. */
  isDecidedEarly = false;
  /** The response that is played instead of the world's own. */
  played: Played | undefined;
  /** Places where the body does not match the schema. */
  violations: readonly Violation[] = [];
  /** Stack trace of an internal error. */
  failure: string | undefined;
  /** The cloud as handlers see it, which notes the profiles that decide the response. */
  readonly cloud: Cloud;
  readonly #profiles: Set<string>;
  #requestId: string | undefined;
  /** The exchange whose request this one sends to another world. */
  #origin: Exchange | undefined;

  constructor(world: World, ref: OperationRef, call: HttpCall) {
    this.world = world;
    this.ref = ref;
    this.call = call;
    const noted = notingCloud(world);
    this.cloud = noted.cloud;
    this.#profiles = noted.profiles;
  }

  /** Profiles, as `ims/version-status: huaweicloud`, without which the response would be another one. */
  get profiles(): ReadonlySet<string> {
    return this.#profiles;
  }

  /** What produced the response. */
  get source(): Source {
    if (isInjected(this.decision)) return 'injected';
    return this.#profiles.size > 0 ? 'by-profile' : 'natural';
  }

  /** Returns an exchange for the same request of the same caller in another world. */
  within(world: World): Exchange {
    const exchange = new Exchange(world, this.ref, this.call);
    exchange.caller = this.caller;
    exchange.decision = this.decision;
    exchange.isDecidedEarly = this.isDecidedEarly;
    exchange.#origin = this;
    return exchange;
  }

  get requestId(): string {
    this.#requestId ??= this.#origin?.requestId ?? this.world.ids.requestId(this.call.client);
    return this.#requestId;
  }
}

/** Runs the following stages, with this exchange or with another one in its place. */
export type Next = (other?: Exchange) => ReplyOrPromise;

/** One step of processing a request. It works before and after `next()`, or replies instead of calling it. */
export type Stage = (exchange: Exchange, next: Next) => ReplyOrPromise;
