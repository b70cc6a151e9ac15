import type { UnusedFault } from '../fault.ts';

/** How many removed faults that never fired are remembered. */
const MAX_UNUSED = 1000;
/** How many rules that fired are remembered. */
const MAX_FIRED = 10_000;

/**
 * Remembers the faults of one world that were removed before they fired, and the rules that fired. The counters cannot tell
 * this, because they start again when a scenario is enabled or the world is reset.
 */
export class UnusedFaultLog {
  /** The oldest first. */
  #unused: readonly UnusedFault[] = [];
  /** `scenario/rule` of the rules that fired; the one that fired longest ago is first. */
  readonly #fired = new Set<string>();

  /** Records that a rule fired. */
  noteUsed({ scenario, rule }: Pick<UnusedFault, 'scenario' | 'rule'>): void {
    const key = `${scenario}/${rule}`;
    this.#fired.delete(key);
    if (this.#fired.size >= MAX_FIRED) this.#fired.delete(this.#fired.values().next().value as string);
    this.#fired.add(key);
  }

  /** Records faults that are removed and have not fired. */
  noteUnused(faults: readonly UnusedFault[]): void {
    if (faults.length > 0) this.#unused = [...this.#unused, ...faults].slice(-MAX_UNUSED);
  }

  /**
   * All faults that never fired, each once. A rule that fired at another time is not included.
   * @param armed - the faults that are armed now and have not fired.
   */
  all(armed: readonly UnusedFault[]): readonly UnusedFault[] {
    const unused = [...this.#unused, ...armed].filter(({ scenario, rule }) => !this.#fired.has(`${scenario}/${rule}`));
    return [...new Map(unused.map((one) => [`${one.scenario}/${one.rule} ${one.operations.join()}`, one])).values()];
  }
}
