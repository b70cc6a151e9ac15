/** The scenario files that are made from the contracts. */
import type { Contract } from '../src/contract/contract.ts';
import { SHIPPED_SCENARIOS } from '../src/faults/scenario-file/library.ts';
import { PARSED_SCENARIOS, parseScenarioFiles } from '../src/faults/scenario-file/precompiled.ts';
import { SCENARIO_FILE_SCHEMA } from '../src/faults/scenario-file/scenario-schema.ts';
import { filesAt } from '../src/input/input-document.ts';
import { coveragePage } from './coverage-page.ts';
import { libraryPage } from './scenario-library.ts';
import { referencePage } from './scenario-reference.ts';

interface Written {
  readonly scenario: string;
  readonly description: string;
  readonly expect?: string;
  readonly enabled?: boolean;
  readonly rules: readonly unknown[];
}

/** One scenario for each documented answer of each operation of a contract: `image-v2.deleteImage.403`. */
export const answerScenarios = (contract: Contract): readonly Written[] =>
  Object.entries(contract.operations).flatMap(([id, { summary, statuses }]) =>
    statuses.map((status) => ({
      scenario: `${contract.name}.${id}.${status}`,
      description: `${summary}: answers ${status}.`,
      rules: [{ match: { operation: `${contract.name}.${id}` }, fault: { answer: status } }],
    })),
  );

/** Operations that trigger images act on, and the group of digits that tells their images apart. */
const TRIGGERED = [
  { operation: 'deleteImage', group: '8000' },
  { operation: 'showImage', group: '8001' },
] as const;

/** Id of the image that answers a status. */
export const triggerImageId = (operation: (typeof TRIGGERED)[number]['operation'], status: number): string =>
  `00000000-0000-4000-${operation === 'deleteImage' ? '8000' : '8001'}-${String(status).padStart(12, '0')}`;

/** The scenario behind the trigger images: each answers its status wherever that is documented. */
export function triggerImages(contracts: readonly Contract[]): Written {
  const rules = TRIGGERED.flatMap(({ operation }) => {
    const offering = contracts.filter((contract) => contract.operations[operation] !== undefined);
    const statuses = new Set(offering.flatMap((contract) => contract.operations[operation]?.statuses ?? []));
    return [...statuses]
      .filter((status) => status >= 400)
      .sort((a, b) => a - b)
      .map((status) => ({
        match: {
          operation: offering
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
      'Images whose id names the answer: deleting 00000000-0000-4000-8000-000000000409 answers 409, showing ' +
      '00000000-0000-4000-8001-000000000404 answers 404, in every API that documents that answer there.',
    expect: 'Handles each documented error of delete and show as the document of its API has it.',
    enabled: true,
    rules,
  };
}

/** JSON with a scenario on each line (or a rule on each, for one scenario), to be read and compared line by line. */
export function toText(value: Written | readonly Written[]): string {
  if ('rules' in value) {
    const { rules, ...head } = value;
    const lines = rules.map((rule) => `  ${JSON.stringify(rule)}`).join(',\n');
    return `${JSON.stringify(head, null, 1).replace(/\n}$/, '')},\n "rules": [\n${lines}\n ]\n}\n`;
  }
  return `[\n${value.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`;
}

/** The YAML files as they are parsed, a line each. */
function parsedText(): string {
  const files = filesAt([SHIPPED_SCENARIOS]).filter((file) => file.endsWith('.yaml'));
  const lines = Object.entries(parseScenarioFiles(files)).map(
    ([name, parsed]) => `${JSON.stringify(name)}:${JSON.stringify(parsed)}`,
  );
  return `{\n${lines.join(',\n')}\n}\n`;
}

/** The schema of scenario files, with the names of all operations for editors to offer. */
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

/** All files that are made, by path below the root of the project. */
export function generatedFiles(contracts: readonly Contract[]): ReadonlyMap<string, string> {
  return new Map([
    ...contracts.map(
      (contract) => [`scenarios/answers/${contract.name}.json`, toText(answerScenarios(contract))] as const,
    ),
    ['scenarios/trigger-images.json', toText(triggerImages(contracts))] as const,
    [`scenarios/${PARSED_SCENARIOS}`, parsedText()] as const,
    ['docs/coverage.md', coveragePage(contracts)] as const,
    ['docs/scenario-library.md', libraryPage()] as const,
    ['docs/scenario-reference.md', referencePage(SCENARIO_FILE_SCHEMA)] as const,
    ['schemas/scenario.schema.json', `${JSON.stringify(publishedSchema(contracts), null, 2)}\n`] as const,
  ]);
}
