/** How many recent texts are compared with a new one. A power of two. */
const SLOTS = 64;

/** Recent texts of a journal, so that entries with equal texts can share one string. */
export class RecentTexts {
  readonly #texts: string[] = new Array<string>(SLOTS).fill('');

  /** Returns the string of an equal recent text. If there is none, remembers the text and returns `undefined`. */
  find(text: string): string | undefined {
    const { length } = text;
    const slot = length === 0 ? 0 : (length * 5 + text.charCodeAt(length - 1)) % SLOTS;
    const recent = this.#texts[slot] as string;
    if (recent === text) return recent;
    this.#texts[slot] = text;
    return undefined;
  }
}
