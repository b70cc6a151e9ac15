/** Generates scenario files, schemas and pages from the contracts. */
import type { Contract } from '../src/contract/contract.ts';
import { GENERATED_SCENARIOS, SHIPPED_SCENARIOS } from '../src/faults/scenario-file/library.ts';
import { PARSED_SCENARIOS, parseScenarioFiles } from '../src/faults/scenario-file/precompiled.ts';
import { SCENARIO_FILE_SCHEMA } from '../src/faults/scenario-file/scenario-schema.ts';
import { filesAt } from '../src/input/input-document.ts';
import { conductPage } from './conduct-page.ts';
import { coveragePage } from './coverage-page.ts';
import { libraryPage } from './scenario-library.ts';
import { referencePage } from './scenario-reference.ts';

interface ScenarioDocument {
  readonly scenario: string;
  readonly description: string;
  readonly expect?: string;
  readonly enabled?: boolean;
  readonly rules: readonly unknown[];
}

/** Returns a scenario for each documented status of each operation of a contract: `image-v2.deleteImage.403`. */
export const answerScenarios = (contract: Contract): readonly ScenarioDocument[] =>
  Object.entries(contract.operations).flatMap(([id, { summary, statuses }]) =>
    statuses.map((status) => ({
      scenario: `${contract.name}.${id}.${status}`,
      description: `${summary.replace(/\.$/, '')}: returns ${status}.`,
      rules: [{ match: { operation: `${contract.name}.${id}` }, fault: { answer: status } }],
    })),
  );

/** Operations with trigger images, and the group of digits in the ids of these images. */
const TRIGGERED = [
  { operation: 'deleteImage', group: '8000' },
  { operation: 'showImage', group: '8001' },
] as const;

/** Returns the id of the trigger image for a status. */
export const triggerImageId = (operation: (typeof TRIGGERED)[number]['operation'], status: number): string =>
  `00000000-0000-4000-${operation === 'deleteImage' ? '8000' : '8001'}-${String(status).padStart(12, '0')}`;

/** Returns the scenario behind the trigger images: each image returns its status where it is documented. */
export function triggerImages(contracts: readonly Contract[]): ScenarioDocument {
  const rules = TRIGGERED.flatMap(({ operation }) => {
    const supporting = contracts.filter((contract) => contract.operations[operation] !== undefined);
    const statuses = new Set(supporting.flatMap((contract) => contract.operations[operation]?.statuses ?? []));
    return [...statuses]
      .filter((status) => status >= 400)
      .sort((a, b) => a - b)
      .map((status) => ({
        match: {
          operation: supporting
            .filter((contract) => contract.operations[operation]?.statuses.includes(status))
            .map(({ name }) => `${name}.${operation}`),
          image: { id: triggerImageId(operation, status) },
        },
        fault: { answer: status },
      }));
  });
  return {
    scenario: 'trigger-images',
    description:
      'Images whose id selects an error: deleting 00000000-0000-4000-8000-000000000409 returns 409, showing ' +
      '00000000-0000-4000-8001-000000000404 returns 404, in every API that documents this status there.',
    expect: 'Handles each documented error of delete and show as the document of its API describes it.',
    enabled: true,
    rules,
  };
}

/** Formats JSON with one scenario (or one rule of a single scenario) a line, so that diffs are readable. */
export function toText(value: ScenarioDocument | readonly ScenarioDocument[]): string {
  if ('rules' in value) {
    const { rules, ...head } = value;
    const lines = rules.map((rule) => `  ${JSON.stringify(rule)}`).join(',\n');
    return `${JSON.stringify(head, null, 1).replace(/\n}$/, '')},\n "rules": [\n${lines}\n ]\n}\n`;
  }
  return `[\n${value.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`;
}

/** Returns the parsed YAML files, one a line. */
function parsedText(): string {
  const files = filesAt([SHIPPED_SCENARIOS]).filter((file) => file.endsWith('.yaml'));
  const lines = Object.entries(parseScenarioFiles(files)).map(
    ([name, parsed]) => `${JSON.stringify(name)}:${JSON.stringify(parsed)}`,
  );
  return `{\n${lines.join(',\n')}\n}\n`;
}

/** Returns the schema of scenario files, with operation names as examples that editors complete. */
function publishedSchema(contracts: readonly Contract[]): unknown {
  const names = contracts.flatMap(({ name, operations }) => Object.keys(operations).map((id) => `${name}.${id}`));
  const schema = structuredClone(SCENARIO_FILE_SCHEMA) as {
    definitions: { match: { properties: { operation: { examples?: unknown; items: { examples?: unknown } } } } };
  };
  const { operation } = schema.definitions.match.properties;
  operation.examples = names;
  operation.items.examples = names;
  return schema;
}

/** Returns all generated files, by path below the root of the project. */
export function generatedFiles(contracts: readonly Contract[]): ReadonlyMap<string, string> {
  return new Map([
    ...contracts.map(
      (contract) =>
        [`scenarios/${GENERATED_SCENARIOS}/${contract.name}.json`, toText(answerScenarios(contract))] as const,
    ),
    ['scenarios/trigger-images.json', toText(triggerImages(contracts))] as const,
    [`scenarios/${PARSED_SCENARIOS}`, parsedText()] as const,
    ['docs/coverage.md', coveragePage(contracts)] as const,
    ['docs/scenario-library.md', libraryPage()] as const,
    ['docs/conduct.md', conductPage()] as const,
    ['docs/scenario-reference.md', referencePage(SCENARIO_FILE_SCHEMA)] as const,
    ['schemas/scenario.schema.json', `${JSON.stringify(publishedSchema(contracts), null, 2)}\n`] as const,
  ]);
}
