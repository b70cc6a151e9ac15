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

/** An example as a whole scenario: some are the rules of one, some a part of a rule. */
function whole(example: unknown): unknown {
  if (Array.isArray(example)) return { scenario: 'example', rules: example };
  if (Object.hasOwn(example as object, 'scenario')) return example;
  return {
    scenario: 'example',
    rules: [{ match: { operation: 'rackspace-servers.deleteImage' }, ...(example as object) }],
  };
}

test.each(examples.map((example, index) => [index + 1, example]))(
  'example %i of the page on scenarios is one',
  (_number, example) => {
    expect(parseScenario(whole(example), 'docs/scenarios.md', known).rules.length).toBeGreaterThan(0);
  },
);

test('the page on scenarios has examples of all that it tells', () => {
  const text = JSON.stringify(examples);
  for (const member of ['calls', 'sequence', 'limit', 'observed', 'states', 'when', 'goto', 'phase']) {
    expect(text).toContain(`"${member}"`);
  }
});
