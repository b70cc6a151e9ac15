import { describe, expect, test } from '@jest/globals';
import { compileGlob } from '../../../src/base/glob.ts';
import { draw, hashText } from '../../../src/faults/engine/random.ts';
import { parseArmedFault } from '../../../src/faults/scenario-file/load.ts';
import { coversGlob } from '../../../src/faults/scenario-file/unreachable-rules.ts';
import { KNOWN, ruleError, scenarioError } from '../support.ts';

const match = { operation: 'red.deleteImage' };
const fault = { answer: 409 };

describe('rejects a rule without effect:', () => {
  test.each<[string, object, string]>([
    [
      'an "until" before "after"',
      { match, fault, calls: { after: '2s', until: '1s' } },
      '/rules/0/calls/until: matches no request: "until" is not later than "after"; found "1s"; allowed: a time later than 2s',
    ],
    [
      'an "until" that equals "after"',
      { match, fault, calls: { after: '2026-11-21T12:00:00Z', until: '2026-11-21T12:00:00Z' } },
      '/rules/0/calls/until: matches no request',
    ],
    ['an "until" of zero', { match, fault, calls: { until: '0s' } }, '/rules/0/calls/until: matches no request'],
    ['a "for" of zero', { match, fault, calls: { for: '0s' } }, '/rules/0/calls/for: matches at most one request'],
    ['an invalid date', { match, fault, calls: { after: '2026-13-01T00:00:00Z' } }, 'is not a valid time'],
    [
      'an unknown unit of time',
      { match, fault, calls: { for: '3 weeks' } },
      '/rules/0/calls/for: has the wrong format',
    ],
    [
      'a misspelt kind of cut',
      { match, fault: { cut: 'rset' } },
      '/rules/0/fault/cut: is not an allowed value; did you mean "reset"?; found "rset"; allowed: reset, empty, garbage, chunk, an object with after, of, by, on',
    ],
    ['"times" of zero', { match, fault, calls: { times: 0 } }, '/rules/0/calls/times: must be >= 1'],
    [
      'a count per image for operations without an image',
      { match: { operation: 'red.listImages' }, fault: { answer: 400 }, calls: { per: 'image', to: 1 } },
      '/rules/0/calls/per: no matched operation has an image in its path, so all requests would be counted together; found "image"',
    ],
    [
      'a count per user for operations without a token',
      { match: { operation: '*.logIn' }, fault: { answer: 401 }, calls: { per: 'user', to: 1 } },
      '/rules/0/calls/per: the matched operations require no token',
    ],
    [
      'more faults than "calls" allows',
      { match, calls: { to: 2 }, sequence: [fault, { answer: 503 }, { answer: 413 }] },
      '/rules/0/sequence/2: is never reached: "calls" lets the rule fire 2 times; found {"per":"rule","to":2}; allowed: calls that let the rule fire 3 times or more',
    ],
    [
      'more faults than "only" lists requests',
      { match, calls: { only: [2, 7], to: 5 }, sequence: [fault, { answer: 503 }, 'repeat'] },
      '/rules/0/sequence/1: is never reached: "calls" lets the rule fire once',
    ],
    [
      'more faults than "times" allows',
      { match, calls: { times: 1 }, sequence: [fault, { answer: 503 }] },
      '/rules/0/sequence/1: is never reached',
    ],
    [
      'a sequence without a fault',
      { match, sequence: ['pass', 'pass', 'repeat'] },
      '/rules/0/sequence: has no effect on any request',
    ],
    ['a fault without effect', { match, fault: { stall: false } }, '/rules/0/fault: has no effect on any request'],
    [
      'a body condition for operations without a body',
      { match: { operation: 'red.listImages', body: { '/a': 1 } }, fault: { answer: 400 } },
      '/rules/0/match/body: the rule can never match: the matched operations have no JSON body',
    ],
    [
      'a size for operations without a body',
      { match: { operation: 'red.listImages', size: { over: 5 } }, fault: { answer: 400 } },
      '/rules/0/match/size: the rule can never match: the matched operations have no body; found {"over":5}',
    ],
    [
      'a size that is over and up to the same number',
      { match: { operation: 'red.createImage', size: { over: '1kB', upTo: 1000 } }, fault: { answer: 400 } },
      '/rules/0/match/size: the rule can never match: no size is over one limit and up to the other; found {"over":1000,"upTo":1000}',
    ],
    [
      'two conditions for one header',
      { match: { ...match, header: { 'X-A': 'b', 'x-a': null } }, fault },
      '/rules/0/match/header/x-a: is the same header as X-A',
    ],
    [
      'body conditions that contradict each other',
      { match: { ...match, body: { '/a': { b: 1 }, '/a/b': 2 } }, fault },
      '/rules/0/match/body/~1a~1b: the rule can never match: it contradicts the condition on /a; found 2',
    ],
    [
      'a body condition inside a value that is not an object',
      { match: { ...match, body: { '/a': 7, '/a/b': 'x*' } }, fault },
      '/rules/0/match/body/~1a~1b: the rule can never match',
    ],
  ])('%s', (_title, rule, expected) => {
    expect(ruleError(rule)).toContain(expected);
  });

  test.each<[string, object]>([
    [
      'a duration and a date, which only a clock can compare',
      { match, fault, calls: { after: '1h', until: '2026-11-21T12:00:00Z' } },
    ],
    [
      'as many faults as "calls" allows',
      { match, calls: { from: 2, to: 6, every: 2 }, sequence: [fault, fault, fault] },
    ],
    ['body conditions that agree', { match: { ...match, body: { '/a': { b: 1 }, '/a/b': 1 } }, fault }],
    [
      'a count per image when some operations have an image',
      { match: { operation: 'red.*' }, fault: { delay: 1 }, calls: { per: 'image', to: 1 } },
    ],
  ])('accepts %s', (_title, rule) => {
    expect(ruleError(rule)).toBe('none');
  });
});

