import { describe, expect, test } from '@jest/globals';
import { compileGlob } from '../../../src/base/glob.ts';
import { canonical } from '../../../src/base/json-value.ts';
import { compileMatch } from '../../../src/faults/engine/matcher.ts';
import type { Match } from '../../../src/faults/fault.ts';
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

  test('do not backtrack exponentially', () => {
    expect(compileGlob(`${'*a'.repeat(30)}*b`)('a'.repeat(5000))).toBe(false);
  });
});

const matches = (match: Match, options: Parameters<typeof subject>[0]): boolean =>
  compileMatch(match)?.(subject(options)) ?? true;

describe('a match', () => {
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
    ['another tag', { tag: 'silver' }, false],
    ['its status', { status: 'saving' }, true],
    ['another status', { status: 'active' }, false],
    ['its visibility', { visibility: 'private' }, true],
    ['another visibility', { visibility: 'public' }, false],
    ['a property', { property: { os: 'lin*' } }, true],
    ['another value of a property', { property: { os: 'bsd' } }, false],
    ['a member of Object.prototype', { property: { toString: '*' } }, false],
    ['several conditions that all match', { name: 'web-*', tag: 'gold', status: 'saving' }, true],
    ['several conditions of which one fails', { name: 'web-*', tag: 'gold', status: 'active' }, false],
  ])('evaluates an image by %s', (_title, condition, expected) => {
    expect(matches({ image: condition as NonNullable<Match['image']> }, { image })).toBe(expected);
  });

  test('does not match an image that does not exist', () => {
    expect(matches({ image: { name: '*' } }, {})).toBe(false);
    expect(matches({ image: { status: 'active' } }, {})).toBe(false);
  });

  test('does not match an image without a name by name', () => {
    expect(matches({ image: { name: '*' } }, { image: { ...image, name: null } })).toBe(false);
  });

  test.each<[string, Match, boolean]>([
    ['a project by id', { project: 'p-id' }, true],
    ['a project by name', { project: 'demo' }, true],
    ['another project', { project: 'admin' }, false],
    ['a user by id', { user: 'u-id' }, true],
    ['a user by name', { user: 'de*' }, true],
    ['another user', { user: 'u' }, false],
    ['a header in any case', { header: { 'User-Agent': 'python-*' } }, true],
    ['another value of a header', { header: { 'user-agent': 'curl*' } }, false],
    ['a header that is missing', { header: { range: '*' } }, false],
    ['the absence of a header', { header: { range: null } }, true],
    ['the absence of a header that is sent', { header: { 'user-agent': null } }, false],
    ['one of several values of a parameter', { query: { tag: 'b' } }, true],
    ['another value of a parameter', { query: { tag: 'c' } }, false],
    ['the absence of a parameter', { query: { marker: null } }, true],
    ['the absence of a parameter that is sent', { query: { tag: null } }, false],
    ['a string in the body', { body: { '/auth/user': 'de*' } }, true],
    ['a number in the body', { body: { '/list/1': 2 } }, true],
    ['an object in the body, with members in any order', { body: { '/auth': { id: null, user: 'demo' } } }, true],
    ['another value in the body', { body: { '/list/1': 3 } }, false],
    ['a string where the body has a number', { body: { '/list/1': '2' } }, false],
    ['a pointer that is missing in the body', { body: { '/auth/password': '*' } }, false],
    ['any element of a list', { body: { '/list/*': 2 } }, true],
    ['any member of an object', { body: { '/auth/*': 'de*' } }, true],
    ['no element of a list', { body: { '/list/*': 3 } }, false],
    ['a part that no element has', { body: { '/list/*/a': '*' } }, false],
    ['an escaped pointer', { body: { '/a~1b~0': true } }, true],
    ['several conditions that all match', { project: 'demo', user: 'demo', query: { tag: 'a' } }, true],
    ['several conditions of which one fails', { project: 'demo', user: 'admin', query: { tag: 'a' } }, false],
  ])('evaluates %s', (_title, match, expected) => {
    const options = {
      caller: { projectId: 'p-id', projectName: 'demo', userId: 'u-id', userName: 'demo' },
      headers: { 'user-agent': 'python-openstack' },
      search: 'tag=a&tag=b',
      body: '{"auth":{"user":"demo","id":null},"list":[1,2],"a/b~":true}',
    };
    expect(matches(match, options)).toBe(expected);
  });

  test('does not match an anonymous caller, not even with *', () => {
    expect(matches({ project: '*' }, {})).toBe(false);
    expect(matches({ user: '*' }, {})).toBe(false);
  });

  test('does not match a body that is missing or not JSON', () => {
    expect(matches({ body: { '': 1 } }, {})).toBe(false);
    expect(matches({ body: { '': 1 } }, { body: '{' })).toBe(false);
    expect(matches({ body: { '': 1 } }, { body: '1' })).toBe(true);
  });

  test('compiles to nothing without conditions', () => {
    expect(compileMatch({})).toBeUndefined();
  });
});

test('canonical returns the same text for objects with members in any order', () => {
  expect(canonical({ b: [{ y: 1, x: null }], a: 'é' })).toBe(canonical({ a: 'é', b: [{ x: null, y: 1 }] }));
  expect(canonical([1, 2])).not.toBe(canonical([2, 1]));
});
