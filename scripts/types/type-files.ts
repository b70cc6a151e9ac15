import type { Contract } from '../../src/contract/contract.ts';
import type { JsonSchema } from '../../src/contract/schema.ts';
import { SCENARIO_SCHEMA } from '../../src/faults/scenario-file/scenario-schema.ts';
import { FIXTURES_SCHEMA } from '../../src/fixtures/fixture-schema.ts';
import { consoleTypes } from './console-types.ts';
import { typedSchema } from './typed-schema.ts';
import { operationTypes, schemaTypes } from './write-types.ts';

const OPERATIONS = 'src/input/types/operations.ts';
const SCENARIOS = 'src/input/types/scenarios.ts';
const FIXTURES = 'src/input/types/fixtures.ts';

/** What the schema of rules says only by examples. */
const RULE_MEMBERS = { 'match.operation': 'OperationPattern | OperationPattern[]' };

/** Names of definitions that would be too general as names of types. */
const RULE_NAMES = { match: 'ruleMatch', image: 'imageMatch', size: 'sizeMatch', states: 'scenarioStates' };
const FIXTURE_NAMES = Object.fromEntries(
  Object.keys(FIXTURES_SCHEMA['definitions'] as JsonSchema).map((name) => [name, `${name}Fixture`]),
);

const FIXTURES_TEXT = 'What a world starts with, as in a fixture file: images, users, projects, quotas and settings.';

/** Returns the generated TypeScript files, by path. */
export async function typeFiles(contracts: readonly Contract[]): Promise<readonly (readonly [string, string])[]> {
  const rules: JsonSchema = {
    type: 'object',
    additionalProperties: false,
    definitions: (SCENARIO_SCHEMA as JsonSchema)['definitions'],
  };
  return [
    [OPERATIONS, operationTypes(OPERATIONS, contracts)],
    [SCENARIOS, await schemaTypes(SCENARIOS, renamed(typedSchema(rules, RULE_MEMBERS), RULE_NAMES), 'Unused')],
    [
      FIXTURES,
      await schemaTypes(
        FIXTURES,
        renamed(typedSchema({ ...FIXTURES_SCHEMA, description: FIXTURES_TEXT }), FIXTURE_NAMES),
        'Fixtures',
      ),
    ],
    ...(await consoleTypes()),
  ];
}

/** Renames definitions, and the references to them. */
function renamed(schema: JsonSchema, names: Readonly<Record<string, string>>): JsonSchema {
  const text = JSON.stringify(schema).replace(
    /"#\/definitions\/(\w+)"/g,
    (_whole, name: string) => `"#/definitions/${names[name] ?? name}"`,
  );
  const { definitions, ...rest } = JSON.parse(text) as { readonly definitions: Readonly<Record<string, unknown>> };
  const entries = Object.entries(definitions).map(([name, definition]) => [names[name] ?? name, definition]);
  return { ...rest, definitions: Object.fromEntries(entries) };
}