describe('rejects a limit', () => {
  const limit = { requests: 5, per: '1m' };
  test.each<[string, object, string]>([
    ['with a period of zero', { limit: { ...limit, per: '0s' } }, '/rules/0/fault/limit/per: is zero'],
    ['of zero requests', { limit: { ...limit, requests: 0 } }, '/rules/0/fault/limit/requests: must be >= 1'],
    ['with an unknown value of by', { limit: { ...limit, by: 'clint' } }, 'did you mean "client"?'],
    ['without a period', { limit: { requests: 5 } }, 'the member "per" is missing'],
    [
      'with an undocumented status',
      { limit, answer: 418 },
      '/rules/0/fault/answer: is not documented for red.deleteImage',
    ],
  ])('%s', (_title, limitFault, expected) => {
    expect(ruleError({ match, fault: limitFault })).toContain(expected);
  });

  test('by image for operations without an image', () => {
    const rule = { match: { operation: 'red.listImages' }, fault: { limit: { ...limit, by: 'image' } } };
    expect(ruleError(rule)).toContain('/rules/0/fault/limit/by: no matched operation has an image in its path');
  });

  test('in a sequence, because no step after it is ever reached', () => {
    expect(ruleError({ match, sequence: [{ limit }, fault] })).toContain('/rules/0/sequence/0/limit: never ends');
  });

  test('with one error for several operations', () => {
    const message = ruleError({ match: { operation: 'red.*' }, fault: { limit, delay: '2h' } });
    expect(message.split('/rules/0/fault/delay')).toHaveLength(2);
  });
});

describe('an observed response', () => {
  test('does not need "undocumented: true"', () => {
    expect(ruleError({ match, fault: { answer: { observed: 'nginx-504' } } })).toBe('none');
  });

  test.each<[string, object, string]>([
    ['is rejected with an unknown name', { answer: { observed: 'nginx-505' } }, 'did you mean "nginx-502"?'],
    [
      'is rejected with a message',
      { answer: { observed: 'nginx-504' }, message: 'x' },
      '/rules/0/fault/message: has no effect on nginx-504, which is not an error of the API',
    ],
    ['is rejected with a code', { answer: { observed: 'nginx-504' }, code: 'BAD.1' }, '/rules/0/fault/code'],
  ])('%s', (_title, observed, expected) => {
    expect(ruleError({ match, fault: observed })).toContain(expected);
  });
});

