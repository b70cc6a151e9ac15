import { DIALECTS } from '../dialects/index.ts';
import { buildRoutes } from '../dialects/routes.ts';
import { Clock } from '../domain/clock.ts';
import { ScenarioLibrary } from '../faults/scenario-file/library.ts';
import { loadScenarios } from '../faults/scenario-file/load.ts';
import { buildOrigin, DEFAULT_SEED } from '../fixtures/build-origin.ts';
import { DEFAULT_FIXTURES, fixturesNamed } from '../fixtures/default-fixtures.ts';
import { loadFixtures } from '../fixtures/fixture-file.ts';
import { checkSettings } from '../fixtures/settings.ts';
import type { Directory } from '../identity/directory/directory.ts';
import { InputError, joined } from '../input/input-error.ts';

/** What fixture and scenario files hold, once they were found to be as they should be. */
export interface CheckedFiles {
  readonly projects: number;
  readonly users: number;
  readonly images: number;
  /** Those of the files given, by name. */
  readonly scenarios: readonly {
    readonly name: string;
    readonly description: string;
    readonly rules: number;
    /** What is odd about it, though it is not wrong: where, and what. */
    readonly notes: readonly string[];
  }[];
}

/**
 * Holds fixture and scenario files against their schemas, each other and the contracts. Nothing is started.
 * @throws InputError with everything that is wrong with all of them.
 */
export function checkFiles(files: {
  readonly fixtures?: readonly string[];
  readonly scenarios?: readonly string[];
}): CheckedFiles {
  const errors: InputError[] = [];
  const attempt = <T>(check: () => T, otherwise: T): T => {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      errors.push(error);
      return otherwise;
    }
  };
  const set = attempt(() => {
    const paths = files.fixtures ?? [];
    // The default file is read as it stands too: whoever edits it wants to know.
    const found = paths.length === 0 ? loadFixtures([DEFAULT_FIXTURES]) : fixturesNamed(paths);
    const issues = checkSettings(
      found,
      DIALECTS.map(({ contract }) => contract),
    );
    if (issues.length > 0) throw new InputError(paths.join(', '), issues);
    return found;
  }, undefined);
  const { operations } = new ScenarioLibrary({ operations: buildRoutes(DIALECTS).operations, shipped: null });
  const scenarios = attempt(() => loadScenarios(files.scenarios ?? [], operations), []);
  if (errors.length > 0) throw joined(errors);
  return {
    projects: set?.projects.length ?? 0,
    users: set?.users.length ?? 0,
    images: set?.images.length ?? 0,
    scenarios: scenarios.map(({ name, description, rules, notes }) => ({
      name,
      description,
      rules: rules.length,
      notes,
    })),
  };
}

/**
 * Who there is in a world of these fixtures and that seed; as a Sideglance started with the same would have it.
 * @throws InputError
 */
export const directoryOf = (fixtures: readonly string[], seed: string = DEFAULT_SEED): Directory =>
  buildOrigin(fixturesNamed(fixtures), { seed, clock: new Clock() }).identity.directory;
