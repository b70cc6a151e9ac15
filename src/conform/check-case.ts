import type { Json } from '../base/json.ts';
import { DIALECTS } from '../dialects/index.ts';
import { buildRoutes } from '../dialects/routes.ts';
import { parseScenario } from '../faults/scenario-file/load.ts';
import { KnownOperations } from '../faults/scenario-file/operations.ts';
import { fixturesOf } from '../fixtures/default-fixtures.ts';
import type { FixtureSet } from '../fixtures/fixture-set.ts';
import { InputError, type InputIssue } from '../input/input-error.ts';
import type { ConformCase } from './case.ts';
import { CASE_SCENARIO, scenarioOf } from './case-world.ts';

const operations = (): KnownOperations => KnownOperations.of(buildRoutes(DIALECTS).operations);

/** Returns what is wrong with a case that the schema cannot express. Pointers begin at the case. */
export function checkCase(one: ConformCase): readonly InputIssue[] {
  const { fixtures, issues } = readWorld(one);
  return [
    ...issues,
    ...checkFaults(one),
    ...checkProof(one),
    ...(fixtures === undefined ? [] : checkInputs(one, fixtures)),
  ];
}

/** Returns what is wrong with the fixtures that all cases of a file share. Pointers begin at the file. */
export const checkWorld = (world: Json): readonly InputIssue[] => readWorld({ world }).issues;

function readWorld({ world }: Pick<ConformCase, 'world'>): {
  readonly fixtures?: FixtureSet;
  readonly issues: readonly InputIssue[];
} {
  try {
    return { fixtures: fixturesOf(world), issues: [] };
  } catch (error) {
    return { issues: issuesIn(error, '/world', '') };
  }
}

function checkFaults(one: ConformCase): readonly InputIssue[] {
  if (one.faults.length === 0) return [];
  try {
    parseScenario(scenarioOf(one), CASE_SCENARIO, operations());
    return [];
  } catch (error) {
    return issuesIn(error, '/faults', '/rules');
  }
}

function issuesIn(error: unknown, pointer: string, prefix: string): readonly InputIssue[] {
  if (!(error instanceof InputError)) throw error;
  return error.issues.map((issue) => ({ ...issue, pointer: pointer + issue.pointer.replace(prefix, '') }));
}

/** Without a fault, and without a request that must have been met, every client would get a verdict. */
function checkProof({ faults, met }: ConformCase): readonly InputIssue[] {
  if (faults.length > 0 || met.length > 0) return [];
  return [{ pointer: '', message: 'has neither faults nor met', allowed: 'faults, met, or both' }];
}

function checkInputs(
  { inputs, user }: ConformCase,
  { images, servers, projects, users }: FixtureSet,
): readonly InputIssue[] {
  const names = (list: readonly { readonly name?: string | null | undefined }[]): readonly string[] =>
    list.flatMap(({ name }) => (typeof name === 'string' ? [name] : []));
  return [
    ...unknown('/inputs/image', inputs.image, names(images)),
    ...unknown('/inputs/server', inputs.server, names(servers)),
    ...unknown('/inputs/member', inputs.member, names(projects)),
    ...unknown('/user', user, names(users)),
  ];
}

const unknown = (pointer: string, found: string | undefined, allowed: readonly string[]): readonly InputIssue[] =>
  found === undefined || allowed.includes(found)
    ? []
    : [{ pointer, message: 'is not in the world of the case', found, allowed }];
