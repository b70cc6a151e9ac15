import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { compile } from '../../../src/contract/schema.ts';
import { ScenarioLibrary } from '../../../src/faults/scenario-file/library.ts';
import { loadScenarios, parseArmedFault, parseScenario } from '../../../src/faults/scenario-file/load.ts';
import { SCENARIO_FILE_SCHEMA } from '../../../src/faults/scenario-file/scenario-schema.ts';
import { KNOWN, OPERATIONS, ruleError, scenarioError } from '../support.ts';

const directories: string[] = [];
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
});

function directoryOf(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'sideglance-'));
  directories.push(directory);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return directory;
}

const match = { operation: 'red.deleteImage' };
const fault = { answer: 409 };

describe('scenario files', () => {
  test('contain one scenario or a list, in YAML or JSON, and load in the order of the files', () => {
    const directory = directoryOf({
      'b.yaml': `
- scenario: slow
  description: Slow.
  enabled: true
  rules: [{ match: { operation: "red.*" }, fault: { delay: 2s } }]
- scenario: over-limit
  description: Over limit twice.
  expect: Waits as long as Retry-After says.
  rules:
    - match: { operation: [red.deleteImage, red.createImage], user: demo }
      calls: { per: user, to: 2 }
      phase: after
      fault: { answer: 413, retryAfter: { date: 7 }, message: "Slow down." }
`,
      'a.json': JSON.stringify({
        scenario: 'gone',
        rules: [{ match: { operation: '*.deleteImage' }, fault: { answer: 404 } }],
      }),
      'ignored.txt': '{',
    });
    const scenarios = loadScenarios([directory], KNOWN);
    expect(scenarios.map(({ name, isEnabled, place }) => [name, isEnabled, place])).toEqual([
      ['gone', false, join(directory, 'a.json')],
      ['slow', true, join(directory, 'b.yaml')],
      ['over-limit', false, join(directory, 'b.yaml')],
    ]);
    expect(scenarios[0]?.rules[0]?.operations).toEqual(['red.deleteImage', 'blue-v1.2.deleteImage']);
    expect(scenarios[2]?.expect).toBe('Waits as long as Retry-After says.');
    expect(scenarios[2]?.rules).toEqual([
      {
        operations: ['red.deleteImage', 'red.createImage'],
        match: { user: 'demo' },
        calls: { per: 'user', to: 2 },
        stage: 'after-auth',
        phase: 'after',
        sequence: [{ kind: 'answer', status: 413, retryAfter: { shape: 'date', seconds: 7 }, message: 'Slow down.' }],
        ending: 'last',
      },
    ]);
  });

  test.each([
    [3, { shape: 'seconds', seconds: 3 }],
    [{ date: 3 }, { shape: 'date', seconds: 3 }],
    ['absent', { shape: 'absent' }],
    ['malformed', { shape: 'malformed', value: 'soon' }],
    [{ malformed: '-1' }, { shape: 'malformed', value: '-1' }],
  ])('accept %j as Retry-After', (retryAfter, shape) => {
    const parsed = parseScenario(
      { scenario: 'one', rules: [{ match, fault: { ...fault, retryAfter } }] },
      'this test',
      KNOWN,
    );
    expect(parsed.rules[0]?.sequence[0]).toMatchObject({ retryAfter: shape });
  });

  test('are rejected with file, line, pointer, the value found and the allowed values', () => {
    const file = join(
      directoryOf({
        'bad.yaml': `scenario: one
rules:
  - match: { operation: red.deletImage }
    fault: { answer: 409 }
`,
      }),
      'bad.yaml',
    );
    expect(() => loadScenarios([file], KNOWN)).toThrow(
      `${file}:\n  line 3, /rules/0/match/operation: no operation has this name; did you mean "red.deleteImage"?` +
        '; found "red.deletImage"; allowed: dialect.operation, with * on either side',
    );
  });

  test('are rejected with all errors of all scenarios', () => {
    const directory = directoryOf({
      'bad.json': JSON.stringify([
        { scenario: 'one', rule: [], rules: [{ match, fault }] },
        { scenario: 'two', rules: [{ match, fault: { answer: 418 } }] },
      ]),
    });
    const load = () => loadScenarios([directory], KNOWN);
    expect(load).toThrow('/0/rule: unknown member "rule"; did you mean "rules"?');
    expect(load).toThrow('/1/rules/0/fault/answer: is not documented for red.deleteImage');
  });

  test('are rejected when two have the same name, with the file of the first', () => {
    const text = JSON.stringify({ scenario: 'one', rules: [{ match, fault }] });
    const directory = directoryOf({ 'a.json': text, 'b.json': text });
    expect(() => loadScenarios([directory], KNOWN)).toThrow(
      `b.json:\n  line 1, /scenario: another scenario has this name, in ${join(directory, 'a.json')}`,
    );
  });

  test('are rejected when missing, malformed or empty', () => {
    expect(() => loadScenarios(['/nowhere/x.yaml'], KNOWN)).toThrow('/nowhere/x.yaml:\n  (document): file not found');
    const directory = directoryOf({ 'a.yaml': 'scenario: [', 'b.json': '[]' });
    expect(() => loadScenarios([join(directory, 'a.yaml')], KNOWN)).toThrow('cannot be parsed');
    expect(() => loadScenarios([join(directory, 'b.json')], KNOWN)).toThrow('contains no scenario');
  });
});

