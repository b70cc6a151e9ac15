import type { Operation } from '../../../contract/contract.ts';

const SOURCE = 'Image service API v2 reference, "Cache management"';

/** Operations on the image cache, for administrators. */
export const cacheOperations = {
  queryCache: {
    method: 'get',
    path: '/v2/cache',
    summary: 'Lists the cached images and the queued ones.',
    success: 200,
    statuses: [200, 400, 401, 403],
    response: { type: 'object', required: ['cached_images', 'queued_images'] },
    source: SOURCE,
  },
  queueCacheImage: {
    method: 'put',
    path: '/v2/cache/{image_id}',
    summary: 'Queues an image for caching.',
    success: 202,
    statuses: [202, 400, 401, 403, 404],
    alsoSeen: [500],
    source: SOURCE,
  },
  deleteCacheImage: {
    method: 'delete',
    path: '/v2/cache/{image_id}',
    summary: 'Removes an image from the cache and from the queue.',
    success: 204,
    statuses: [204, 400, 401, 403, 404],
    alsoSeen: [500],
    source: SOURCE,
  },
  clearCache: {
    method: 'delete',
    path: '/v2/cache',
    summary: 'Empties the cache, the queue, or both.',
    success: 204,
    statuses: [204, 400, 401, 403],
    alsoSeen: [500],
    source: SOURCE,
  },
  cleanCache: {
    since: '2026.2',
    method: 'post',
    path: '/v2/cache/clean',
    isExclusivePath: true,
    summary: 'Removes unusable data from the cache.',
    success: 200,
    statuses: [200, 400, 401, 403],
    source: SOURCE,
  },
  pruneCache: {
    since: '2026.2',
    method: 'post',
    path: '/v2/cache/prune',
    isExclusivePath: true,
    summary: 'Shrinks the cache to its maximum size.',
    success: 200,
    statuses: [200, 400, 401, 403],
    response: { type: 'object', required: ['total_files_pruned', 'total_bytes_pruned'] },
    source: SOURCE,
  },
} as const satisfies Readonly<Record<string, Operation>>;
