import { describe, expect, test } from '@jest/globals';
import { compileGlob } from '../../../src/domain/glob.ts';
import { compileMatch } from '../../../src/faults/engine/matcher.ts';
import type { Match } from '../../../src/faults/fault.ts';
import { canonical } from '../../../src/faults/json-value.ts';
import { subject } from '../support.ts';

describe('globs', () => {
  test.each([
    ['web', 'web', true],
    ['web', 'web-1', false],
    ['web', 'Web', false],
    ['web-*', 'web-1', true],
    ['web-*', 'web-', true],
    ['web-*', 'my-web-1', false],
    ['*-1', 'web-1', true],
    ['*', '', true],
    ['ab*bc', 'abc', false],
    ['ab*bc', 'abbc', true],
    ['w?b', 'wxb', true],
    ['w?b', 'wb', false],
    ['*a*b*', 'xaxxbx', true],
    ['*a*b*', 'xbxxax', false],
    ['a*a*b', 'aaab', true],
    ['?*', '', false],
    ['a.c', 'abc', false],
    ['(a|b)', 'a', false],
  ])('%s and "%s": %p', (pattern, text, expected) => {
    expect(compileGlob(pattern)(text)).toBe(expected);
  });

  test('take no time to speak of for texts made to hold them up', () => {
    expect(compileGlob(`${'*a'.repeat(30)}*b`)('a'.repeat(5000))).toBe(false);
  });
});

const fits = (match: Match, parts: Parameters<typeof subject>[0]): boolean =>
  compileMatch(match)?.(subject(parts)) ?? true;

describe('matches', () => {
  const image = {
    id: 'i-1',
    name: 'web-1',
    tags: ['gold', 'lts'],
    status: 'saving',
    visibility: 'private',
    properties: { os: 'linux' },
  } as const;

  test.each<[string, Match['image'], boolean]>([
    ['its id', { id: 'i-1' }, true],
    ['another id', { id: 'i-2' }, false],
    ['its id as a glob', { id: 'i-*' }, true],
    ['its name', { name: 'web-*' }, true],
    ['another name', { name: 'db-*' }, false],
    ['one of its tags', { tag: 'lts' }, true],
    ['a tag that it has not', { tag: 'silver' }, false],
    ['its status', { status: 'saving' }, true],
    ['another status', { status: 'active' }, false],
    ['its visibility', { visibility: 'private' }, true],
    ['another visibility', { visibility: 'public' }, false],
    ['a property', { property: { os: 'lin*' } }, true],
    ['another value of a property', { property: { os: 'bsd' } }, false],
    ['a property that every object has', { property: { toString: '*' } }, false],
    ['all at once', { name: 'web-*', tag: 'gold', status: 'saving' }, true],
    ['all but one', { name: 'web-*', tag: 'gold', status: 'active' }, false],
  ])('an image by %s', (_title, wanted, expected) => {
    expect(fits({ image: wanted as NonNullable<Match['image']> }, { image })).toBe(expected);
  });

  test('no image that is not there', () => {
    expect(fits({ image: { name: '*' } }, {})).toBe(false);
    expect(fits({ image: { status: 'active' } }, {})).toBe(false);
  });

  test('an image without a name by no name', () => {
    expect(fits({ image: { name: '*' } }, { image: { ...image, name: null } })).toBe(false);
  });

  test.each<[string, Match, boolean]>([
    ['a project by id', { project: 'p-id' }, true],
    ['a project by name', { project: 'demo' }, true],
    ['another project', { project: 'admin' }, false],
    ['a user by id', { user: 'u-id' }, true],
    ['a user by name', { user: 'de*' }, true],
    ['another user', { user: 'u' }, false],
    ['a header, whatever its case', { header: { 'User-Agent': 'python-*' } }, true],
    ['another value of a header', { header: { 'user-agent': 'curl*' } }, false],
    ['a header that is missing', { header: { range: '*' } }, false],
    ['the absence of a header', { header: { range: null } }, true],
    ['the absence of a header that is there', { header: { 'user-agent': null } }, false],
    ['one of several values of a parameter', { query: { tag: 'b' } }, true],
    ['another value of a parameter', { query: { tag: 'c' } }, false],
    ['the absence of a parameter', { query: { marker: null } }, true],
    ['the absence of a parameter that is there', { query: { tag: null } }, false],
    ['a text in the body', { body: { '/auth/user': 'de*' } }, true],
    ['a number in the body', { body: { '/list/1': 2 } }, true],
    ['an object in the body, in whatever order', { body: { '/auth': { id: null, user: 'demo' } } }, true],
    ['another value in the body', { body: { '/list/1': 3 } }, false],
    ['a text where a number is', { body: { '/list/1': '2' } }, false],
    ['what is not in the body', { body: { '/auth/password': '*' } }, false],
    ['an escaped pointer', { body: { '/a~1b~0': true } }, true],
    ['all at once', { project: 'demo', user: 'demo', query: { tag: 'a' } }, true],
    ['all but one', { project: 'demo', user: 'admin', query: { tag: 'a' } }, false],
  ])('%s', (_title, match, expected) => {
    const parts = {
      caller: { projectId: 'p-id', projectName: 'demo', userId: 'u-id', userName: 'demo' },
      headers: { 'user-agent': 'python-openstack' },
      search: 'tag=a&tag=b',
      body: '{"auth":{"user":"demo","id":null},"list":[1,2],"a/b~":true}',
    };
    expect(fits(match, parts)).toBe(expected);
  });

  test('nobody where nobody is known, not even with a star', () => {
    expect(fits({ project: '*' }, {})).toBe(false);
    expect(fits({ user: '*' }, {})).toBe(false);
  });

  test('no body that is absent or no JSON', () => {
    expect(fits({ body: { '': 1 } }, {})).toBe(false);
    expect(fits({ body: { '': 1 } }, { body: '{' })).toBe(false);
    expect(fits({ body: { '': 1 } }, { body: '1' })).toBe(true);
  });

  test('everything where nothing is asked for', () => {
    expect(compileMatch({})).toBeUndefined();
  });
});

test('equal values have equal texts, whatever the order of their members', () => {
  expect(canonical({ b: [{ y: 1, x: null }], a: 'é' })).toBe(canonical({ a: 'é', b: [{ x: null, y: 1 }] }));
  expect(canonical([1, 2])).not.toBe(canonical([2, 1]));
});
