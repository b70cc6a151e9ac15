/** Number of ids in one block. */
const BLOCK_SIZE = 64;

/** Ids in a row, and who may add to them; every other copy of the queue copies them first. */
interface Block {
  readonly writer: object;
  readonly ids: string[];
}

/** A queue of ids. Copies share what they have not changed. */
export class IdQueue {
  #writer = {};
  /** Only this queue refers to the array, but blocks are shared. */
  #blocks: Block[] = [];
  /** Position of the first id in the first block. */
  #first = 0;
  #size = 0;

  /** Number of ids. */
  get size(): number {
    return this.#size;
  }

  /** An independent copy. */
  clone(): IdQueue {
    // From here on both have to copy a block before they add to it.
    this.#writer = {};
    const copy = new IdQueue();
    copy.#blocks = [...this.#blocks];
    copy.#first = this.#first;
    copy.#size = this.#size;
    return copy;
  }

  /** Adds an id at the end. */
  push(id: string): void {
    this.#lastBlock().ids.push(id);
    this.#size += 1;
  }

  /** Removes the first id and returns it; `undefined` if there is none. */
  shift(): string | undefined {
    const id = this.#blocks[0]?.ids[this.#first];
    if (id === undefined) return undefined;
    this.#size -= 1;
    this.#first += 1;
    if (this.#first === BLOCK_SIZE) {
      this.#blocks.shift();
      this.#first = 0;
    }
    return id;
  }

  #lastBlock(): Block {
    const last = this.#blocks.at(-1);
    if (last !== undefined && last.writer === this.#writer && last.ids.length < BLOCK_SIZE) return last;
    const isFull = last === undefined || last.ids.length === BLOCK_SIZE;
    const own = { writer: this.#writer, ids: isFull ? [] : [...last.ids] };
    if (isFull) this.#blocks.push(own);
    else this.#blocks[this.#blocks.length - 1] = own;
    return own;
  }
}
