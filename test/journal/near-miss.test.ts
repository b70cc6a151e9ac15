import { describe, expect, test } from '@jest/globals';
import { nearestOperations } from '../../src/journal/near-miss.ts';

describe('near misses', () => {
  const candidates = [
    { name: 'image-v2.listImages', method: 'GET', path: '/image/v2/images' },
    { name: 'image-v2.showImage', method: 'GET', path: '/image/v2/images/{image_id}' },
    { name: 'image-v2.deleteImage', method: 'DELETE', path: '/image/v2/images/{image_id}' },
    { name: 'compute-v2.1.showImage', method: 'GET', path: '/compute/v2.1/{tenant_id}/images/{image_id}' },
  ];

  test('list the operation with a misspelled segment first', () => {
    expect(nearestOperations('GET', '/image/v2/image', candidates)[0]).toBe(
      'image-v2.listImages (GET /image/v2/images)',
    );
  });

  test('prefer the same path with another method over another path', () => {
    expect([...nearestOperations('PUT', '/image/v2/images/x', candidates, 2)].sort()).toEqual([
      'image-v2.deleteImage (DELETE /image/v2/images/{image_id})',
      'image-v2.showImage (GET /image/v2/images/{image_id})',
    ]);
  });

  test('prefer the same method when both paths match', () => {
    expect(nearestOperations('DELETE', '/image/v3/images/x', candidates, 1)).toEqual([
      'image-v2.deleteImage (DELETE /image/v2/images/{image_id})',
    ]);
  });
});
