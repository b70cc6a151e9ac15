import { describe, expect, test } from '@jest/globals';
import { isUtf8Query, webobDecoding, withoutFinalLineFeed } from '../../../src/dialects/shared/webob.ts';

describe('WebOb and Routes', () => {
  test.each([
    ['/v2/%69mages', '/v2/images'],
    ['/v2%2Fimages', '/v2/images'],
    ['//v2//images', '/v2/images'],
    ['/v2/images/a%3fb', '/v2/images/a%3Fb'],
    ['/v2/images/a%zz', '/v2/images/a%25zz'],
    ['/v2/images/a%2525', '/v2/images/a%2525'],
    ['/v2/images/%C3%A9', '/v2/images/%C3%A9'],
  ])('read the path %s as %s', (path, expected) => {
    expect(webobDecoding.path(path)).toBe(expected);
  });

  test('cannot decode a path that is not UTF-8', () => {
    expect(webobDecoding.path('/v2/images/%FF')).toBeUndefined();
  });

  test('decode a path parameter byte by byte', () => {
    expect(webobDecoding.segment('%C3%A9')).toBe('Ã©');
  });

  test('match a path before one line feed at its end', () => {
    expect(withoutFinalLineFeed('/v2/images%0A%0A')).toBe('/v2/images%0A');
    expect(withoutFinalLineFeed('/v2/images')).toBe('/v2/images');
  });

  test('separate parameters at semicolons, and keep a second question mark', () => {
    expect([...webobDecoding.query('?a=1;b=2&c=a+b;d')]).toEqual([
      ['?a', '1'],
      ['b', '2'],
      ['c', 'a b'],
      ['d', ''],
    ]);
  });

  test.each([
    ['a=%C3%A9', true],
    ['a=%zz', true],
    ['a=%FF', false],
  ])('read the query %s: %s', (search, expected) => {
    expect(isUtf8Query(search)).toBe(expected);
  });
});
