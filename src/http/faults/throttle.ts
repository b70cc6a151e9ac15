import { Transform, type TransformCallback } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

/** How often a second a slow stream moves. */
const STEPS = 20;

/** Lets bytes through at a rate: in small steps, so that a slow stream never seems to stand still for long. */
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

/** Lets the first bytes through, and tells when they are over; what follows them waits until it is told to go on. */
export class Gate extends Transform {
  #left: number;
  readonly #reached: (goOn: () => void) => void;
  #isOpen = false;

  /** @param reached - is called once, with what lets the rest through. */
  constructor(bytes: number, reached: (goOn: () => void) => void) {
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
