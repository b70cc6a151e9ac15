import type { Reply } from '../contract/contract.ts';
import { BodyTooLong } from './body.ts';
import type { Exchange, Next } from './operation-exchange.ts';
import type { ReplyOrPromise } from './reply-or-promise.ts';

/** Reads the body that a client sends only when it is asked to, now that the request was not rejected without it. */
export function readDeferredBody(exchange: Exchange, next: Next): ReplyOrPromise {
  const { call } = exchange;
  const { readLater } = call;
  if (readLater === undefined) return next();
  // A rule may run the operation twice, and the body can be read only once.
  call.readLater = undefined;
  return readLater().then(
    () => next(),
    (error) => oversized(error, exchange),
  );
}

/** The reply to a body that is too long. Other errors go on to `mapErrors`. */
function oversized(error: unknown, { call, ref, world, requestId }: Exchange): Reply {
  if (!(error instanceof BodyTooLong)) throw error;
  return ref.dialect.presentOversized({ maxBytes: error.maxBytes, call, cloud: world, requestId });
}
