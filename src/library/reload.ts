import type { Emulator } from '../emulator.ts';
import { loadFixtures } from './options.ts';
import type { SideglanceOptions } from './sideglance-options.ts';

/** What `reload` loads again; everything when omitted. */
export interface ReloadParts {
  readonly fixtures?: boolean;
  readonly scenarios?: boolean;
}

/** What `reload` has changed. */
export interface Reloaded {
  /** Whether the default world was reset to fixtures that were loaded again. */
  readonly fixtures: boolean;
  /** Names of the scenarios that have changed, those that are new or gone included. */
  readonly scenarios: readonly string[];
}

/** Returns the method that loads files again. @param options - those that the emulator was created from. */
export const reloader =
  (emulator: Emulator, options: SideglanceOptions) =>
  (parts: ReloadParts = { fixtures: true, scenarios: true }): Reloaded => {
    const { fixtures, state } = options;
    // Read before anything changes, so that an invalid file changes nothing.
    const set =
      parts.fixtures === true && fixtures !== undefined && state === undefined ? loadFixtures(fixtures) : undefined;
    const scenarios = parts.scenarios === true ? emulator.reloadScenarios() : [];
    if (set !== undefined) emulator.replaceFixtures(set);
    return { fixtures: set !== undefined, scenarios };
  };
