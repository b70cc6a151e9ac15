import { Readable } from 'node:stream';
import type { Reply } from '../../contract/contract.ts';
import type { Decision, HoldPoint } from '../../faults/engine/decision.ts';
import { type ByHand, MAX_HELD } from '../../faults/engine/held-requests.ts';
import { mapErrors } from '../map-errors.ts';
import type { Exchange, Next } from '../operation-exchange.ts';
import type { ReplyOrPromise } from '../reply-or-promise.ts';
import { applyFault } from './apply-fault.ts';

/** What somebody decided that happens to a request. */
type Response = Extract<ByHand, { readonly kind: 'respond' }>;

const pointAt = ({ holds }: Decision, at: HoldPoint['at']): HoldPoint | undefined =>
  holds?.find((point) => point.at === at);

/** Applies a decision that holds the request before its operation, its response after it, or both. */
export async function applyWithHolds(decision: Decision, exchange: Exchange, next: Next): Promise<Reply> {
  const before = pointAt(decision, 'request');
  if (before !== undefined) {
    const made = await hold(before, exchange);
    if (made.kind === 'respond') return respondByHand(made, before, exchange, next);
    if (made.change !== undefined) {
      exchange.call.change(made.change);
      exchange.call.hint = 'The request was changed by hand before the operation.';
      exchange.decision = { ...decision, isByHand: true, isRequestChanged: true };
    }
  }
  const after = pointAt(decision, 'response');
  if (after === undefined) return applyFault(decision, exchange, next);
  const reply = await mapErrors(exchange, () => applyFault(decision, exchange, next));
  // Nothing is sent: there is no response to decide about.
  if (reply.status === 0) return reply;
  const made = await hold(after, exchange, reply);
  return made.kind === 'respond' ? replaceByHand(made, after, exchange, reply) : reply;
}

/** Holds a request until somebody decides, its time is over, its client disconnects, or its world starts over or is dropped. */
async function hold(point: HoldPoint, exchange: Exchange, reply?: Reply): Promise<ByHand> {
  const { world, call, caller, ref } = exchange;
  const { held } = world.faults;
  if (!held.hasSpace) {
    call.hint = `The request was not held: ${MAX_HELD} requests of this world are held.`;
    return { kind: 'continue' };
  }
  const wait = world.clock.pause(point.milliseconds);
  const forget = call.onceGone(() => wait.end());
  const maxBodyBytes = ref.operation.body === 'stream' ? undefined : ref.dialect.bodyLimit;
  const made = await held.hold({ point, operation: ref.name, call, caller, reply, maxBodyBytes }, wait);
  forget();
  return made;
}

/** Gives a request that has not taken effect a fault by hand. */
function respondByHand({ fault, phase }: Response, point: HoldPoint, exchange: Exchange, next: Next): ReplyOrPromise {
  const decision = decisionOf({ fault, phase }, point);
  exchange.decision = decision;
  return applyFault(decision, exchange, next);
}

/** Gives a request whose response is there another response by hand, or damages the response. */
async function replaceByHand({ fault }: Response, point: HoldPoint, exchange: Exchange, reply: Reply): Promise<Reply> {
  // The operation has run, so that its effect is before the fault; an error had none.
  const decision = decisionOf({ fault, phase: reply.status < 400 ? 'after' : 'before' }, point);
  exchange.decision = decision;
  const replaced = await applyFault({ ...decision, phase: 'before' }, exchange, () => reply);
  if (reply.body instanceof Readable && replaced.body !== reply.body) reply.body.destroy();
  return replaced;
}

const decisionOf = (made: Pick<Response, 'fault' | 'phase'>, { scenario, rule }: HoldPoint): Decision => ({
  ...made,
  scenario,
  rule,
  isByHand: true,
  delayMilliseconds: 0,
  clockMilliseconds: 0,
});
