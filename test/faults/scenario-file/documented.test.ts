import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { DIALECTS } from '../../../src/dialects/index.ts';
import { buildRoutes } from '../../../src/dialects/routes.ts';
import { parseScenario } from '../../../src/faults/scenario-file/load.ts';
import { KnownOperations } from '../../../src/faults/scenario-file/operations.ts';

const page = readFileSync(new URL('../../../docs/scenarios.md', import.meta.url), 'utf8');
const known = new KnownOperations(buildRoutes(DIALECTS).operations);
const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => parse(text as string) as unknown);

/** Completes an example to a scenario. Some examples are lists of rules, some are parts of a rule. */
function toScenario(example: unknown): unknown {
  if (Array.isArray(example)) return { scenario: 'example', rules: example };
  if (Object.hasOwn(example as object, 'scenario')) return example;
  return {
    scenario: 'example',
    rules: [{ match: { operation: 'rackspace-servers.deleteImage' }, ...(example as object) }],
  };
}

test.each(examples.map((example, index) => [index + 1, example]))(
  'example %i of docs/scenarios.md loads',
  (_number, example) => {
    expect(parseScenario(toScenario(example), 'docs/scenarios.md', known).rules.length).toBeGreaterThan(0);
  },
);

test('docs/scenarios.md has examples of all features', () => {
  const text = JSON.stringify(examples);
  for (const member of ['calls', 'sequence', 'limit', 'observed', 'states', 'when', 'goto', 'phase']) {
    expect(text).toContain(`"${member}"`);
  }
});
