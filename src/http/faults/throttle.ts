import { Transform, type TransformCallback } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { reportInternalError } from '../../base/internal-errors.ts';

/** Passes bytes in pieces, with a pause before each. */
class Pieces extends Transform {
  readonly #nextSize: () => number;
  readonly #pauseBefore: (bytes: number) => number;
  readonly #ended = new AbortController();

  /**
   * @param nextSize - returns the bytes of the next piece.
   * @param pauseBefore - returns the milliseconds before a piece of so many bytes.
   */
  constructor(nextSize: () => number, pauseBefore: (bytes: number) => number) {
    super();
    this.#nextSize = nextSize;
    this.#pauseBefore = pauseBefore;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#pass(chunk).then(() => done(), done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#ended.abort();
    done(error);
  }

  async #pass(chunk: Buffer): Promise<void> {
    let part: Buffer;
    for (let at = 0; at < chunk.length; at += part.length) {
      part = chunk.subarray(at, at + this.#nextSize());
      const milliseconds = this.#pauseBefore(part.length);
      await wait(milliseconds, undefined, { ref: false, signal: this.#ended.signal });
      this.push(part);
    }
  }
}

/** Steps per second of a slow stream. */
const STEPS = 20;

/** Passes bytes at a limited rate, in small steps, so that a slow stream never pauses for long. */
export class Throttle extends Pieces {
  constructor(bytesPerSecond: number) {
    const step = Math.max(1, Math.floor(bytesPerSecond / STEPS));
    super(
      () => step,
      (bytes) => (bytes / bytesPerSecond) * 1000,
    );
  }
}

/** Slices of a stream. */
export interface Slicing {
  /** Bytes of a slice on average. */
  readonly bytes: number;
  /** By how many bytes slices are larger or smaller. */
  readonly variation: number;
  /** Pause before each slice. */
  readonly milliseconds: number;
}

/** Multiples of it fall evenly between whole numbers. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/** Passes bytes in slices with a pause before each. Their sizes vary in the same order each time. */
export class Slicer extends Pieces {
  constructor({ bytes, variation, milliseconds }: Slicing) {
    let slices = 0;
    const nextSize = (): number => {
      slices += 1;
      return bytes - variation + Math.floor(((slices * GOLDEN_RATIO) % 1) * (2 * variation + 1));
    };
    super(nextSize, () => milliseconds);
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
    try {
      this.#reached(() => done(null, rest));
    } catch (error) {
      reportInternalError(error, 'a fault on a stream');
      done(error as Error);
    }
  }
}
