/** The end of what a command wrote to a stream. */
export interface OutputTail {
  /** The last part, from the beginning of a character. */
  readonly text: string;
  /** Bytes that the command wrote in all. */
  readonly bytes: number;
}

/** Bytes of each stream that are kept: enough for the traces of deep recursions. */
const KEPT_BYTES = 64 * 2 ** 10;

/** Keeps the end of a stream, however much a command writes. */
export class TailBuffer {
  readonly #chunks: Buffer[] = [];
  #kept = 0;
  #bytes = 0;

  /** Adds what was written, and drops what is no longer part of the end. */
  add(chunk: Buffer): void {
    this.#bytes += chunk.length;
    this.#chunks.push(chunk);
    this.#kept += chunk.length;
    for (let first = this.#chunks[0]; first !== undefined; first = this.#chunks[0]) {
      if (this.#kept - first.length < KEPT_BYTES) break;
      this.#kept -= first.length;
      this.#chunks.shift();
    }
  }

  /** Returns the end so far. */
  read(): OutputTail {
    const all = Buffer.concat(this.#chunks);
    let start = Math.max(0, all.length - KEPT_BYTES);
    if (this.#bytes > all.length - start) {
      // Bytes 10xxxxxx continue a character of UTF-8.
      while (start < all.length && ((all[start] as number) & 0xc0) === 0x80) start += 1;
    }
    return { text: all.subarray(start).toString(), bytes: this.#bytes };
  }
}
