import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { contained, stackOf } from '../base/internal-errors.ts';
import type { Reply } from '../contract/contract.ts';
import type { Violation } from '../contract/schema.ts';
import { progressOf, trackUpload } from '../domain/data/upload-progress.ts';
import { type Decision, receivesWholeResponse } from '../faults/engine/decision.ts';
import { nameInJournal } from '../faults/fault-kinds.ts';
import type { Journal } from '../journal/journal.ts';
import type { FiredRule, RecordedRequest } from '../journal/recorded.ts';
import { NO_BODY } from '../journal/stored-body.ts';
import { headerOf } from '../journal/to-entry.ts';
import type { World } from '../world/world.ts';
import type { HttpCall } from './http-call.ts';
import type { Exchange } from './operation-exchange.ts';
import { lengthOf } from './respond.ts';

/** What fails when a listener of this file does. */
const DURING = 'the completion of a journal entry';

/** A response that has been handed to the connection. */
export interface SentResponse {
  readonly response: ServerResponse;
  readonly reply: Reply;
  /** Header names and values, alternating. */
  readonly headers: readonly string[];
  /** When that was, in milliseconds since 1970 by the world's clock. */
  readonly now: number;
}

/** Records a request to an operation and its response in the journal of its world. */
export function journalExchange(exchange: Exchange, sent: SentResponse): void {
  const { call, decision, world, ref, violations } = exchange;
  if (isSkipped(world.journal)) return;
  const entry = describe(call, world, sent);
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
  finish(entry, world, sent);
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
  const entry = describe(call, world, sent);
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
function isSkipped(journal: Journal): boolean {
  if (!journal.isOff) return false;
  journal.skip();
  return journal.observer === undefined;
}

function describe(call: HttpCall, world: World, { reply, headers, now }: SentResponse): RecordedRequest {
  const { journal } = world;
  const entry = journal.begin();
  entry.time = now;
  entry.method = call.method;
  entry.url = call.target;
  entry.status = reply.status;
  entry.reason = reply.reason;
  entry.label = call.label ?? journal.label;
  entry.requestHeaders = call.rawHeaders;
  entry.responseHeaders = headers;
  entry.connection = call.connectionId;
  entry.requestOnConnection = call.requestOnConnection;
  entry.started = call.started;
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

/** Records size and digest of an upload; of what nobody has read yet, once it has arrived. */
function recordUpload(entry: RecordedRequest, { stream }: HttpCall, { journal }: World): void {
  const measured = progressOf(stream);
  const progress = measured ?? trackUpload(stream);
  const update = (isArriving: boolean): void => {
    const size = progress.sizeBytes;
    const digests = size > 0 ? { md5: progress.md5 } : undefined;
    entry.requestBody = { size, isArriving, content: entry.requestBody.content, digests };
  };
  const isArriving = !stream.readableEnded && !stream.destroyed;
  update(isArriving);
  if (!isArriving) return;
  entry.isUnfinished = true;
  if (measured === undefined) stream.on('data', (chunk: Buffer) => progress.add(chunk));
  stream.once(
    'close',
    contained(DURING, () => {
      update(false);
      journal.complete(entry);
    }),
  );
}

/** Records the entry, and completes it once the connection has taken the whole response. */
function finish(entry: RecordedRequest, world: World, { response, reply }: SentResponse): void {
  const { journal } = world;
  entry.firstByte = performance.now() - entry.started;
  entry.lastByte = entry.firstByte;
  const { socket } = response.req;
  if (entry.outcome === 'complete') {
    if (response.destroyed || !socket.writable) entry.outcome = 'client gone';
    // Most responses fit into the buffers of the operating system, and no listener is needed.
    else if (!response.writableFinished) entry.outcome = 'pending';
  }
  const isCopied = !journal.isOff && journal.record(entry);
  const { observer } = journal;
  if (observer !== undefined && entry.outcome !== 'pending') observer(entry, world.name);
  if (isCopied) {
    // It is complete, and nobody has kept it.
    journal.takeBack(entry);
    return;
  }
  if (entry.outcome === 'faulty' && reply.body instanceof Readable && !socket.destroyed)
    recordCut(entry, world, socket);
  if (entry.outcome !== 'pending') return;
  const isStream = reply.body instanceof Readable;
  if (isStream) entry.responseBody = { ...NO_BODY, isArriving: true };
  const written = socket.bytesWritten;
  let isReceived = false;
  // Before the listener of Node, which may close the connection.
  response.prependOnceListener('finish', () => {
    isReceived = socket.writable;
    entry.lastByte = performance.now() - entry.started;
  });
  const complete = (): void => {
    // A connection that is not kept alive is closed some time after the last byte.
    if (!isReceived) entry.lastByte = performance.now() - entry.started;
    entry.outcome = isReceived ? 'complete' : 'client gone';
    if (isStream) entry.responseBody = { ...NO_BODY, size: sentBytes(entry, socket.bytesWritten - written) };
    entry.failure ??= response.errored ? stackOf(response.errored) : undefined;
    journal.complete(entry);
    observer?.(entry, world.name);
  };
  response.once('close', contained(DURING, complete));
}

/** Records how much of a streamed body a rule lets through before it ends the connection. */
function recordCut(entry: RecordedRequest, { journal }: World, socket: Socket): void {
  const written = socket.bytesWritten;
  const complete = (): void => {
    // A rule that changes the data leaves the connection open for later responses.
    if (entry.fired?.kind !== 'cut' && entry.fired?.kind !== 'stall') return;
    entry.lastByte = performance.now() - entry.started;
    entry.responseBody = { ...entry.responseBody, size: sentBytes(entry, socket.bytesWritten - written) };
    journal.complete(entry);
  };
  socket.once('close', contained(DURING, complete));
}

/** Returns how much of a streamed body was sent: its length, or what was written after the head when it was cut. */
function sentBytes({ outcome, responseHeaders }: RecordedRequest, written: number): number {
  const announced = headerOf(responseHeaders, 'content-length');
  if (outcome === 'complete' && announced !== undefined) return Number(announced);
  // The head may have been written before: it is short, and an estimate is enough for a body that was cut.
  const head = responseHeaders.reduce((total, text) => total + text.length + 2, 0);
  return Math.max(0, written - head);
}
