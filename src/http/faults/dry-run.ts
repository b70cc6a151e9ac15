import { Readable } from 'node:stream';
import type { Reply } from '../../contract/contract.ts';
import { DomainError } from '../../domain/problem.ts';
import type { HttpCall } from '../http-call.ts';
import type { Exchange, Next } from '../operation-exchange.ts';
import type { ReplyOrPromise } from '../reply-or-promise.ts';

const isSuccess = (status: number): boolean => status < 400;

/**
 * Returns the response that a request would receive, if a rule with this status can use it: a success for a success, an
 * error with the same status for an error. Runs the request on a copy of the world.
 * @returns `undefined` for other responses, and for an upload whose data decides the response.
 */
export function dryRun(exchange: Exchange, next: Next, status: number): Promise<Reply | undefined> {
  const copy = exchange.within(exchange.world.copy());
  const run = (): ReplyOrPromise => next(copy);
  return exchange.ref.operation.body === 'stream'
    ? withoutReading(exchange.call, () => usableReply(run, copy, status))
    : usableReply(run, copy, status);
}

/** Returns the response of an upload; `undefined` if the operation starts to read the data, which can be read only once. */
async function withoutReading(call: HttpCall, run: () => Promise<Reply | undefined>): Promise<Reply | undefined> {
  const { stream } = call;
  let isRead = false;
  const unreadable = new Readable({
    read() {
      isRead = true;
      this.destroy(new Error('A dry run reads no data.'));
    },
  });
  unreadable.on('error', () => undefined);
  call.stream = unreadable;
  try {
    const reply = await run();
    return isRead ? undefined : reply;
  } finally {
    call.stream = stream;
  }
}

/** Returns the response of a request if a rule with this status can use it. */
export async function usableReply(
  run: () => ReplyOrPromise,
  exchange: Exchange,
  status: number,
): Promise<Reply | undefined> {
  try {
    const reply = await run();
    if (isUsable(reply, status)) return reply;
    if (reply.body instanceof Readable) reply.body.destroy();
    return undefined;
  } catch (error) {
    if (!(error instanceof DomainError) || isSuccess(status)) return undefined;
    const reply = exchange.ref.dialect.presentProblem(error.problem, exchange.call, exchange);
    return isUsable(reply, status) ? reply : undefined;
  }
}

const isUsable = (reply: Reply, status: number): boolean =>
  isSuccess(status) ? isSuccess(reply.status) : reply.status === status;

/** Returns a response with the status of a rule; `undefined` if the status does not fit it. */
export function withStatus(reply: Reply, status: number): Reply | undefined {
  if (reply.status === status) return reply;
  const hasBody = reply.body !== undefined;
  if (isSuccess(status) && status !== 204 && hasBody) return { ...reply, status };
  if (reply.body instanceof Readable) reply.body.destroy();
  return undefined;
}
