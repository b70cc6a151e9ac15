import { expect, test } from '@jest/globals';
import { PROFILES } from '../../src/conform/case.ts';
import { loadCases } from '../../src/conform/load.ts';
import { MISTAKE_NAMES } from '../../src/conform/mistakes.ts';
import { APIS } from '../../src/conform/tasks.ts';
import { filesOf } from '../support/files.ts';

const error = (path: string): string => {
  try {
    loadCases([path]);
    return 'no error';
  } catch (thrown) {
    return String((thrown as Error).message);
  }
};

const CASE = `
    task: show-image
    title: Every read of an image returns 503.
    correct: Gives up.
    source: [unavailable]
    finds: [no-retry]`;

test('there are cases for each profile and each API, more than 300 in all', () => {
  const cases = loadCases();
  expect(cases.length).toBeGreaterThan(300);
  for (const profile of PROFILES) expect(cases.filter((one) => one.profile === profile).length).toBeGreaterThan(10);
  for (const api of APIS) expect(cases.filter((one) => one.api === api).length).toBeGreaterThan(5);
});

test('a mistake in the fixtures of a file is reported once', () => {
  const path = filesOf({
    'bad.yaml': `profile: retry
description: Cases with wrong fixtures.
world: { imagse: [{ name: one }] }
cases:
  - id: show
    apis: [image-v2, ims]${CASE}
    faults: [{ match: { operation: $show }, fault: { answer: 503 } }]
    expect: { exit: success }
`,
  });
  expect(error(path('bad.yaml')).split('\n').slice(1)).toEqual([
    expect.stringMatching(/^ {2}line 3, \/world\/imagse: unknown member "imagse"; did you mean "images"\?/),
  ]);
});

test('every shipped case names a source, and a mistake that fails it', () => {
  for (const { sources, finds } of loadCases()) {
    expect(sources.length).toBeGreaterThan(0);
    expect(MISTAKE_NAMES).toEqual(expect.arrayContaining([...finds]));
  }
});

test('a bad suite file is rejected with place, what was found and what is allowed, all problems at once', () => {
  const path = filesOf({
    'bad.yaml': `profile: retry
description: Cases with mistakes.
world: { images: [{ name: one }] }
cases:
  - id: show
    apis: [image-v2, identity]${CASE}
    inputs: { image: two }
    faults: [{ match: { operation: $show }, fault: { answer: 99 } }]
    expect: { exit: success, conduct: [retry-strom] }
  - id: show-again
    apis: [ims]${CASE}
    expect: { exit: success }
`,
  });
  expect(error(path('bad.yaml')).split('\n').slice(1)).toEqual([
    '  line 14, /cases/0/expect/conduct/0: unknown rule of conduct; did you mean "retry-storm"?; found "retry-strom"; allowed: the id of a rule in docs/conduct.md',
    '  line 13, /cases/0/faults/0/fault/answer: must be >= 200; found 99; allowed: >= 200',
    '  line 12, /cases/0/inputs/image: is not in the world of the case; found "two"; allowed: one',
    '  line 13, /cases/0/faults/0/match/operation: identity has no such operation; found "$show"; allowed: $login',
    '  line 15, /cases/1: has neither faults nor met; allowed: faults, met, or both',
  ]);
});
