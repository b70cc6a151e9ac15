import { Readable } from 'node:stream';
import type { Reply } from '../../contract/contract.ts';
import type { Exchange, Next } from '../operation-exchange.ts';
import type { ReplyOrPromise } from '../reply-or-promise.ts';

const isSuccess = (status: number): boolean => status < 400;

/**
 * Returns the success that a request would receive, by running it on a copy of the world; `undefined` if it would be
 * rejected, and for uploads, whose data can be read only once.
 */
export async function dryRun(exchange: Exchange, next: Next): Promise<Reply | undefined> {
  if (exchange.ref.operation.body === 'stream') return undefined;
  return successOf(() => next(exchange.within(exchange.world.copy())));
}

/** Returns the response of a request that succeeds; `undefined` if it is rejected or fails. */
export async function successOf(run: () => ReplyOrPromise): Promise<Reply | undefined> {
  try {
    const reply = await run();
    return isSuccess(reply.status) ? reply : undefined;
  } catch {
    return undefined;
  }
}

/** Returns a success with the status of a rule; `undefined` if the status does not fit it. */
export function withStatus(reply: Reply, status: number): Reply | undefined {
  if (reply.status === status) return reply;
  const hasBody = reply.body !== undefined;
  if (isSuccess(status) && status !== 204 && hasBody) return { ...reply, status };
  if (reply.body instanceof Readable) reply.body.destroy();
  return undefined;
}
