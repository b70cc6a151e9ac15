import type { UnusedFault } from '../fault.ts';

/** How many faults that were taken away unmet are remembered. */
const MAX_UNUSED = 1000;

/**
 * What was armed in one world and taken away before any call had met it, and which rules did something: more than the
 * counts tell, which begin anew whenever a scenario is enabled or the world is reset.
 */
export class UnusedFaultLog {
  /** The oldest first. */
  #unused: readonly UnusedFault[] = [];
  /** `scenario/rule`. */
  readonly #met = new Set<string>();

  noteUsed({ scenario, rule }: Pick<UnusedFault, 'scenario' | 'rule'>): void {
    this.#met.add(`${scenario}/${rule}`);
  }

  noteUnused(faults: readonly UnusedFault[]): void {
    if (faults.length > 0) this.#unused = [...this.#unused, ...faults].slice(-MAX_UNUSED);
  }

  /**
   * All that no call met, each once; a rule that did something another time is not among them.
   * @param armed - what is armed now and has done nothing yet.
   */
  all(armed: readonly UnusedFault[]): readonly UnusedFault[] {
    const unmet = [...this.#unused, ...armed].filter(({ scenario, rule }) => !this.#met.has(`${scenario}/${rule}`));
    return [...new Map(unmet.map((one) => [`${one.scenario}/${one.rule} ${one.operations.join()}`, one])).values()];
  }
}
