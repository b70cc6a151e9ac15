import { type Readable, Transform, type TransformCallback } from 'node:stream';
import type { Reply } from '../../contract/contract.ts';
import type { HttpCall } from '../http-call.ts';
import type { Next } from '../operation-exchange.ts';
import type { ReplyOrPromise } from '../reply-or-promise.ts';

/** What becomes of an upload, depending on how many bytes of it arrive. */
interface UploadOutcomes {
  /** Number of bytes from which on the upload is refused; at least 1. */
  readonly bytes: number;
  /** Whether the operation still receives the rest of an upload that is refused. */
  readonly hasEffect: boolean;
  /** Runs the operation on the upload. */
  readonly next: Next;
  /** Produces the response to an upload that is refused. */
  present(): ReplyOrPromise;
  /** Called for a shorter upload, which gets the natural response. */
  pass(): void;
}

/** Runs an operation on an upload, and replaces its response if so many bytes arrive. */
export async function replyOnBytes(call: HttpCall, outcomes: UploadOutcomes): Promise<Reply> {
  const { bytes, hasEffect, next, present, pass } = outcomes;
  const source = call.stream;
  const counter = new ByteCounter(bytes, hasEffect);
  const isReached = receiveThrough(source, counter);
  call.stream = counter;
  const natural = Promise.resolve().then(() => next());
  // An operation that rejects the upload reads only a part of it, and the rest has to be counted as well.
  const drain = (): void => void counter.resume();
  const settled = natural.then(drain, drain);
  const isRefused = await isReached;
  if (!isRefused) {
    pass();
    return natural;
  }
  await settled;
  call.stream = source;
  return present();
}

/** Passes an upload on. Resolves with whether the counter reached its number of bytes before the upload ended. */
function receiveThrough(source: Readable, counter: ByteCounter): Promise<boolean> {
  return new Promise((resolve) => {
    // Not a pipeline, which would destroy the connection together with the counter.
    const lose = (): void => {
      if (!source.readableEnded) counter.destroy(new Error('the connection was closed'));
    };
    source.once('close', lose).pipe(counter);
    counter.once('reached', () => {
      resolve(true);
      if (!counter.destroyed) return;
      source.unpipe(counter).off('close', lose);
    });
    counter.once('finish', () => resolve(counter.isReached));
    counter.on('error', () => undefined);
    counter.once('close', () => resolve(counter.isReached));
  });
}

/** Counts bytes on their way. Emits `reached` at a number of bytes, and stops there unless all of them are passed. */
class ByteCounter extends Transform {
  #left: number;
  readonly #passesAll: boolean;

  constructor(bytes: number, passesAll: boolean) {
    super();
    this.#left = bytes;
    this.#passesAll = passesAll;
  }

  /** Whether the number of bytes has arrived. */
  get isReached(): boolean {
    return this.#left <= 0;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const wasReached = this.isReached;
    this.#left -= chunk.length;
    if (!wasReached && this.isReached) {
      if (!this.#passesAll) this.destroy(new Error('the upload was refused'));
      this.emit('reached');
    }
    if (this.destroyed) return;
    done(null, chunk);
  }
}
