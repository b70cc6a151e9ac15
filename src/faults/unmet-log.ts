import type { UnmetFault } from './fault.ts';

/** How many faults that were taken away unmet are remembered. */
const MOST_UNMET = 1000;

/**
 * What was armed in one world and taken away before any call had met it, and which rules did something: more than the
 * counts tell, which begin anew whenever a scenario is enabled or the world is reset.
 */
export class UnmetLog {
  /** The oldest first. */
  #unmet: readonly UnmetFault[] = [];
  /** `scenario/rule`. */
  readonly #met = new Set<string>();

  noteMet({ scenario, rule }: Pick<UnmetFault, 'scenario' | 'rule'>): void {
    this.#met.add(`${scenario}/${rule}`);
  }

  noteUnmet(faults: readonly UnmetFault[]): void {
    if (faults.length > 0) this.#unmet = [...this.#unmet, ...faults].slice(-MOST_UNMET);
  }

  /**
   * All that no call met, each once; a rule that did something another time is not among them.
   * @param armed - what is armed now and has done nothing yet.
   */
  all(armed: readonly UnmetFault[]): readonly UnmetFault[] {
    const unmet = [...this.#unmet, ...armed].filter(({ scenario, rule }) => !this.#met.has(`${scenario}/${rule}`));
    return [...new Map(unmet.map((one) => [`${one.scenario}/${one.rule} ${one.operations.join()}`, one])).values()];
  }
}
