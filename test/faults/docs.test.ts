import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { DIALECTS } from '../../src/dialects/index.ts';
import { buildRoutes } from '../../src/dialects/routes.ts';
import { CORRUPTION_FORMS, CORRUPTIONS, FAULT_MEMBERS } from '../../src/faults/fault-kinds.ts';
import { parseArmedFault, parseScenario } from '../../src/faults/scenario-file/load.ts';
import { KnownOperations } from '../../src/faults/scenario-file/operations.ts';

const page = readFileSync(new URL('../../docs/faults.md', import.meta.url), 'utf8');
const known = new KnownOperations(buildRoutes(DIALECTS).operations);

const [scenario, phases] = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => parse(text as string));
/** Whether the page shows a member or value as code: `cut`, `corrupt: json`, `corrupt: { type`. */
const isListed = (text: string): boolean => page.includes(`\`${text}`) || page.includes(`{ ${text}:`);

/** The faults that the page shows as code, in tables and in the text about uploads. */
const documented = [...page.matchAll(/`((?:cut|stall|slow|corrupt|answer|received): [^`]+)`/g)].map(([, text]) => text);
/** Faults of uploads need an operation with an upload. */
const isOnUpload = (text: string): boolean => text.includes('on: request') || text.includes('received');

describe('docs/faults.md', () => {
  test('starts with a scenario that loads', () => {
    expect(parseScenario(scenario, 'the page', known).rules[0]?.sequence.map(({ kind }) => kind)).toEqual([
      'wire',
      'wire',
    ]);
  });

  test('shows a rule that loads for each phase', () => {
    const { rules } = parseScenario(phases, 'the page', known);
    expect(rules.map(({ phase }) => phase)).toEqual(['after', 'twice', { late: { polls: 2 } }]);
  });

  test('lists every kind of fault', () => {
    const missing = FAULT_MEMBERS.filter((member) => !isListed(`${member}:`) && !isListed(`${member}\``));
    expect(missing.map((member) => `Describe \`${member}:\` in docs/faults.md.`)).toEqual([]);
  });

  test('lists every kind of corruption', () => {
    const codeOf = (corruption: (typeof CORRUPTIONS)[number]): string =>
      CORRUPTION_FORMS[corruption] === 'word' ? `corrupt: ${corruption}` : `corrupt: { ${corruption}:`;
    const missing = CORRUPTIONS.map(codeOf).filter((code) => !isListed(code));
    expect(missing.map((code) => `Describe \`${code}\` in docs/faults.md.`)).toEqual([]);
  });

  test('shows only faults that load', () => {
    expect(new Set(documented).size).toBeGreaterThan(20);
    for (const text of documented) {
      const operation = isOnUpload(text as string) ? 'image-v2.uploadImageData' : 'rackspace-servers.deleteImage';
      const fault = parse(`{ ${text} }`);
      const rule = { match: { operation }, fault: { ...(fault.received !== undefined && { answer: 413 }), ...fault } };
      expect(parseArmedFault(rule, text as string, known).sequence).toHaveLength(1);
    }
  });
});
