/** A list of numbers that grows, without an object for each of them. */
export class Numbers {
  #values = new Float64Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The numbers; some more may follow those that were set. */
  get values(): Float64Array {
    return this.#values;
  }

  /** Sets a number; the first one that is not set yet makes the list longer. */
  set(index: number, value: number): void {
    if (index >= this.#values.length) {
      const longer = new Float64Array(this.#values.length * 2);
      longer.set(this.#values);
      this.#values = longer;
    }
    this.#values[index] = value;
    this.#length = Math.max(this.#length, index + 1);
  }

  clear(): void {
    this.#length = 0;
  }
}
