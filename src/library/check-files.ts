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

/** What valid fixture and scenario files contain. */
export interface CheckedFiles {
  readonly projects: number;
  readonly users: number;
  readonly images: number;
  /** Scenarios of the given files, by name. */
  readonly scenarios: readonly {
    readonly name: string;
    readonly description: string;
    readonly rules: number;
    /** Warnings about rules that are valid but unusual. */
    readonly notes: readonly string[];
  }[];
}

/**
 * Checks fixture and scenario files against their schemas, each other and the contracts, without starting anything.
 * @throws InputError with all issues of all files.
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
  const fixtures = attempt(() => {
    const paths = files.fixtures ?? [];
    // Reads the default file anew, so that edits to it are checked too.
    const loaded = paths.length === 0 ? loadFixtures([DEFAULT_FIXTURES]) : fixturesNamed(paths);
    const issues = checkSettings(
      loaded,
      DIALECTS.map(({ contract }) => contract),
    );
    if (issues.length > 0) throw new InputError(paths.join(', '), issues);
    return loaded;
  }, undefined);
  const { operations } = new ScenarioLibrary({ operations: buildRoutes(DIALECTS).operations, shipped: null });
  const scenarios = attempt(() => loadScenarios(files.scenarios ?? [], operations), []);
  if (errors.length > 0) throw joined(errors);
  return {
    projects: fixtures?.projects.length ?? 0,
    users: fixtures?.users.length ?? 0,
    images: fixtures?.images.length ?? 0,
    scenarios: scenarios.map(({ name, description, rules, notes }) => ({
      name,
      description,
      rules: rules.length,
      notes,
    })),
  };
}

/**
 * Returns the users and projects of fixtures, with the ids that a Sideglance with this seed generates.
 * @throws InputError for invalid fixtures.
 */
export const directoryOf = (fixtures: readonly string[], seed: string = DEFAULT_SEED): Directory =>
  buildOrigin(fixturesNamed(fixtures), { seed, clock: new Clock() }).identity.directory;