describe('unreachable rules', () => {
  const errorOf = (...matches: readonly object[]) =>
    scenarioError({
      scenario: 'one',
      rules: matches.map((each) => ({ match: each, fault: { answer: 404 }, undocumented: true })),
    });
  const matchWith = (conditions: object) => ({ ...match, ...conditions });

  test.each<[string, object, object]>([
    ['a wider glob', matchWith({ image: { name: 'web-*' } }), matchWith({ image: { name: 'web-1' } })],
    ['a glob wider than a glob', matchWith({ user: '*o*' }), matchWith({ user: 'de?o-*' })],
    [
      'a wider property',
      matchWith({ image: { property: { os: 'ub*' } } }),
      matchWith({ image: { property: { os: 'ubuntu', arch: 'x' } } }),
    ],
    [
      'a wider header among others',
      matchWith({ header: { 'X-A': '*' } }),
      matchWith({ header: { 'x-a': 'b' }, query: { a: 'b' } }),
    ],
  ])('are rejected after a rule with %s', (_title, first, second) => {
    expect(errorOf(first, second)).toContain('/rules/1: the rule can never match: /rules/0 takes all of its requests');
  });

  test.each<[string, object, object]>([
    ['a narrower glob', matchWith({ image: { name: 'web-1*' } }), matchWith({ image: { name: 'web-*' } })],
    ['another glob', matchWith({ image: { name: 'a*' } }), matchWith({ image: { name: '*a' } })],
    ['a value of another type', matchWith({ body: { '/a': 1 } }), matchWith({ body: { '/a': '1' } })],
  ])('do not include a rule after one with %s', (_title, first, second) => {
    expect(errorOf(first, second)).toBe('none');
  });

  test('are rejected when several rules together take all their requests', () => {
    expect(
      errorOf({ operation: 'red.deleteImage' }, { operation: 'blue-v1.2.deleteImage' }, { operation: '*.deleteImage' }),
    ).toContain('/rules/2: the rule can never match: /rules/0 and /rules/1 take all of its requests');
    expect(errorOf({ operation: 'red.deleteImage' }, { operation: '*.deleteImage' })).toBe('none');
  });

  test.each<[string, object]>([
    ['breaks the connection', { fault: { cut: 'reset' } }],
    ['spells out the defaults of "calls"', { fault, calls: { per: 'image', from: 1, every: 1, chance: 1 } }],
    ['stays at its last fault', { sequence: [fault, { answer: 503 }, 'last'] }],
  ])('are rejected after a rule that %s', (_title, first) => {
    expect(
      scenarioError({
        scenario: 'one',
        rules: [
          { match, ...first },
          { match, fault },
        ],
      }),
    ).toContain('/rules/1: the rule');
  });

  test.each<[string, object]>([
    ['expires after a time', { fault, calls: { for: '1s' } }],
    ['starts later', { fault, calls: { after: '1s' } }],
    ['ends', { fault, calls: { until: '1h' } }],
    ['fires a limited number of times', { fault, calls: { times: 9 } }],
    ['is a limit', { fault: { limit: { requests: 1, per: '1s' } } }],
  ])('do not include a rule after one that %s', (_title, first) => {
    expect(
      scenarioError({
        scenario: 'one',
        rules: [
          { match, ...first },
          { match, fault },
        ],
      }),
    ).toBe('none');
  });

  test('are found among 3,000 rules with different globs', () => {
    const rules = Array.from({ length: 3000 }, (_, number) => ({
      match: { ...match, image: { name: `web-${number}-*` } },
      fault,
    }));
    expect(scenarioError({ scenario: 'one', rules })).toBe('none');
    expect(
      scenarioError({ scenario: 'one', rules: [...rules, { match: { ...match, image: { name: 'web-7-x' } }, fault }] }),
    ).toContain('/rules/3000: the rule can never match: /rules/7 takes');
  });
});

test('coversGlob is true only when every text that matches the second glob matches the first', () => {
  const letters = ['a', 'b', '*', '?'];
  const texts = [
    '',
    ...['a', 'b'].flatMap((a) => [a, ...['a', 'b'].flatMap((b) => [a + b, `${a}${b}a`, `${a}${b}b`])]),
  ];
  const hash = hashText('globs');
  let draws = 0;
  const glob = () =>
    Array.from({ length: 4 }, () => {
      draws += 1;
      return letters[Math.floor(draw(hash, draws) * 5)] ?? '';
    }).join('');
  let covered = 0;
  for (let run = 0; run < 3000; run += 1) {
    const [wide, narrow] = [glob(), glob()];
    if (!coversGlob(wide, narrow)) continue;
    covered += 1;
    const [matchesWide, matchesNarrow] = [compileGlob(wide), compileGlob(narrow)];
    expect([wide, narrow, texts.filter((text) => matchesNarrow(text) && !matchesWide(text))]).toEqual([
      wide,
      narrow,
      [],
    ]);
  }
  expect(covered).toBeGreaterThan(100);
});

