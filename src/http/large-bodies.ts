import { LARGE, nextTurn } from '../base/slices.ts';
import type { Reply } from '../contract/contract.ts';
import type { Stage } from './operation-exchange.ts';
import { andThen, type ReplyOrPromise } from './reply-or-promise.ts';

/** Goes on in another turn of the event loop if a text or body is large, and at once otherwise. */
export const inTurn = (length: number, proceed: () => ReplyOrPromise): ReplyOrPromise =>
  length < LARGE ? proceed() : nextTurn().then(proceed);

/** Encodes a large response in a turn of its own, and lets it be sent in the next one. */
export const encodeLargeReply: Stage = (_exchange, next) =>
  andThen(next(), (reply): ReplyOrPromise => {
    const { body } = reply;
    if (typeof body !== 'string' || body.length < LARGE) return reply;
    return encode(reply, body);
  });

async function encode(reply: Reply, text: string): Promise<Reply> {
  await nextTurn();
  const body = Buffer.from(text);
  await nextTurn();
  return { ...reply, body };
}
