import { Readable } from 'node:stream';
import type { Reply } from '../contract/contract.ts';
import { DomainError } from '../domain/problem.ts';
import type { Decision } from '../faults/engine.ts';
import type { Fault, RetryAfter } from '../faults/fault.ts';
import { httpDate } from './respond.ts';
import type { Answer, Exchange } from './stages.ts';

type AnswerFault = Extract<Fault, { readonly kind: 'answer' }>;

/** Does to an exchange what a rule decided. */
export function applyFault(decision: Decision, exchange: Exchange, next: () => Answer): Answer {
  const { fault, phase, delayMilliseconds } = decision;
  if (fault.kind === 'delay') {
    if (phase === 'before') return afterWaiting(delayMilliseconds, next);
    return Promise.resolve(next()).then((reply) => afterWaiting(delayMilliseconds, () => reply));
  }
  if (phase === 'before') return afterWaiting(delayMilliseconds, () => presentAnswer(fault, exchange));
  return loseAnswer(next).then(() => afterWaiting(delayMilliseconds, () => presentAnswer(fault, exchange)));
}

function afterWaiting(milliseconds: number, step: () => Answer): Answer {
  if (milliseconds <= 0) return step();
  return new Promise<void>((resolve) => {
    // The client that waits keeps the process alive; the timer must not hold up a process that wants to end.
    setTimeout(resolve, milliseconds).unref();
  }).then(step);
}

/** Lets the effect take place, whatever it is, and drops the answer: a refusal of the domain is an answer like any other. */
async function loseAnswer(next: () => Answer): Promise<void> {
  try {
    const { body } = await next();
    if (body instanceof Readable) body.destroy();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

function presentAnswer(fault: AnswerFault, exchange: Exchange): Reply {
  const { ref, call, world } = exchange;
  const now = world.clock.now();
  const { retryAfter } = fault;
  const seconds = retryAfter && 'seconds' in retryAfter ? retryAfter.seconds : undefined;
  const reply = ref.dialect.presentFault(
    fault.status,
    {
      ...(retryAfter !== undefined && { retryAfter: wireValue(retryAfter, now) }),
      ...(seconds !== undefined && { retryAt: now + seconds * 1000 }),
      ...(fault.message !== undefined && { message: fault.message }),
      ...(fault.code !== undefined && { code: fault.code }),
    },
    call,
    exchange,
    ref.operation,
  );
  return override(reply, fault);
}

function wireValue(retryAfter: RetryAfter, now: number): string | null {
  switch (retryAfter.shape) {
    case 'seconds':
      return String(retryAfter.seconds);
    case 'date':
      return httpDate(now + retryAfter.seconds * 1000);
    case 'malformed':
      return retryAfter.value;
    case 'absent':
      return null;
    default:
      return retryAfter satisfies never;
  }
}

/** The rule's own body and headers, in place of the dialect's. */
function override(reply: Reply, fault: AnswerFault): Reply {
  if (fault.body === undefined && fault.headers === undefined) return reply;
  const headers = new Map(Object.entries(reply.headers ?? {}));
  const remove = (name: string): void => {
    for (const key of headers.keys()) if (key.toLowerCase() === name.toLowerCase()) headers.delete(key);
  };
  const isText = typeof fault.body === 'string';
  if (fault.body !== undefined) {
    remove('Content-Length');
    if (!isText) {
      remove('Content-Type');
      headers.set('Content-Type', 'application/json');
    }
  }
  for (const [name, value] of Object.entries(fault.headers ?? {})) {
    remove(name);
    if (value !== null) headers.set(name, value);
  }
  const body = fault.body === undefined ? reply.body : isText ? (fault.body as string) : JSON.stringify(fault.body);
  return { status: reply.status, headers: Object.fromEntries(headers), ...(body !== undefined && { body }) };
}
