import { Readable } from 'node:stream';
import type { Reply } from '../../contract/contract.ts';
import type { Answer } from '../answer.ts';
import type { Exchange, Next } from '../operation-exchange.ts';

const isSuccess = (status: number): boolean => status < 400;

/**
 * What a call would be answered if it went through, by trying it on a copy of the world that nobody sees; `undefined`
 * where it would be refused, and for uploads, whose data comes once.
 */
export async function dryRun(exchange: Exchange, next: Next): Promise<Reply | undefined> {
  if (exchange.ref.operation.body === 'stream') return undefined;
  return successOf(() => next(exchange.within(exchange.world.copy())));
}

/** The answer of a call that goes through; `undefined` for a refusal, and for a failure, which is nobody's but ours. */
export async function successOf(run: () => Answer): Promise<Reply | undefined> {
  try {
    const reply = await run();
    return isSuccess(reply.status) ? reply : undefined;
  } catch {
    return undefined;
  }
}

/** A success as it was or would have been, under the status that a rule asks for; `undefined` where the two do not go together. */
export function underStatus(reply: Reply, status: number): Reply | undefined {
  if (reply.status === status) return reply;
  const isWithBody = reply.body !== undefined;
  if (isSuccess(status) && status !== 204 && isWithBody) return { ...reply, status };
  if (reply.body instanceof Readable) reply.body.destroy();
  return undefined;
}
