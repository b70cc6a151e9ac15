import { Readable } from 'node:stream';
import type { Reply } from '../../contract/contract.ts';
import { type Clock, toSeconds } from '../../domain/clock.ts';
import { DomainError } from '../../domain/problem.ts';
import { needsAnswer, type Waits, wireOf } from '../../faults/engine/decision.ts';
import type { Decision } from '../../faults/engine/engine.ts';
import { type AnswerFault, isLate, type Late, type Phase, type RetryAfter } from '../../faults/fault.ts';
import { type ObservedAnswer, observedAnswer } from '../../faults/observed.ts';
import { type Answer, andThen } from '../answer.ts';
import type { Exchange, Next } from '../operation-exchange.ts';
import { httpDate } from '../respond.ts';
import { corrupt } from './corrupt-body.ts';
import { dryRun, successOf, underStatus } from './dry-run.ts';
import { applyUploadFault, receive } from './upload-faults.ts';

/** Stands for an answer of which nothing will go out. */
const NO_ANSWER: Reply = { status: 0 };

/** Does to an exchange what a rule decided. What happens to the answer on its way is done when it is sent. */
export function applyFault(decision: Decision, exchange: Exchange, next: Next): Answer {
  const { fault, phase } = decision;
  if (decision.progress !== undefined) exchange.caller = { ...exchange.caller, progress: decision.progress };
  const wire = wireOf(decision);
  if (wire !== undefined && 'on' in wire && wire.on === 'request') applyUploadFault(exchange.call, wire);
  const later = (step: () => Answer): Answer => afterWaiting(decision, exchange.world.clock, step);
  const corruptReply = (step: () => Answer): Answer =>
    wire?.kind === 'corrupt' ? andThen(step(), (reply) => corrupt(reply, wire.how)) : step();

  if (fault.kind === 'answer') {
    const present = (natural?: Reply): Answer =>
      later(() => corruptReply(() => presentAnswer(fault, exchange, natural)));
    if (!isLate(phase)) return answerInstead(fault, phase, exchange, next, present);
    const answer = replyFromDryRun(fault, exchange, next, present);
    bringAboutLater(phase.late, exchange, next);
    return answer;
  }
  if (isLate(phase)) {
    bringAboutLater(phase.late, exchange, next);
    return later(() => NO_ANSWER);
  }
  if (phase === 'before') {
    return later(() => (wire !== undefined && !needsAnswer(wire) ? NO_ANSWER : corruptReply(next)));
  }
  const last = phase === 'twice' ? discardReply(next).then(() => next()) : Promise.resolve(next());
  return last.then((reply) => later(() => corruptReply(() => reply)));
}

/** Whether a rule says that all went well and no more, so that the call's own answer is the best there is to say. */
const usesNaturalReply = ({ status, observed, body }: AnswerFault): boolean =>
  status < 400 && observed === undefined && body === undefined;

/** The answer of a rule to a call whose effect has its place before it, or none. */
function answerInstead(
  fault: AnswerFault,
  phase: Exclude<Phase, { readonly late: Late }>,
  exchange: Exchange,
  next: Next,
  present: (natural?: Reply) => Answer,
): Answer {
  if (phase !== 'before') {
    const first = phase === 'twice' ? discardReply(next) : Promise.resolve();
    if (!usesNaturalReply(fault)) return first.then(() => discardReply(next)).then(() => present());
    return first.then(() => successOf(next)).then(present);
  }
  const { received } = fault;
  if (received !== undefined) return receive(exchange.call, received).then(() => present());
  return replyFromDryRun(fault, exchange, next, present);
}

/** The answer of a rule to a call of which nothing has taken place. */
const replyFromDryRun = (
  fault: AnswerFault,
  exchange: Exchange,
  next: Next,
  present: (natural?: Reply) => Answer,
): Answer => (usesNaturalReply(fault) ? dryRun(exchange, next).then(present) : present());

function afterWaiting({ delayMilliseconds, clockMilliseconds }: Waits, clock: Clock, step: () => Answer): Answer {
  if (clockMilliseconds > 0) {
    const waits = { delayMilliseconds, clockMilliseconds: 0 };
    return clock.until(clock.now() + clockMilliseconds).then(() => afterWaiting(waits, clock, step));
  }
  if (delayMilliseconds <= 0) return step();
  return new Promise<void>((resolve) => {
    // The client that waits keeps the process alive; the timer must not hold up a process that wants to end.
    setTimeout(resolve, delayMilliseconds).unref();
  }).then(step);
}

/** Lets the effect take place, whatever it is, and drops the answer: a refusal of the domain is an answer like any other. */
async function discardReply(next: Next): Promise<void> {
  try {
    const { body } = await next();
    if (body instanceof Readable) body.destroy();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

/** The effect of a call comes when its answer is long out. */
function bringAboutLater(late: Late, { world, ref, call }: Exchange, next: Next): void {
  const imageId = call.params['image_id'];
  world.faults.late.add({
    late,
    now: world.clock.now(),
    dialect: ref.dialect.name,
    ...(imageId !== undefined && { imageId }),
    run: () => void discardReply(next).catch(() => undefined),
  });
}

/** @param natural - what the call itself was answered, or would have been. */
function presentAnswer(fault: AnswerFault, exchange: Exchange, natural: Reply | undefined): Reply {
  const { ref, call, world } = exchange;
  const told = natural && underStatus(natural, fault.status);
  if (told !== undefined) return override(told, fault);
  const now = world.clock.now();
  if (fault.observed !== undefined) return override(presentObserved(fault.observed, fault.retryAfter, now), fault);
  const { retryAfter } = fault;
  const wait = retryAfter && waitOf(retryAfter);
  const reply = ref.dialect.presentFault({
    status: fault.status,
    details: {
      ...(retryAfter !== undefined && retryAfter.shape !== 'usual' && { retryAfter: wireValue(retryAfter, now) }),
      ...(wait !== undefined && { retryAt: now + wait }),
      ...(fault.message !== undefined && { message: fault.message }),
      ...(fault.code !== undefined && { code: fault.code }),
    },
    call,
    context: exchange,
    operation: ref.operation,
    operationId: ref.id,
  });
  return override(reply, fault);
}

/** Milliseconds that a client is told to wait; `undefined` where it is told none. */
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

/** What a rate limit of a proxy says of the time to come back where nothing else is told: one minute. */
const USUAL_WAIT = 60_000;

/** The answer of something before the service, with none of the service's own headers. */
function presentObserved(name: string, retryAfter: RetryAfter | undefined, now: number): Reply {
  const { status, reason, headers, body } = observedAnswer(name) as ObservedAnswer;
  // Rounded up, so that it is never too early.
  const at = Math.ceil((now + ((retryAfter && waitOf(retryAfter)) ?? USUAL_WAIT)) / 1000) * 1000;
  const tellsTime = Object.hasOwn(headers, 'Retry-After');
  const isUsual = retryAfter === undefined || retryAfter.shape === 'usual';
  const told = isUsual ? (tellsTime ? httpDate(at) : null) : wireValue(retryAfter, now);
  const filled = Object.entries(headers).flatMap(([header, value]) => {
    if (header === 'Retry-After') return [];
    return [[header, value === '{date}' ? httpDate(now) : value] as const];
  });
  return {
    status,
    reason,
    isForeign: true,
    headers: { ...Object.fromEntries(filled), ...(told !== null && { 'Retry-After': told }) },
    body: body.replace('{retry}', toSeconds(at)),
  };
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
  const { body: _body, ...rest } = reply;
  return { ...rest, headers: Object.fromEntries(headers), ...(body !== undefined && { body }) };
}
