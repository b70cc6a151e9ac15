import { describe, expect, test } from '@jest/globals';
import { compileGlob } from '../../../src/domain/glob.ts';
import { draw, hashText } from '../../../src/faults/engine/random.ts';
import { parseArmedFault } from '../../../src/faults/scenario-file/load.ts';
import { coversGlob } from '../../../src/faults/scenario-file/unreachable-rules.ts';
import { KNOWN, refusal, refusalOf } from '../support.ts';

const match = { operation: 'red.deleteImage' };
const fault = { answer: 409 };

describe('a rule that can never do anything is refused', () => {
  test.each<[string, object, string]>([
    [
      'until before after',
      { match, fault, calls: { after: '2s', until: '1s' } },
      '/rules/0/calls/until: matches no request: "until" is not later than "after"; found "1s"; allowed: a time later than 2s',
    ],
    [
      'times of day the wrong way round',
      { match, fault, calls: { after: '2026-11-21T12:00:00Z', until: '2026-11-21T12:00:00Z' } },
      '/rules/0/calls/until: matches no request',
    ],
    ['until at once', { match, fault, calls: { until: '0s' } }, '/rules/0/calls/until: matches no request'],
    ['for no time', { match, fault, calls: { for: '0s' } }, '/rules/0/calls/for: matches at most one request'],
    ['a day that there is not', { match, fault, calls: { after: '2026-13-01T00:00:00Z' } }, 'is not a valid time'],
    ['a time in no unit', { match, fault, calls: { for: '3 weeks' } }, '/rules/0/calls/for: has the wrong format'],
    ['no times', { match, fault, calls: { times: 0 } }, '/rules/0/calls/times: must be >= 1'],
    [
      'images counted where no call names one',
      { match: { operation: 'red.listImages' }, fault: { answer: 400 }, calls: { per: 'image', to: 1 } },
      '/rules/0/calls/per: no matched operation has an image in its path, so all requests would be counted together; found "image"',
    ],
    [
      'users counted where nobody is known',
      { match: { operation: '*.logIn' }, fault: { answer: 401 }, calls: { per: 'user', to: 1 } },
      '/rules/0/calls/per: the matched operations require no token',
    ],
    [
      'more faults than calls',
      { match, calls: { to: 2 }, sequence: [fault, { answer: 503 }, { answer: 413 }] },
      '/rules/0/sequence/2: is never reached: "calls" lets the rule fire 2 times; found {"per":"rule","to":2}; allowed: calls that let the rule fire 3 times or more',
    ],
    [
      'more faults than listed calls',
      { match, calls: { only: [2, 7], to: 5 }, sequence: [fault, { answer: 503 }, 'repeat'] },
      '/rules/0/sequence/1: is never reached: "calls" lets the rule fire once',
    ],
    [
      'more faults than times',
      { match, calls: { times: 1 }, sequence: [fault, { answer: 503 }] },
      '/rules/0/sequence/1: is never reached',
    ],
    [
      'a sequence of nothing',
      { match, sequence: ['pass', 'pass', 'repeat'] },
      '/rules/0/sequence: has no effect on any request',
    ],
    ['a fault of nothing', { match, fault: { stall: false } }, '/rules/0/fault: has no effect on any request'],
    [
      'the body of a call that has none',
      { match: { operation: 'red.listImages', body: { '/a': 1 } }, fault: { answer: 400 } },
      '/rules/0/match/body: the rule can never match: the matched operations have no JSON body',
    ],
    [
      'one header twice',
      { match: { ...match, header: { 'X-A': 'b', 'x-a': null } }, fault },
      '/rules/0/match/header/x-a: is the same header as X-A',
    ],
    [
      'a body that leaves out what is asked within it',
      { match: { ...match, body: { '/a': { b: 1 }, '/a/b': 2 } }, fault },
      '/rules/0/match/body/~1a~1b: the rule can never match: it contradicts the condition on /a; found 2',
    ],
    [
      'a member of what is no object',
      { match: { ...match, body: { '/a': 7, '/a/b': 'x*' } }, fault },
      '/rules/0/match/body/~1a~1b: the rule can never match',
    ],
  ])('%s', (_title, rule, expected) => {
    expect(refusal(rule)).toContain(expected);
  });

  test.each<[string, object]>([
    ['times that only a clock can compare', { match, fault, calls: { after: '1h', until: '2026-11-21T12:00:00Z' } }],
    ['as many faults as calls', { match, calls: { from: 2, to: 6, every: 2 }, sequence: [fault, fault, fault] }],
    ['a body asked for in parts that agree', { match: { ...match, body: { '/a': { b: 1 }, '/a/b': 1 } }, fault }],
    [
      'images counted where some calls name one',
      { match: { operation: 'red.*' }, fault: { delay: 1 }, calls: { per: 'image', to: 1 } },
    ],
  ])('but not %s', (_title, rule) => {
    expect(refusal(rule)).toBe('nothing');
  });
});

