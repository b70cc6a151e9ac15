import { describe, expect, test } from '@jest/globals';
import { PathTree } from '../../src/contract/path.ts';

function tree(): PathTree<string> {
  const paths = new PathTree<string>(decodeURIComponent);
  paths.add('get', '/', 'root');
  paths.add('get', '/v2/images', 'list');
  paths.add('post', '/v2/images', 'create');
  paths.add('get', '/v2/images/{image_id}', 'show');
  paths.add('delete', '/v2/images/{image_id}', 'delete');
  paths.add('get', '/v2/images/detail', 'detail');
  paths.add('get', '/v2/images/{image_id}/members/{member_id}', 'member');
  paths.add('post', '/v3/auth/tokens', 'password');
  paths.add('post', '/v3/auth/tokens', 'token');
  return paths;
}

describe('a path tree', () => {
  test('returns the values of a method and a path, with the path parameters', () => {
    expect(tree().find('GET', '/v2/images/abc')).toEqual({ values: ['show'], params: { image_id: 'abc' } });
    expect(tree().find('GET', '/v2/images/a/members/b')).toEqual({
      values: ['member'],
      params: { image_id: 'a', member_id: 'b' },
    });
  });

  test('prefers a literal segment, and falls back to a parameter if the literal lacks the method', () => {
    expect(tree().find('GET', '/v2/images/detail')?.values).toEqual(['detail']);
    expect(tree().find('DELETE', '/v2/images/detail')).toEqual({ values: ['delete'], params: { image_id: 'detail' } });
  });

  test('returns every value added for one method and path', () => {
    expect(tree().find('POST', '/v3/auth/tokens')?.values).toEqual(['password', 'token']);
  });

  test.each(['/v2/images/', '/v2//images', '/v2/images/a/members', '/V2/images', ''])(
    'finds nothing for %j',
    (path) => {
      expect(tree().find('GET', path)).toBeUndefined();
      expect([...tree().at(path).keys()]).toEqual([]);
    },
  );

  test('decodes parameters as its service does', () => {
    expect(tree().find('GET', '/v2/images/a%2Fb')?.params).toEqual({ image_id: 'a/b' });
  });

  test('lists the methods of a path, including those of a matching parameter', () => {
    expect([...tree().at('/v2/images').keys()]).toEqual(['GET', 'POST']);
    expect([...tree().at('/v2/images/detail').keys()]).toEqual(['GET', 'DELETE']);
  });
});
