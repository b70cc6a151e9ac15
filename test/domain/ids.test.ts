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

  test('differ for two images of the same name', () => {
    const ids = new Ids('seed');
    expect(ids.next('image', 'demo', 'a')).not.toBe(ids.next('image', 'demo', 'a'));
  });

  test('differ for purposes that concatenate to the same text', () => {
    const ids = new Ids('seed');
    expect(ids.uuid('ab', 'c')).not.toBe(ids.uuid('a', 'bc'));
  });

  test('continue from a snapshot without changing the original', () => {
    const parent = new Ids('seed');
    parent.next('image', 'demo', 'a');
    const child = new Ids(parent.snapshot());
    const childId = child.next('image', 'demo', 'a');
    expect(parent.next('image', 'demo', 'a')).toBe(childId);
    expect(child.next('image', 'demo', 'a')).not.toBe(childId);
  });

  test('have a separate sequence of request ids for each client', () => {
    const alone = new Ids('seed');
    const busy = new Ids('seed');
    const expected = [alone.requestId('a'), alone.requestId('a'), alone.requestId('a')];
    const received = [busy.requestId('a')];
    busy.requestId('b');
    received.push(busy.requestId('a'));
    busy.requestId('c');
    received.push(busy.requestId('a'));
    expect(received).toEqual(expected);
    expect(new Set(expected).size).toBe(3);
    for (const id of expected) expect(id.slice(4)).toMatch(UUID);
    expect(busy.requestId('b')).not.toBe(expected[0]);
  });

  test('can be 32 hexadecimal digits, as in Keystone', () => {
    expect(new Ids('seed').nextHex('user', 'x')).toMatch(/^[0-9a-f]{32}$/);
  });
});