describe('a limit is refused', () => {
  const limit = { requests: 5, per: '1m' };
  test.each<[string, object, string]>([
    ['of no time', { limit: { ...limit, per: '0s' } }, '/rules/0/fault/limit/per: is zero'],
    ['of no calls', { limit: { ...limit, requests: 0 } }, '/rules/0/fault/limit/requests: must be >= 1'],
    ['by what there is not', { limit: { ...limit, by: 'clint' } }, 'did you mean "client"?'],
    ['without a time', { limit: { requests: 5 } }, 'the member "per" is missing'],
    [
      'with a status that is not documented',
      { limit, answer: 418 },
      '/rules/0/fault/answer: is not documented for red.deleteImage',
    ],
  ])('%s', (_title, written, expected) => {
    expect(refusal({ match, fault: written })).toContain(expected);
  });

  test('for each image where no call names one', () => {
    const rule = { match: { operation: 'red.listImages' }, fault: { limit: { ...limit, by: 'image' } } };
    expect(refusal(rule)).toContain('/rules/0/fault/limit/by: no matched operation has an image in its path');
  });

  test('in a sequence, where nothing could follow it', () => {
    expect(refusal({ match, sequence: [{ limit }, fault] })).toContain('/rules/0/sequence/0/limit: never ends');
  });

  test('once, however many answers it gives', () => {
    const written = refusal({ match: { operation: 'red.*' }, fault: { limit, delay: '2h' } });
    expect(written.split('/rules/0/fault/delay')).toHaveLength(2);
  });
});

describe('an answer of a proxy', () => {
  test('needs no leave to be undocumented', () => {
    expect(refusal({ match, fault: { answer: { observed: 'nginx-504' } } })).toBe('nothing');
  });

  test.each<[string, object, string]>([
    ['is one of those that there are', { answer: { observed: 'nginx-505' } }, 'did you mean "nginx-502"?'],
    [
      'has no message of an API',
      { answer: { observed: 'nginx-504' }, message: 'x' },
      '/rules/0/fault/message: has no effect on nginx-504, which is not an error of the API',
    ],
    ['has no code of an API', { answer: { observed: 'nginx-504' }, code: 'BAD.1' }, '/rules/0/fault/code'],
  ])('%s', (_title, written, expected) => {
    expect(refusal({ match, fault: written })).toContain(expected);
  });
});