describe('parsing a scenario rejects', () => {
  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['a misspelled operation', { match: { operation: 'red.deleteImag' }, fault }, 'did you mean "red.deleteImage"?'],
    [
      'a misspelled dialect',
      { match: { operation: 'blu-v1.2.deleteImage' }, fault },
      'did you mean "blue-v1.2.deleteImage"?',
    ],
    ['a glob with a misspelled dialect', { match: { operation: 'blue-v1.3.*' }, fault }, 'did you mean "blue-v1.2.*"?'],
    [
      'a glob with a misspelled operation',
      { match: { operation: '*.deleteImages' }, fault },
      'did you mean "*.deleteImage"?',
    ],
    [
      'a list with one unknown operation',
      { match: { operation: ['red.showImage', 'red.x'] }, fault },
      '/rules/0/match/operation/1',
    ],
    ['a method that the operation does not have', { match: { ...match, method: 'POST' }, fault }, 'allowed: DELETE'],
    [
      'an image condition for operations without an image',
      { match: { operation: 'red.listImages', image: { name: 'x' } }, fault },
      '/rules/0/match/image',
    ],
    [
      'a user condition for operations without a token',
      { match: { operation: '*.logIn', user: 'x' }, fault: { answer: 401 } },
      '/rules/0/match/user',
    ],
    ['a status below 200', { match, fault: { answer: 99 } }, '/rules/0/fault/answer: must be >= 200'],
    [
      'an undocumented status',
      { match, fault: { answer: 500 } },
      'red.deleteImage; add "undocumented: true" to the rule to allow it; found 500; allowed: 204, 403, 404, 409, 413, 503',
    ],
    [
      'a status that one of several operations does not document',
      { match: { operation: '*.deleteImage' }, fault },
      'is not documented for blue-v1.2.deleteImage;',
    ],
    [
      'an undocumented status in a sequence',
      { match, sequence: [fault, { answer: 502 }] },
      '/rules/0/sequence/1/answer',
    ],
    ['"from" greater than "to"', { match, fault, calls: { from: 3, to: 2 } }, '"from" is greater than "to"'],
    ['"every" without a multiple in the range', { match, fault, calls: { every: 5, to: 4 } }, 'no multiple of 5'],
    [
      '"only" with requests outside the range',
      { match, fault, calls: { only: [1, 2], from: 3 } },
      '/rules/0/calls/only',
    ],
    ['an empty "only"', { match, fault, calls: { only: [] } }, '/rules/0/calls/only'],
    ['"every" of zero', { match, fault, calls: { every: 0 } }, '/rules/0/calls/every: must be >= 1'],
    ['a chance of zero', { match, fault, calls: { chance: 0 } }, '/rules/0/calls/chance'],
    [
      'an unknown value of per',
      { match, fault, calls: { per: 'imag' } },
      'did you mean "image"?; found "imag"; allowed: rule, image, project, user, client',
    ],
    [
      'an unknown status of an image',
      { match: { ...match, image: { status: 'activ' } }, fault },
      'did you mean "active"?',
    ],
    ['an unknown member', { match: { ...match, imag: {} }, fault }, 'did you mean "image"?'],
    ['an unknown kind of fault', { match, fault: { freeze: true } }, 'unknown member "freeze"'],
    ['neither fault nor sequence', { match }, '/rules/0: has no fault; allowed: fault, sequence'],
    ['both fault and sequence', { match, fault, sequence: [fault] }, 'has both a fault and a sequence'],
    ['a sequence without a fault', { match, sequence: ['repeat'] }, 'contains no fault'],
    [
      'repeat before the end of a sequence',
      { match, sequence: ['repeat', fault] },
      '/rules/0/sequence/0: is allowed at the end of a sequence only',
    ],
    [
      'a message without a response',
      { match, fault: { delay: 1, message: 'x' } },
      '/rules/0/fault/message: describes a response',
    ],
    ['a delay with an unknown unit', { match, fault: { delay: '2h' } }, '/rules/0/fault/delay'],
    ['a delay that is too long', { match, fault: { delay: '61m' } }, 'is too long'],
    [
      'a uniform delay whose range is reversed',
      { match, fault: { delay: { uniform: { from: 2, to: 1 } } } },
      '"from" is greater than "to"',
    ],
    [
      'an unknown form of Retry-After',
      { match, fault: { ...fault, retryAfter: 'later' } },
      '/rules/0/fault/retryAfter',
    ],
    [
      'a header value with a line break',
      { match, fault: { ...fault, headers: { A: 'b\r\nc' } } },
      '/rules/0/fault/headers/A',
    ],
    ['an invalid header name', { match, fault: { ...fault, headers: { 'a b': 'c' } } }, '/rules/0/fault/headers'],
    ['a rule without a match', { fault }, 'the member "match" is missing'],
    ['a code for an API without codes', { match, fault: { ...fault, code: 'BAD.1' } }, 'have no codes'],
    [
      'an unknown code',
      { match: { operation: 'coded.showImage' }, fault: { answer: 404, code: 'BAD.3' } },
      '/rules/0/fault/code: is not a code of coded.showImage; found "BAD.3"; allowed: BAD.1',
    ],
    [
      'a code for several APIs of which one has no codes',
      { match: { operation: '*.showImage' }, fault: { answer: 404, code: 'BAD.1' } },
      'errors of red.showImage have no codes',
    ],
    [
      'a problem of an operation without named reasons',
      { match, fault: { ...fault, problem: 'image-protected' } },
      'has no named reasons for',
    ],
    [
      'an unknown problem',
      { match: { operation: 'coded.showImage' }, fault: { answer: 404, problem: 'image-gone' } },
      '/rules/0/fault/problem: is not a reason for 404 of coded.showImage; found "image-gone"; allowed: image-not-found',
    ],
    [
      'a misspelt problem',
      { match: { operation: 'coded.showImage' }, fault: { answer: 404, problem: 'image-not-fond' } },
      'is not a reason for 404 of coded.showImage; did you mean "image-not-found"?',
    ],
    [
      'a problem beside a message',
      { match: { operation: 'coded.showImage' }, fault: { answer: 404, problem: 'image-not-found', message: 'x' } },
      '/rules/0/fault/message: cannot be combined with "problem"',
    ],
  ])('%s', (_title, rule, expected) => {
    expect(ruleError(rule)).toContain(expected);
  });

  test.each([
    ['the same match', match, match],
    ['a narrower match', { operation: 'red.*', method: 'DELETE' }, { ...match, image: { name: 'a*' }, user: 'demo' }],
    ['one image condition less', { ...match, image: { tag: 'x' } }, { ...match, image: { tag: 'x', name: 'a*' } }],
  ])('an unreachable rule after one with %s', (_title, first, second) => {
    expect(
      scenarioError({
        scenario: 'one',
        rules: [
          { match: first, fault, undocumented: true },
          { match: second, fault },
        ],
      }),
    ).toContain('/rules/1: the rule can never match: /rules/0 takes all of its requests');
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['fires only for some requests', { match, fault, calls: { to: 2 } }],
    ['ends', { match, sequence: [fault, 'pass'] }],
    ['passes some requests', { match, sequence: [fault, 'pass', 'repeat'] }],
    ['only delays', { match, fault: { delay: 1 } }],
    ['matches fewer images', { match: { ...match, image: { name: 'b*' } }, fault }],
    ['matches another operation', { match: { operation: 'blue-v1.2.deleteImage' }, fault: { answer: 404 } }],
  ])('no rule after one that %s', (_title, first) => {
    expect(scenarioError({ scenario: 'one', rules: [first, { match, fault }] })).toBe('none');
  });

  test('a name that is not valid in a URL, an empty list of rules and null', () => {
    expect(scenarioError({ scenario: 'a b', rules: [{ match, fault }] })).toContain('/scenario');
    expect(scenarioError({ scenario: 'a', rules: [] })).toContain('/rules');
    expect(scenarioError(null)).toContain('(document)');
  });
});

