import type { Emulator } from '../emulator.ts';
import { loadFixtures } from './options.ts';
import type { Reloaded, ReloadParts } from './sideglance.ts';
import type { SideglanceOptions } from './sideglance-options.ts';

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
