import { describe, expect, test } from '@jest/globals';
import { Ids } from '../../src/domain/ids.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('the ids of a world', () => {
  test('depend on the seed and their purpose, not on the order of arrival', () => {
    const one = new Ids('seed');
    const other = new Ids('seed');
    const first = one.next('image', 'demo', 'a');
    const second = one.next('image', 'alt', 'b');
    expect(other.next('image', 'alt', 'b')).toBe(second);
    expect(other.next('image', 'demo', 'a')).toBe(first);
    expect(first).toMatch(UUID);
    expect(new Ids('another').next('image', 'demo', 'a')).not.toBe(first);
  });

  test('differ for the second of a name', () => {
    const ids = new Ids('seed');
    expect(ids.next('image', 'demo', 'a')).not.toBe(ids.next('image', 'demo', 'a'));
  });

  test('do not mix up descriptions whose texts join to the same', () => {
    const ids = new Ids('seed');
    expect(ids.uuid('ab', 'c')).not.toBe(ids.uuid('a', 'bc'));
  });

  test('go on from a snapshot without touching where it came from', () => {
    const parent = new Ids('seed');
    parent.next('image', 'demo', 'a');
    const child = new Ids(parent.snapshot());
    const theirs = child.next('image', 'demo', 'a');
    expect(parent.next('image', 'demo', 'a')).toBe(theirs);
    expect(child.next('image', 'demo', 'a')).not.toBe(theirs);
  });

  test('give each client a sequence of request ids of its own', () => {
    const alone = new Ids('seed');
    const busy = new Ids('seed');
    const expected = [alone.requestId('a'), alone.requestId('a'), alone.requestId('a')];
    const seen = [busy.requestId('a')];
    busy.requestId('b');
    seen.push(busy.requestId('a'));
    busy.requestId('c');
    seen.push(busy.requestId('a'));
    expect(seen).toEqual(expected);
    expect(new Set(expected).size).toBe(3);
    for (const id of expected) expect(id.slice(4)).toMatch(UUID);
    expect(busy.requestId('b')).not.toBe(expected[0]);
  });

  test('are 32 hexadecimal digits where Keystone has them', () => {
    expect(new Ids('seed').nextHex('user', 'x')).toMatch(/^[0-9a-f]{32}$/);
  });
});
