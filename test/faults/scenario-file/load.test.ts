import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { compile } from '../../../src/contract/schema.ts';
import { ScenarioLibrary } from '../../../src/faults/scenario-file/library.ts';
import { loadScenarios, parseArmedFault, parseScenario } from '../../../src/faults/scenario-file/load.ts';
import { SCENARIO_FILE_SCHEMA } from '../../../src/faults/scenario-file/scenario-schema.ts';
import { KNOWN, OPERATIONS, refusal, refusalOf } from '../support.ts';

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
  test('hold one scenario or a list of them, in YAML or JSON, and are loaded by name', () => {
    const directory = directoryOf({
      'b.yaml': `
- scenario: slow
  description: Slow.
  enabled: true
  rules: [{ match: { operation: "red.*" }, fault: { delay: 2s } }]
- scenario: over-limit
  description: Over limit twice.
  expect: Waits as told.
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
    expect(scenarios[2]?.expect).toBe('Waits as told.');
    expect(scenarios[2]?.rules).toEqual([
      {
        operations: ['red.deleteImage', 'red.createImage'],
        match: { user: 'demo' },
        calls: { per: 'user', to: 2 },
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
  ])('write Retry-After as %j', (written, shape) => {
    const scenario = parseScenario(
      { scenario: 'one', rules: [{ match, fault: { ...fault, retryAfter: written } }] },
      'this test',
      KNOWN,
    );
    expect(scenario.rules[0]?.sequence[0]).toMatchObject({ retryAfter: shape });
  });

  test('say the file, the line, the pointer, what was found and what is allowed', () => {
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
        '; found "red.deletImage"; allowed: red.deleteImage',
    );
  });

  test('say all that is wrong, in each scenario of a list', () => {
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

  test('are refused when two have the same name, with the file of the first', () => {
    const one = JSON.stringify({ scenario: 'one', rules: [{ match, fault }] });
    const directory = directoryOf({ 'a.json': one, 'b.json': one });
    expect(() => loadScenarios([directory], KNOWN)).toThrow(
      `b.json:\n  line 1, /scenario: another scenario has this name, in ${join(directory, 'a.json')}`,
    );
  });

  test('are refused when they are not there, not well formed or empty', () => {
    expect(() => loadScenarios(['/nowhere/x.yaml'], KNOWN)).toThrow('/nowhere/x.yaml:\n  (document): file not found');
    const directory = directoryOf({ 'a.yaml': 'scenario: [', 'b.json': '[]' });
    expect(() => loadScenarios([join(directory, 'a.yaml')], KNOWN)).toThrow('cannot be parsed');
    expect(() => loadScenarios([join(directory, 'b.json')], KNOWN)).toThrow('contains no scenario');
  });
});

describe('a scenario is refused', () => {
  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['an operation nearly right', { match: { operation: 'red.deleteImag' }, fault }, 'did you mean "red.deleteImage"?'],
    [
      'a dialect nearly right',
      { match: { operation: 'blu-v1.2.deleteImage' }, fault },
      'did you mean "blue-v1.2.deleteImage"?',
    ],
    [
      'a glob whose dialect is nearly right',
      { match: { operation: 'blue-v1.3.*' }, fault },
      'did you mean "blue-v1.2.*"?',
    ],
    [
      'a glob whose operation is nearly right',
      { match: { operation: '*.deleteImages' }, fault },
      'did you mean "*.deleteImage"?',
    ],
    [
      'one bad operation of a list',
      { match: { operation: ['red.showImage', 'red.x'] }, fault },
      '/rules/0/match/operation/1',
    ],
    ['a method of no such operation', { match: { ...match, method: 'POST' }, fault }, 'allowed: DELETE'],
    [
      'an image where no path has one',
      { match: { operation: 'red.listImages', image: { name: 'x' } }, fault },
      '/rules/0/match/image',
    ],
    [
      'a user where nobody is known',
      { match: { operation: '*.logIn', user: 'x' }, fault: { answer: 401 } },
      '/rules/0/match/user',
    ],
    [
      'a status of the service that is out of reach',
      { match, fault: { answer: 99 } },
      '/rules/0/fault/answer: must be >= 200',
    ],
    [
      'an undocumented status',
      { match, fault: { answer: 500 } },
      'red.deleteImage; add "undocumented: true" to the rule to allow it; found 500; allowed: 204, 403, 404, 409, 413, 503',
    ],
    [
      'a status that one of several does not document',
      { match: { operation: '*.deleteImage' }, fault },
      'is not documented for blue-v1.2.deleteImage;',
    ],
    [
      'an undocumented status in a sequence',
      { match, sequence: [fault, { answer: 502 }] },
      '/rules/0/sequence/1/answer',
    ],
    ['from past to', { match, fault, calls: { from: 3, to: 2 } }, '"from" is greater than "to"'],
    ['no multiple in the range', { match, fault, calls: { every: 5, to: 4 } }, 'no multiple of 5'],
    ['only calls that are left out', { match, fault, calls: { only: [1, 2], from: 3 } }, '/rules/0/calls/only'],
    ['an empty list of calls', { match, fault, calls: { only: [] } }, '/rules/0/calls/only'],
    ['every 0', { match, fault, calls: { every: 0 } }, '/rules/0/calls/every: must be >= 1'],
    ['a chance of nothing', { match, fault, calls: { chance: 0 } }, '/rules/0/calls/chance'],
    [
      'an unknown count',
      { match, fault, calls: { per: 'imag' } },
      'did you mean "image"?; found "imag"; allowed: rule, image, project, user, client',
    ],
    [
      'an unknown status of an image',
      { match: { ...match, image: { status: 'activ' } }, fault },
      'did you mean "active"?',
    ],
    ['an unknown member', { match: { ...match, imag: {} }, fault }, 'did you mean "image"?'],
    ['a kind of fault that there is not', { match, fault: { freeze: true } }, 'unknown member "freeze"'],
    ['neither fault nor sequence', { match }, '/rules/0: has no fault; allowed: fault, sequence'],
    ['both fault and sequence', { match, fault, sequence: [fault] }, 'has both a fault and a sequence'],
    ['a sequence of no fault', { match, sequence: ['repeat'] }, 'contains no fault'],
    [
      'repeat in the middle',
      { match, sequence: ['repeat', fault] },
      '/rules/0/sequence/0: is allowed at the end of a sequence only',
    ],
    [
      'an answer that is not given',
      { match, fault: { delay: 1, message: 'x' } },
      '/rules/0/fault/message: describes a response',
    ],
    ['a delay in a unit that there is not', { match, fault: { delay: '2h' } }, '/rules/0/fault/delay'],
    ['a delay that is too long', { match, fault: { delay: '61m' } }, 'is too long'],
    [
      'a uniform delay the wrong way round',
      { match, fault: { delay: { uniform: { from: 2, to: 1 } } } },
      '"from" is greater than "to"',
    ],
    ['a Retry-After of no shape', { match, fault: { ...fault, retryAfter: 'later' } }, '/rules/0/fault/retryAfter'],
    [
      'a header that would break the answer',
      { match, fault: { ...fault, headers: { A: 'b\r\nc' } } },
      '/rules/0/fault/headers/A',
    ],
    ['a name of no header', { match, fault: { ...fault, headers: { 'a b': 'c' } } }, '/rules/0/fault/headers'],
    ['no match', { fault }, 'the member "match" is missing'],
    ['a code where errors carry none', { match, fault: { ...fault, code: 'BAD.1' } }, 'have no codes'],
    [
      'a code that the API has not',
      { match: { operation: 'coded.showImage' }, fault: { answer: 404, code: 'BAD.3' } },
      '/rules/0/fault/code: is not a code of coded.showImage; found "BAD.3"; allowed: BAD.1',
    ],
    [
      'a code where only some of the APIs have it',
      { match: { operation: '*.showImage' }, fault: { answer: 404, code: 'BAD.1' } },
      'errors of red.showImage have no codes',
    ],
  ])('for %s', (_title, rule, expected) => {
    expect(refusal(rule)).toContain(expected);
  });

  test.each([
    ['the same match', match, match],
    ['a narrower match', { operation: 'red.*', method: 'DELETE' }, { ...match, image: { name: 'a*' }, user: 'demo' }],
    ['one member of an image less', { ...match, image: { tag: 'x' } }, { ...match, image: { tag: 'x', name: 'a*' } }],
  ])('for a rule behind one that takes all its calls: %s', (_title, first, second) => {
    expect(
      refusalOf({
        scenario: 'one',
        rules: [
          { match: first, fault, undocumented: true },
          { match: second, fault },
        ],
      }),
    ).toContain('/rules/1: the rule can never match: /rules/0 takes all of its requests');
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['takes some calls alone', { match, fault, calls: { to: 2 } }],
    ['ends', { match, sequence: [fault, 'pass'] }],
    ['lets calls through now and then', { match, sequence: [fault, 'pass', 'repeat'] }],
    ['only delays', { match, fault: { delay: 1 } }],
    ['is for fewer images', { match: { ...match, image: { name: 'b*' } }, fault }],
    ['is for another operation', { match: { operation: 'blue-v1.2.deleteImage' }, fault: { answer: 404 } }],
  ])('but not for a rule behind one that %s', (_title, first) => {
    expect(refusalOf({ scenario: 'one', rules: [first, { match, fault }] })).toBe('nothing');
  });

  test('for a name that could not stand in an address, and for no rules', () => {
    expect(refusalOf({ scenario: 'a b', rules: [{ match, fault }] })).toContain('/scenario');
    expect(refusalOf({ scenario: 'a', rules: [] })).toContain('/rules');
    expect(refusalOf(null)).toContain('(document)');
  });
});

test('an undocumented status is taken where the rule says that it is', () => {
  expect(refusal({ match, fault: { answer: 502 }, undocumented: true })).toBe('nothing');
});

test('a one-off fault is one rule, refused as rules of scenarios are', () => {
  expect(parseArmedFault({ match, fault }, 'fault', KNOWN).calls).toEqual({ per: 'rule', to: 1 });
  expect(parseArmedFault({ match, fault, calls: { per: 'image' } }, 'fault', KNOWN).calls).toEqual({ per: 'image' });
  expect(() => parseArmedFault({ match: { operation: 'red.deletImage' }, fault }, 'fault', KNOWN)).toThrow(
    'fault:\n  /match/operation: no operation has this name; did you mean "red.deleteImage"?',
  );
  expect(() => parseArmedFault({ match, fault, call: {} }, 'fault', KNOWN)).toThrow('did you mean "calls"?');
});

describe('the library', () => {
  const shipped = () =>
    directoryOf({
      'trigger-images.json': JSON.stringify({ scenario: 'trigger', enabled: true, rules: [{ match, fault }] }),
      'more.yaml':
        'scenario: shipped\ndescription: As shipped.\nrules: [{ match: { operation: red.deleteImage }, fault: { answer: 409 } }]',
    });

  test('knows what plays from the start, and the rest when asked', () => {
    const library = new ScenarioLibrary({ operations: OPERATIONS, shipped: shipped() });
    expect(library.enabledFromStart().map(({ name }) => name)).toEqual(['trigger']);
    expect(library.get('shipped')?.description).toBe('As shipped.');
    expect(library.get('other')).toBeUndefined();
    expect(library.all().map(({ name }) => name)).toEqual(['trigger', 'shipped']);
  });

  test('reads shipped files that do not play from the start only when they are asked for', () => {
    const directory = shipped();
    writeFileSync(join(directory, 'broken.yaml'), '{');
    const library = new ScenarioLibrary({ operations: OPERATIONS, shipped: directory });
    expect(library.get('trigger')).toBeDefined();
    expect(() => library.all()).toThrow('broken.yaml');
  });

  test('lets scenarios of the user take the place of shipped ones', () => {
    const mine = directoryOf({
      'm.json': JSON.stringify({ scenario: 'shipped', description: 'Mine.', rules: [{ match, fault }] }),
    });
    const library = new ScenarioLibrary({ operations: OPERATIONS, shipped: shipped(), files: [mine] });
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

  test('is the one that files are held against, and offers values besides', () => {
    const withoutOffers = (schema: unknown): unknown =>
      JSON.parse(JSON.stringify(schema, (name, value: unknown) => (name === 'examples' ? undefined : value)));
    expect(withoutOffers(published)).toEqual(withoutOffers(SCENARIO_FILE_SCHEMA));
  });

  test('takes one scenario and a list, and refuses what is neither', () => {
    const check = compile(published);
    const one = { scenario: 'one', rules: [{ match, fault }] };
    expect(check(one)).toEqual([]);
    expect(check([one, one])).toEqual([]);
    expect(check([])).not.toEqual([]);
    expect(check({ ...one, stray: 1 })).not.toEqual([]);
    expect(check([{ scenario: 'one' }])).not.toEqual([]);
  });
});
