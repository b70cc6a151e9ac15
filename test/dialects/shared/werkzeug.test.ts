import { describe, expect, test } from '@jest/globals';
import { isJsonType, werkzeugDecoding } from '../../../src/dialects/shared/werkzeug.ts';

describe('Werkzeug and Flask', () => {
  test.each([
    ['/v3/%61uth/tokens', '/v3/auth/tokens'],
    ['/v3/auth%2Ftokens/', '/v3/auth/tokens'],
    ['//v3/users//', '/v3/users'],
    ['/v3//users', '/v3//users'],
    ['/v3/./users/x/../y', '/v3/users/y'],
    ['/v3/users/.', '/v3/users'],
    ['/v3/%2e/users', '/v3/./users'],
    ['/v3/users#x', '/v3/users'],
    ['/', '/'],
    ['//', '/'],
  ])('read the path %s as %s', (path, expected) => {
    expect(werkzeugDecoding.path(path)).toBe(expected);
  });

  test('replace bytes of a path that are not UTF-8', () => {
    expect(werkzeugDecoding.segment(werkzeugDecoding.path('/%FF%C3%A9')?.slice(1) ?? '')).toBe('\ufffdé');
  });

  test('separate parameters only at ampersands', () => {
    expect([...werkzeugDecoding.query('name=a;b=2&c')]).toEqual([
      ['name', 'a;b=2'],
      ['c', ''],
    ]);
  });

  test.each([
    undefined,
    '',
    ' ',
    'application/json; charset=utf-16',
    'Application/JSON',
    'application/a+json, x',
    'application/json x',
  ])('take the Content-Type %j for JSON', (type) => expect(isJsonType(type)).toBe(true));

  test.each([
    ';',
    ',',
    'text/plain',
    'application /json',
    'application/a b+json',
    'application/json/x',
    'x application/json',
  ])('do not take the Content-Type %j for JSON', (type) => expect(isJsonType(type)).toBe(false));
});
