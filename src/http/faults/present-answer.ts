import type { Reply } from '../../contract/contract.ts';
import type { FaultRequest } from '../../dialects/dialect.ts';
import { isProblem } from '../../dialects/natural-problems.ts';
import { withRetryAfter } from '../../dialects/shared/retry-after.ts';
import { toSeconds } from '../../domain/clock.ts';
import type { AnswerFault, RetryAfter } from '../../faults/fault.ts';
import { type ObservedResponse, observedResponse } from '../../faults/observed.ts';
import type { Exchange } from '../operation-exchange.ts';
import { httpDate } from '../respond.ts';
import { withStatus } from './dry-run.ts';
import { isErrorOf, reasonsFor } from './natural-reason.ts';

/**
 * Presents the response of a rule.
 * @param natural - the response that the request received or would have received, for successes.
 */
export function presentAnswer(fault: AnswerFault, exchange: Exchange, natural: Reply | undefined): Reply {
  const { world } = exchange;
  const success = natural && withStatus(natural, fault.status);
  if (success !== undefined) return override(success, fault);
  const now = world.clock.now();
  if (fault.observed !== undefined) return override(presentObserved(fault.observed, fault.retryAfter, now), fault);
  return override(presentError(fault, exchange), fault);
}

/** Presents the error or the sample reply of a rule in the API's shape. */
function presentError(fault: AnswerFault, exchange: Exchange): Reply {
  const { ref, call, world } = exchange;
  const now = world.clock.now();
  const { retryAfter } = fault;
  const wait = retryAfter && waitOf(retryAfter);
  const request: FaultRequest = {
    status: fault.status,
    details: {
      ...(retryAfter !== undefined && retryAfter.shape !== 'usual' && { retryAfter: wireValue(retryAfter, now) }),
      ...(wait !== undefined && { retryAt: now + wait }),
      ...(fault.message !== undefined && { message: fault.message }),
      ...(fault.code !== undefined && { code: fault.code }),
    },
    call,
    // A sample reply of a success may change its world.
    context: fault.status < 400 ? exchange.within(world.copy()) : exchange,
    operation: ref.operation,
    operationId: ref.id,
  };
  for (const reason of reasonsFor(fault, ref)) {
    const given = reason(request, ref);
    const reply = isProblem(given) ? ref.dialect.presentProblem(given, call, exchange) : given;
    // A reason for another request may reject this one for something else.
    if (isErrorOf(reply, fault)) return withRetryAfter(reply, request.details, now);
  }
  return ref.dialect.presentFault(request);
}

/** Milliseconds that Retry-After asks the client to wait; `undefined` if it names no time. */
function waitOf(retryAfter: RetryAfter): number | undefined {
  if (retryAfter.shape === 'usual') return retryAfter.milliseconds;
  return 'seconds' in retryAfter ? retryAfter.seconds * 1000 : undefined;
}

function wireValue(retryAfter: RetryAfter, now: number): string | null {
  switch (retryAfter.shape) {
    case 'usual':
      return String(Math.ceil(retryAfter.milliseconds / 1000));
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

/** Retry-After of the rate limits of proxies, unless the rule says otherwise, in milliseconds. */
const DEFAULT_WAIT = 60_000;

/** Presents an observed response of a proxy, without the headers of the service. */
function presentObserved(name: string, retryAfter: RetryAfter | undefined, now: number): Reply {
  const { status, reason, headers, body } = observedResponse(name) as ObservedResponse;
  // Rounded up, so that the client never retries too early.
  const at = Math.ceil((now + ((retryAfter && waitOf(retryAfter)) ?? DEFAULT_WAIT)) / 1000) * 1000;
  const hasRetryAfter = Object.hasOwn(headers, 'Retry-After');
  const isUsual = retryAfter === undefined || retryAfter.shape === 'usual';
  const header = isUsual ? (hasRetryAfter ? httpDate(at) : null) : wireValue(retryAfter, now);
  const filled = Object.entries(headers).flatMap(([name, value]) => {
    if (name === 'Retry-After') return [];
    return [[name, value === '{date}' ? httpDate(now) : value] as const];
  });
  return {
    status,
    reason,
    isForeign: true,
    headers: { ...Object.fromEntries(filled), ...(header !== null && { 'Retry-After': header }) },
    body: body.replace('{retry}', toSeconds(at)),
  };
}

/** Replaces body and headers by those of the rule. */
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
  const { body: _body, ...rest } = reply;
  return { ...rest, headers: Object.fromEntries(headers), ...(body !== undefined && { body }) };
}
