import type { Operation } from '../../../contract/contract.ts';

const SOURCE = 'Image service API v2 reference, "Discovery"';

/** Operations that return quotas, import methods and stores. */
export const discoveryOperations = {
  discoverUsage: {
    since: 'zed',
    method: 'get',
    path: '/v2/info/usage',
    summary: 'Returns the quotas of the project and their usage.',
    success: 200,
    statuses: [200],
    alsoSeen: [400, 401, 404, 500],
    response: { type: 'object', required: ['usage'], properties: { usage: { type: 'object' } } },
    source: SOURCE,
  },
  discoverImport: {
    since: 'queens',
    method: 'get',
    path: '/v2/info/import',
    summary: 'Lists the import methods.',
    success: 200,
    statuses: [200, 400, 401, 403],
    // Releases before API 2.6.
    alsoSeen: [404],
    response: { type: 'object', required: ['import-methods'] },
    source: SOURCE,
  },
  discoverStores: {
    since: 'zed',
    method: 'get',
    path: '/v2/info/stores',
    summary: 'Lists the stores for image data.',
    success: 200,
    statuses: [200, 404],
    alsoSeen: [400, 401],
    response: { type: 'object', required: ['stores'], properties: { stores: { type: 'array' } } },
    source: SOURCE,
  },
  discoverStoresDetail: {
    since: 'zed',
    method: 'get',
    path: '/v2/info/stores/detail',
    summary: 'Lists the stores with their details, for administrators.',
    success: 200,
    statuses: [200, 403, 404],
    alsoSeen: [400, 401],
    response: { type: 'object', required: ['stores'], properties: { stores: { type: 'array' } } },
    source: SOURCE,
  },
} as const satisfies Readonly<Record<string, Operation>>;