test.each(['when', 'goto'])('rejects %s in a one-off fault', (member) => {
  const rule = { match, fault, [member]: 'down' };
  expect(() => parseArmedFault(rule, 'fault', KNOWN)).toThrow(`/${member}: a one-off fault has no states`);
});
describe('rejects an alteration', () => {
  test.each<[string, object, string]>([
    [
      'without a change',
      { alter: {} },
      '/rules/0/fault/alter: has too few members; found {}; allowed: status, headers, renameHeaders, body, set, remove',
    ],
    [
      'beside an answer',
      { alter: { body: {} }, answer: 409 },
      '/rules/0/fault/answer: cannot be combined with "alter", which keeps the natural response; allowed: delay, stall, slow, slice, slowClose, cut, corrupt',
    ],
    [
      'whose headers stand outside',
      { alter: { body: {} }, headers: { a: 'b' } },
      '/rules/0/fault/headers: belongs inside "alter"; allowed: alter: { headers: ... }',
    ],
    [
      'that removes and renames one header',
      { alter: { headers: { 'X-A': null }, renameHeaders: { 'x-a': 'X-B' } } },
      '/rules/0/fault/alter/renameHeaders/x-a: is the same header as X-A; found "x-a"',
    ],
    [
      'to a status that is not documented',
      { alter: { status: 418 } },
      '/rules/0/fault/alter/status: is not documented for red.deleteImage',
    ],
    ['with a pointer that is none', { alter: { set: { a: 1 } } }, '/rules/0/fault/alter/set'],
    [
      'that is not called one',
      { headers: { 'X-A': 'b' } },
      '/rules/0/fault/headers: describes a response, but "answer" is missing; "alter" changes the natural one; allowed: answer, alter',
    ],
  ])('%s', (_title, wanted, message) => {
    expect(ruleError({ match, fault: wanted })).toContain(message);
  });
});

describe('rejects a rule before authentication', () => {
  const early = { match, fault, stage: 'before-auth' };

  test.each<[string, object, string]>([
    [
      'with a user',
      { ...early, match: { ...match, user: 'demo' } },
      '/rules/0/match/user: the caller is unknown before authentication; found "demo"; allowed: no user, or stage: after-auth',
    ],
    [
      'with a count per project',
      { ...early, calls: { per: 'project', to: 1 } },
      '/rules/0/calls/per: the caller is unknown before authentication; found "project"; allowed: rule, image, client, or stage: after-auth',
    ],
    [
      'with a limit by user',
      { ...early, fault: { limit: { requests: 1, per: '1m', by: 'user' } } },
      '/rules/0/fault/limit/by: the caller is unknown before authentication',
    ],
    [
      'with the progress of a task',
      { ...early, fault: { progress: { by: 'hand' } } },
      '/rules/0/fault/progress: applies to what the operation starts, and has no stage before authentication',
    ],
    ['with an unknown stage', { ...early, stage: 'before' }, '/rules/0/stage: '],
  ])('%s', (_title, rule, message) => {
    expect(ruleError(rule)).toContain(message);
  });

  test('in a scenario with a state for each user', () => {
    const rules = [
      { ...early, goto: 'down', when: 'up' },
      { match, fault, when: 'down', goto: 'up' },
    ];
    expect(scenarioError({ scenario: 'one', states: { initial: 'up', per: 'user' }, rules })).toContain(
      '/rules/0/stage: the caller is unknown before authentication, so it has no state for each user; found "before-auth"; allowed: after-auth',
    );
  });

  test('that covers a rule after authentication, but not the other way round', () => {
    expect(scenarioError({ scenario: 'one', rules: [early, { match, fault }] })).toContain(
      '/rules/1: the rule can never match: /rules/0 takes all of its requests',
    );
    expect(scenarioError({ scenario: 'one', rules: [{ match, fault }, early] })).toBe('none');
  });
});
