import { normalAddress } from '../web.ts';

/** How often one address may be the target of a redirect, and how many different targets there may be. */
const MAX_REPEATS = 4;
const MAX_TARGETS = 10;

/** Follows the redirects of one download, within the limits of the service. */
export class Redirects {
  readonly #visits = new Map<string, number>();
  #uncounted = 0;

  /**
   * Counts redirects whose addresses do not matter, each to another one.
   * @throws Error past the limit.
   */
  pass(count: number): void {
    this.#uncounted += count;
    if (this.#visits.size + this.#uncounted > MAX_TARGETS) throw new Error(`${count} redirects are too many`);
  }

  /**
   * Returns the target of a redirect.
   * @param target - an address, which may be relative.
   * @throws Error for a target that is no HTTP address, and past the limits.
   */
  follow(from: string, target: string): string {
    const address = URL.canParse(target, from) ? normalAddress(new URL(target, from).href) : undefined;
    if (address === undefined) throw new Error(`${from} redirects to ${target}`);
    const visits = this.#visits.get(address) ?? 0;
    if (visits >= MAX_REPEATS || this.#visits.size + this.#uncounted >= MAX_TARGETS) {
      throw new Error(`${from} redirects too often`);
    }
    this.#visits.set(address, visits + 1);
    return address;
  }
}
