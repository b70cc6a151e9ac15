import { describe, expect, test } from '@jest/globals';
import { DIALECTS } from '../../../src/dialects/index.ts';
import { buildRoutes } from '../../../src/dialects/routes.ts';
import { parseArmedFault, parseScenario } from '../../../src/faults/scenario-file/load.ts';
import { KnownOperations } from '../../../src/faults/scenario-file/operations.ts';

const known = new KnownOperations(buildRoutes(DIALECTS).operations);
const fault = { cut: 'reset' };
const armed = (match: object) => parseArmedFault({ match, fault }, 'this test', known).operations;
const inScenario = (match: object) =>
  parseScenario({ scenario: 'one', rules: [{ match, fault }] }, 'this test', known).rules[0]?.operations;

describe('a pattern of operations', () => {
  test.each(['image-v2.*', 'compute-v2.1.*', 'ims.*', 'identity.*', '*'])(
    '%s leaves out version discovery in one-off faults, and includes it in scenarios',
    (operation) => {
      const isDiscovery = (name: string): boolean => known.get(name)?.operation.isDiscovery === true;
      expect(armed({ operation }).some(isDiscovery)).toBe(false);
      expect(armed({ operation, discovery: true })).toEqual(inScenario({ operation }));
      expect(inScenario({ operation })?.some(isDiscovery)).toBe(true);
      expect(inScenario({ operation, discovery: false })).toEqual(armed({ operation }));
    },
  );

  test('leaves out discovery for rules that name no operation', () => {
    expect(armed({})).not.toContain('image-v2.listVersions');
    expect(armed({})).toContain('image-v2.listImages');
  });

  test('that matches nothing else is rejected', () => {
    expect(() => armed({ operation: 'image-v2.listVersions*' })).toThrow(
      '/match/operation: the rule can never match: the patterns match only operations of version discovery; found "image-v2.listVersions*"; allowed: discovery: true, or the full names of operations',
    );
  });
});

test('an operation of version discovery that is named in full always matches', () => {
  expect(armed({ operation: 'image-v2.listVersions' })).toEqual(['image-v2.listVersions']);
  expect(inScenario({ operation: 'image-v2.listVersions', discovery: false })).toEqual(['image-v2.listVersions']);
});
