import { Transform, type TransformCallback } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

/** Steps per second of a slow stream. */
const STEPS = 20;

/** Passes bytes at a limited rate, in small steps, so that a slow stream never pauses for long. */
export class Throttle extends Transform {
  readonly #step: number;
  readonly #milliseconds: number;
  readonly #ended = new AbortController();

  constructor(bytesPerSecond: number) {
    super();
    this.#step = Math.max(1, Math.floor(bytesPerSecond / STEPS));
    this.#milliseconds = (this.#step / bytesPerSecond) * 1000;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#pass(chunk).then(() => done(), done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#ended.abort();
    done(error);
  }

  async #pass(chunk: Buffer): Promise<void> {
    for (let at = 0; at < chunk.length; at += this.#step) {
      const part = chunk.subarray(at, at + this.#step);
      await wait((part.length / this.#step) * this.#milliseconds, undefined, {
        ref: false,
        signal: this.#ended.signal,
      });
      this.push(part);
    }
  }
}

/** Passes the first bytes, then calls back and blocks the rest until it is resumed. */
export class Gate extends Transform {
  #left: number;
  readonly #reached: (resume: () => void) => void;
  #isOpen = false;

  /** @param reached - called once, with a function that passes the rest. */
  constructor(bytes: number, reached: (resume: () => void) => void) {
    super();
    this.#left = bytes;
    this.#reached = reached;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (this.#isOpen || chunk.length < this.#left) {
      this.#left -= chunk.length;
      done(null, chunk);
      return;
    }
    const rest = chunk.subarray(this.#left);
    if (this.#left > 0) this.push(chunk.subarray(0, this.#left));
    this.#isOpen = true;
    this.#reached(() => done(null, rest));
  }
}
