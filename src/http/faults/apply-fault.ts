import { Readable } from 'node:stream';
import { reportInternalError } from '../../base/internal-errors.ts';
import { NestingError } from '../../base/json-depth.ts';
import type { Reply } from '../../contract/contract.ts';
import { DomainError } from '../../domain/problem.ts';
import { StorageFailure } from '../../domain/storage-failure.ts';
import { type Delays, wireOf } from '../../faults/engine/decision.ts';
import type { Decision } from '../../faults/engine/engine.ts';
import { type AnswerFault, type AppliedFault, isLate, type Late } from '../../faults/fault.ts';
import { needsResponse } from '../../faults/fault-kinds.ts';
import { mapErrors } from '../map-errors.ts';
import type { Exchange, Next } from '../operation-exchange.ts';
import { andThen, type ReplyOrPromise } from '../reply-or-promise.ts';
import { alterReply } from './alter-reply.ts';
import { corrupt } from './corrupt-body.ts';
import { dryRun, usableReply } from './dry-run.ts';
import { mayHaveOwnReason } from './natural-reason.ts';
import { presentAnswer } from './present-answer.ts';
import { applyUploadFault } from './upload-faults.ts';
import { replyOnBytes } from './upload-threshold.ts';

/** The reply when nothing of it will be sent. */
const NO_REPLY: Reply = { status: 0 };

/** A request that a rule fired for, on its way to its response. */
interface FaultyExchange {
  readonly decision: Decision;
  readonly exchange: Exchange;
  readonly next: Next;
  /** Waits for the delays of the decision, produces a reply, and corrupts it if the decision says so. */
  reply(produce: () => ReplyOrPromise): ReplyOrPromise;
}

/** Produces the response of a request that got one kind of fault. */
type Applier<F extends AppliedFault> = (fault: F, faulty: FaultyExchange) => ReplyOrPromise;

type FaultOf<K extends AppliedFault['kind']> = Extract<AppliedFault, { readonly kind: K }>;

const APPLIERS: { readonly [K in AppliedFault['kind']]: Applier<FaultOf<K>> } = {
  answer: applyAnswer,
  alter: applyAlteration,
  wire: ({ wire }, faulty) => applyNatural(faulty, needsResponse(wire)),
  delay: (_fault, faulty) => applyNatural(faulty),
  progress: (_fault, faulty) => applyNatural(faulty),
  source: (_fault, faulty) => applyNatural(faulty),
  hold: (_fault, faulty) => applyNatural(faulty),
};

// A lookup by kind gives the applier of exactly that kind, which TypeScript cannot follow for a union.
const applierOf = (fault: AppliedFault): Applier<AppliedFault> => APPLIERS[fault.kind] as Applier<AppliedFault>;

/** Applies a decision to an exchange. Faults on the connection of the response are applied later, when it is sent. */
export function applyFault(decision: Decision, exchange: Exchange, next: Next): ReplyOrPromise {
  const { progress, source } = decision;
  if (progress !== undefined) exchange.caller = { ...exchange.caller, progress };
  if (source !== undefined) exchange.caller = { ...exchange.caller, source };
  const wire = wireOf(decision);
  if (wire !== undefined && 'on' in wire && wire.on === 'request') applyUploadFault(exchange.call, wire);
  const corrupted = (produce: () => ReplyOrPromise): ReplyOrPromise =>
    wire?.kind === 'corrupt' ? andThen(produce(), (reply) => corrupt(reply, wire.how)) : produce();
  const reply = (produce: () => ReplyOrPromise): ReplyOrPromise =>
    afterDelays(decision, exchange, () => corrupted(produce));
  return applierOf(decision.fault)(decision.fault, { decision, exchange, next, reply });
}

/** Sends the operation's own response, unless nothing of it is needed. */
function applyNatural({ decision, exchange, next, reply }: FaultyExchange, isNeeded = true): ReplyOrPromise {
  const { phase } = decision;
  if (isLate(phase)) {
    scheduleEffect(phase.late, exchange, next);
    return reply(() => NO_REPLY);
  }
  if (phase === 'before') return reply(isNeeded ? next : () => NO_REPLY);
  const last = phase === 'twice' ? discardReply(next).then(() => next()) : Promise.resolve(next());
  return last.then((natural) => reply(() => natural));
}

