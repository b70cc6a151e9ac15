import { Readable } from 'node:stream';
import { reportInternalError } from '../base/internal-errors.ts';
import type { Violation } from '../contract/schema.ts';
import { type Decision, receivesWholeResponse } from '../faults/engine/decision.ts';
import { nameInJournal } from '../faults/fault-kinds.ts';
import type { Journal } from '../journal/journal.ts';
import type { WaitingRequest } from '../journal/memory.ts';
import type { FiredRule, RecordedRequest } from '../journal/recorded.ts';
import type { World } from '../world/world.ts';
import { finish, recordUpload } from './complete-entry.ts';
import { isReceived } from './count-response.ts';
import type { HttpCall } from './http-call.ts';
import type { Exchange } from './operation-exchange.ts';
import { lengthOf } from './respond.ts';
import type { SentResponse } from './sent-response.ts';

/** Records a request to an operation and its response in the journal of its world. */
export function journalExchange(exchange: Exchange, sent: SentResponse): void {
  const { call, world } = exchange;
  const { journal } = world;
  if (isSkipped(journal)) return;
  const firstByte = performance.now() - call.started;
  const label = call.label ?? journal.label;
  if (mayWait(exchange, sent)) journal.postpone(new WaitingExchange(exchange, sent, { firstByte, label }));
  else finish(describeExchange(exchange, sent, { firstByte, label }), world, sent);
}

/** What is known only when the response has been sent. */
interface Moment {
  /** Milliseconds until then. */
  readonly firstByte: number;
  readonly label: string | undefined;
}

/** The largest body, in bytes, with which a request may wait to be recorded. */
const MAX_WAITING_BODY = 16 * 1024;

/** Whether a request may be recorded later: it is complete, small, and has nothing that few requests have. */
function mayWait(
  { call, decision, ref, world, failure }: Exchange,
  { response, reply: { body } }: SentResponse,
): boolean {
  return (
    !world.journal.isFollowed &&
    failure === undefined &&
    receivesWholeResponse(decision) &&
    ref.operation.body !== 'stream' &&
    (call.sentBody === undefined || call.sentBody.length <= MAX_WAITING_BODY) &&
    (body === undefined || (!(body instanceof Readable) && body.length <= MAX_WAITING_BODY)) &&
    isReceived(response)
  );
}

/** A request whose response the client has received, until it is recorded. */
class WaitingExchange implements WaitingRequest {
  readonly #exchange: Exchange;
  readonly #sent: SentResponse;
  readonly #moment: Moment;

  constructor(exchange: Exchange, sent: SentResponse, moment: Moment) {
    this.#exchange = exchange;
    this.#sent = sent;
    this.#moment = moment;
  }

  record(): void {
    try {
      const { journal } = this.#exchange.world;
      const entry = describeExchange(this.#exchange, this.#sent, this.#moment);
      if (journal.record(entry)) journal.takeBack(entry);
    } catch (error) {
      reportInternalError(error, `the journal entry of ${this.#exchange.ref.name}`);
    }
  }
}

function describeExchange(exchange: Exchange, sent: SentResponse, moment: Moment): RecordedRequest {
  const { call, decision, world, ref, violations } = exchange;
  const entry = describe(call, world, sent, moment);
  entry.dialect = ref.dialect.name;
  entry.operation = ref.name;
  entry.imageId = call.params['image_id'];
  if (exchange.caller.userId !== '') entry.caller = exchange.caller;
  entry.source = exchange.source;
  if (entry.source === 'by-profile') entry.profiles = [...exchange.profiles];
  if (decision !== undefined) {
    entry.fired = firedRule(decision);
    entry.decision = decision;
    entry.isDecidedEarly = exchange.isDecidedEarly;
    if (!receivesWholeResponse(decision)) entry.outcome = 'faulty';
  }
  // What was changed by hand is not what the client sent.
  if (violations.length > 0 && !call.isChanged) entry.violations = describeBriefly(violations);
  entry.failure = exchange.failure;
  if (ref.operation.body === 'stream') recordUpload(entry, call, world);
  return entry;
}

/** The rules of decisions that were recorded before; the engine makes the same decision again and again. */
const firedRules = new WeakMap<Decision, FiredRule>();

/** The latest of them: one rule often fires for many requests in turn, and a search takes longer. */
let latest: { readonly decision: Decision; readonly fired: FiredRule } | undefined;

function firedRule(decision: Decision): FiredRule {
  if (latest?.decision === decision) return latest.fired;
  const known = firedRules.get(decision);
  const fired = known ?? describeRule(decision);
  if (known === undefined) firedRules.set(decision, fired);
  latest = { decision, fired };
  return fired;
}

function describeRule(decision: Decision): FiredRule {
  const { scenario, rule, fault, phase, isByHand } = decision;
  return {
    scenario,
    rule,
    kind: nameInJournal(fault),
    phase: typeof phase === 'string' ? phase : 'late',
    ...(isByHand === true && { byHand: true }),
  };
}

/** How many violations of one request the journal keeps. */
const MAX_VIOLATIONS = 100;

const describeBriefly = (violations: readonly Violation[]) =>
  violations.slice(0, MAX_VIOLATIONS).map(({ pointer, message }) => ({ pointer, message }));

/** Records a request that matched no operation. */
export function journalUnmatched(
  call: HttpCall,
  world: World,
  sent: SentResponse & {
    readonly dialect: string;
    readonly nearest: readonly string[];
    /** The profiles without which the response would be another one. */
    readonly profiles?: ReadonlySet<string>;
    /** The stack trace of an internal error. */
    readonly failure?: string;
  },
): void {
  if (isSkipped(world.journal)) return;
  const moment = { firstByte: performance.now() - call.started, label: call.label ?? world.journal.label };
  const entry = describe(call, world, sent, moment);
  entry.dialect = sent.dialect;
  entry.nearest = sent.nearest;
  entry.failure = sent.failure;
  if (sent.profiles !== undefined && sent.profiles.size > 0) {
    entry.source = 'by-profile';
    entry.profiles = [...sent.profiles];
  }
  finish(entry, world, sent);
}

/** Counts a request that the journal does not store. Returns whether nobody else wants to know of it. */
export function isSkipped(journal: Journal): boolean {
  if (!journal.isOff) return false;
  journal.skip();
  return journal.observer === undefined;
}

function describe(
  call: HttpCall,
  world: World,
  { reply, headers, now }: SentResponse,
  { firstByte, label }: Moment,
): RecordedRequest {
  const { journal } = world;
  const entry = journal.begin();
  entry.time = now;
  entry.method = call.method;
  entry.url = call.target;
  entry.status = reply.status;
  entry.reason = reply.reason;
  entry.label = label;
  entry.requestHeaders = call.rawHeaders;
  entry.responseHeaders = headers;
  entry.connection = call.connectionId;
  entry.requestOnConnection = call.requestOnConnection;
  entry.started = call.started;
  entry.firstByte = firstByte;
  entry.lastByte = firstByte;
  entry.hint = call.hint;
  const { sentBody } = call;
  if (sentBody !== undefined) {
    entry.requestBody = journal.storeBody(sentBody, sentBody.length);
  }
  if (reply.body !== undefined && !(reply.body instanceof Readable)) {
    entry.responseBody = journal.storeBody(reply.body, lengthOf(reply.body));
  }
  return entry;
}
