import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { contained, stackOf } from '../base/internal-errors.ts';
import { progressOf, trackUpload } from '../domain/data/upload-progress.ts';
import type { RecordedRequest } from '../journal/recorded.ts';
import { NO_BODY } from '../journal/stored-body.ts';
import { headerOf } from '../journal/to-entry.ts';
import type { World } from '../world/world.ts';
import type { HttpCall } from './http-call.ts';
import type { SentResponse } from './sent-response.ts';

/** What fails when a listener of this file does. */
const DURING = 'the completion of a journal entry';

/** Records size and digest of an upload; of what nobody has read yet, once it has arrived. */
export function recordUpload(entry: RecordedRequest, { stream }: HttpCall, { journal }: World): void {
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
export function finish(entry: RecordedRequest, world: World, { response, reply }: SentResponse): void {
  const { journal } = world;
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
