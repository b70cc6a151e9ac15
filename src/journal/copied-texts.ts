/** Size of new memory, in bytes. */
const FIRST_SIZE = 1024;
/** Maximum size of the memory, in bytes. */
const MAX_SIZE = 2 ** 15;
/** Bytes that hold the length of a text. */
const LENGTH_BYTES = 2;
const BYTE = 0xff;

/**
 * Copies of short texts. A string that is kept survives the next runs of the garbage collector, which copies it twice; this
 * memory is used again and again.
 */
export class CopiedTexts {
  #bytes: Buffer | undefined;
  /** Where the next text goes. */
  end = 0;

  /** Appends a text. Returns whether that was possible. */
  add(text: string): boolean {
    const start = this.end + LENGTH_BYTES;
    const end = start + text.length;
    if (end > MAX_SIZE) return false;
    const bytes = this.#sized(end);
    // A loop, because a call of Buffer.write takes longer for most texts.
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code > BYTE) return false;
      bytes[start + at] = code;
    }
    bytes[start - 2] = text.length >>> 8;
    bytes[start - 1] = text.length & BYTE;
    this.end = end;
    return true;
  }

  /** Returns a number of texts, the first of which is at `start`. */
  read(start: number, count: number): readonly string[] {
    const texts: string[] = [];
    const bytes = this.#bytes;
    for (let at = start; bytes !== undefined && texts.length < count; ) {
      const from = at + LENGTH_BYTES;
      at = from + bytes.readUInt16BE(at);
      texts.push(bytes.toString('latin1', from, at));
    }
    return texts;
  }

  #sized(size: number): Buffer {
    const before = this.#bytes;
    if (before !== undefined && before.length >= size) return before;
    let length = before?.length ?? FIRST_SIZE;
    while (length < size) length *= 2;
    const bytes = Buffer.allocUnsafeSlow(length);
    before?.copy(bytes, 0, 0, this.end);
    this.#bytes = bytes;
    return bytes;
  }
}