/** Sends the operation's own response, an error included, with the changes of a rule. */
function applyAlteration({ alter }: FaultOf<'alter'>, faulty: FaultyExchange): ReplyOrPromise {
  const { exchange, next, reply } = faulty;
  const natural = (): ReplyOrPromise => mapErrors(exchange, next);
  const altered = (): ReplyOrPromise =>
    andThen(natural(), (one) => {
      const { reply: changed, missed } = alterReply(one, alter);
      if (missed.length > 0) exchange.call.hint = `The rule found nothing to change at ${missed.join(', ')}.`;
      return changed;
    });
  return faulty.decision.phase === 'twice' ? discardReply(next).then(() => reply(altered)) : reply(altered);
}

/** Sends the response of a rule. The effect takes place before it, after it, or never, depending on the phase. */
function applyAnswer(fault: AnswerFault, faulty: FaultyExchange): ReplyOrPromise {
  const { exchange, next, reply } = faulty;
  const { phase } = faulty.decision;
  const present = (natural?: Reply): ReplyOrPromise => reply(() => presentAnswer(fault, exchange, natural));
  const presentWithoutEffect = (): ReplyOrPromise =>
    usesNaturalReply(fault) || mayHaveOwnReason(fault, exchange.ref)
      ? dryRun(exchange, next, fault.status).then(present)
      : present();
  if (isLate(phase)) {
    const injected = presentWithoutEffect();
    scheduleEffect(phase.late, exchange, next);
    return injected;
  }
  if (fault.received !== undefined && fault.received > 0) return applyToUpload(fault.received, faulty, present);
  if (phase === 'before') return presentWithoutEffect();
  const first = phase === 'twice' ? discardReply(next) : Promise.resolve();
  if (!usesNaturalReply(fault)) return first.then(() => discardReply(next)).then(() => present());
  return first.then(() => usableReply(next, exchange, fault.status)).then(present);
}

/** Sends the response of a rule once so many bytes of the upload have arrived; a shorter upload is received as usual. */
function applyToUpload(
  bytes: number,
  { exchange, next, decision }: FaultyExchange,
  present: () => ReplyOrPromise,
): ReplyOrPromise {
  return replyOnBytes(exchange.call, {
    bytes,
    hasEffect: decision.phase === 'after',
    next,
    present,
    pass: () => {
      exchange.decision = undefined;
    },
  });
}

/** Whether a rule asks for a plain success, for which the operation's own response is the most accurate one. */
const usesNaturalReply = ({ status, observed, body }: AnswerFault): boolean =>
  status < 400 && observed === undefined && body === undefined;

/** Holds a request for its delays. It goes on at once when its client disconnects, and when its world starts over or is dropped. */
function afterDelays(
  { delayMilliseconds, clockMilliseconds }: Delays,
  exchange: Exchange,
  step: () => ReplyOrPromise,
): ReplyOrPromise {
  if (clockMilliseconds <= 0 && delayMilliseconds <= 0) return step();
  const { clock } = exchange.world;
  const isByClock = clockMilliseconds > 0;
  const wait = isByClock ? clock.until(clock.now() + clockMilliseconds) : clock.pause(delayMilliseconds);
  const forget = exchange.call.onceGone(() => wait.end());
  return wait.done.then((isTime) => {
    forget();
    const rest = isByClock && isTime ? delayMilliseconds : 0;
    return afterDelays({ delayMilliseconds: rest, clockMilliseconds: 0 }, exchange, step);
  });
}

/** Runs the operation and discards its reply, including a rejection by the domain. */
async function discardReply(next: Next): Promise<void> {
  try {
    const { body } = await next();
    if (body instanceof Readable) body.destroy();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

/** Schedules the effect of a request whose response is sent before it. */
function scheduleEffect(late: Late, { world, ref, call }: Exchange, next: Next): void {
  // Nobody waits for the outcome. A client that has disconnected may have cut its upload.
  const report = (error: unknown): void => {
    const isOrdinary = error instanceof NestingError || error instanceof StorageFailure || call.isGone;
    if (!isOrdinary) reportInternalError(error, `the late effect of ${ref.name}`);
  };
  const imageId = call.params['image_id'];
  world.faults.late.add({
    late,
    now: world.clock.now(),
    dialect: ref.dialect.name,
    ...(imageId !== undefined && { imageId }),
    run: () => void discardReply(next).catch(report),
  });
}
