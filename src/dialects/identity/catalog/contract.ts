import type { Operation } from '../../../contract/contract.ts';
import { CATALOG_REPLY } from '../response-schemas.ts';

const SOURCE = 'Identity API v3 reference';

/** Operations on the service catalog. */
export const catalogOperations = {
  getCatalog: {
    method: 'get',
    path: '/v3/auth/catalog',
    summary: 'Returns the catalog for the token.',
    success: 200,
    statuses: [200, 400, 401, 403, 404, 405, 409, 413, 415, 503],
    response: CATALOG_REPLY,
    source: SOURCE,
    confidence: 'documented',
  },
} as const satisfies Readonly<Record<string, Operation>>;