test('accepts an undocumented status with "undocumented: true"', () => {
  expect(ruleError({ match, fault: { answer: 502 }, undocumented: true })).toBe('none');
});

test('parses a one-off fault with the checks of a rule', () => {
  expect(parseArmedFault({ match, fault }, 'fault', KNOWN).calls).toEqual({ per: 'rule', to: 1 });
  expect(parseArmedFault({ match, fault, calls: { per: 'image' } }, 'fault', KNOWN).calls).toEqual({ per: 'image' });
  expect(() => parseArmedFault({ match: { operation: 'red.deletImage' }, fault }, 'fault', KNOWN)).toThrow(
    'fault:\n  /match/operation: no operation has this name; did you mean "red.deleteImage"?',
  );
  expect(() => parseArmedFault({ match, fault, call: {} }, 'fault', KNOWN)).toThrow('did you mean "calls"?');
});

describe('the scenario library', () => {
  const shippedDirectory = () =>
    directoryOf({
      'trigger-images.json': JSON.stringify({ scenario: 'trigger', enabled: true, rules: [{ match, fault }] }),
      'more.yaml':
        'scenario: shipped\ndescription: As shipped.\nrules: [{ match: { operation: red.deleteImage }, fault: { answer: 409 } }]',
    });

  test('returns the scenarios enabled from the start, and all others by name', () => {
    const library = new ScenarioLibrary({ operations: OPERATIONS, shipped: shippedDirectory() });
    expect(library.enabledFromStart().map(({ name }) => name)).toEqual(['trigger']);
    expect(library.get('shipped')?.description).toBe('As shipped.');
    expect(library.get('other')).toBeUndefined();
    expect(library.all().map(({ name }) => name)).toEqual(['trigger', 'shipped']);
  });

  test('reads shipped files of other scenarios only on demand', () => {
    const directory = shippedDirectory();
    writeFileSync(join(directory, 'broken.yaml'), '{');
    const library = new ScenarioLibrary({ operations: OPERATIONS, shipped: directory });
    expect(library.get('trigger')).toBeDefined();
    expect(() => library.all()).toThrow('broken.yaml');
  });

  test('replaces shipped scenarios by those of the user with the same name', () => {
    const userDirectory = directoryOf({
      'm.json': JSON.stringify({ scenario: 'shipped', description: 'Mine.', rules: [{ match, fault }] }),
    });
    const library = new ScenarioLibrary({
      operations: OPERATIONS,
      shipped: shippedDirectory(),
      files: [userDirectory],
    });
    expect(library.all().map(({ name, description }) => [name, description])).toEqual([
      ['shipped', 'Mine.'],
      ['trigger', ''],
    ]);
  });
});

describe('the published schema', () => {
  const published = JSON.parse(
    readFileSync(new URL('../../../schemas/scenario.schema.json', import.meta.url), 'utf8'),
  ) as Readonly<Record<string, unknown>>;

  test('equals the schema that files are checked against, plus examples (run "npm run generate")', () => {
    const withoutExamples = (schema: unknown): unknown =>
      JSON.parse(JSON.stringify(schema, (name, value: unknown) => (name === 'examples' ? undefined : value)));
    expect(withoutExamples(published)).toEqual(withoutExamples(SCENARIO_FILE_SCHEMA));
  });

  test('accepts one scenario and a list, and rejects other values', () => {
    const check = compile(published);
    const valid = { scenario: 'one', rules: [{ match, fault }] };
    expect(check(valid)).toEqual([]);
    expect(check([valid, valid])).toEqual([]);
    expect(check([])).not.toEqual([]);
    expect(check({ ...valid, stray: 1 })).not.toEqual([]);
    expect(check([{ scenario: 'one' }])).not.toEqual([]);
  });
});