describe('a rule behind others is refused', () => {
  const behind = (...matches: readonly object[]) =>
    refusalOf({
      scenario: 'one',
      rules: matches.map((one) => ({ match: one, fault: { answer: 404 }, undocumented: true })),
    });
  const by = (more: object) => ({ ...match, ...more });

  test.each<[string, object, object]>([
    ['a wider glob', by({ image: { name: 'web-*' } }), by({ image: { name: 'web-1' } })],
    ['a glob wider than a glob', by({ user: '*o*' }), by({ user: 'de?o-*' })],
    [
      'a wider property',
      by({ image: { property: { os: 'ub*' } } }),
      by({ image: { property: { os: 'ubuntu', arch: 'x' } } }),
    ],
    ['a wider header among others', by({ header: { 'X-A': '*' } }), by({ header: { 'x-a': 'b' }, query: { a: 'b' } })],
  ])('that asks for %s', (_title, first, second) => {
    expect(behind(first, second)).toContain('/rules/1: the rule can never match: /rules/0 takes all of its requests');
  });

  test.each<[string, object, object]>([
    ['a narrower glob', by({ image: { name: 'web-1*' } }), by({ image: { name: 'web-*' } })],
    ['another glob', by({ image: { name: 'a*' } }), by({ image: { name: '*a' } })],
    ['a value of another type', by({ body: { '/a': 1 } }), by({ body: { '/a': '1' } })],
  ])('but not behind one that asks for %s', (_title, first, second) => {
    expect(behind(first, second)).toBe('nothing');
  });

  test('where several rules together take all its calls', () => {
    expect(
      behind({ operation: 'red.deleteImage' }, { operation: 'blue-v1.2.deleteImage' }, { operation: '*.deleteImage' }),
    ).toContain('/rules/2: the rule can never match: /rules/0 and /rules/1 take all of its requests');
    expect(behind({ operation: 'red.deleteImage' }, { operation: '*.deleteImage' })).toBe('nothing');
  });

  test.each<[string, object]>([
    ['breaks the connection', { fault: { cut: 'reset' } }],
    ['writes out what goes without saying', { fault, calls: { per: 'image', from: 1, every: 1, chance: 1 } }],
    ['stays with its last fault', { sequence: [fault, { answer: 503 }, 'last'] }],
  ])('where the first %s', (_title, first) => {
    expect(
      refusalOf({
        scenario: 'one',
        rules: [
          { match, ...first },
          { match, fault },
        ],
      }),
    ).toContain('/rules/1: the rule');
  });

  test.each<[string, object]>([
    ['is for a time', { fault, calls: { for: '1s' } }],
    ['begins later', { fault, calls: { after: '1s' } }],
    ['ends', { fault, calls: { until: '1h' } }],
    ['is for so many calls', { fault, calls: { times: 9 } }],
    ['is a limit', { fault: { limit: { requests: 1, per: '1s' } } }],
  ])('but not where the first %s', (_title, first) => {
    expect(
      refusalOf({
        scenario: 'one',
        rules: [
          { match, ...first },
          { match, fault },
        ],
      }),
    ).toBe('nothing');
  });

  test('among 3,000 with globs of their own, by the one that hides it', () => {
    const rules = Array.from({ length: 3000 }, (_, number) => ({
      match: { ...match, image: { name: `web-${number}-*` } },
      fault,
    }));
    expect(refusalOf({ scenario: 'one', rules })).toBe('nothing');
    expect(
      refusalOf({ scenario: 'one', rules: [...rules, { match: { ...match, image: { name: 'web-7-x' } }, fault }] }),
    ).toContain('/rules/3000: the rule can never match: /rules/7 takes');
  });
});

test('a glob covers another only where no text can tell that it does not', () => {
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
    const [fitsWide, fitsNarrow] = [compileGlob(wide), compileGlob(narrow)];
    expect([wide, narrow, texts.filter((text) => fitsNarrow(text) && !fitsWide(text))]).toEqual([wide, narrow, []]);
  }
  expect(covered).toBeGreaterThan(100);
});

test.each(['when', 'goto'])('a one-off fault has no states: %s is refused', (member) => {
  const rule = { match, fault, [member]: 'down' };
  expect(() => parseArmedFault(rule, 'fault', KNOWN)).toThrow(`/${member}: a one-off fault has no states`);
});
