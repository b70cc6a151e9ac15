import type { Operation } from '../../../contract/contract.ts';
import { VERSION_REPLY, VERSIONS_REPLY } from '../response-schemas.ts';

const SOURCE = 'Identity API v3 reference';

/** Operations that describe the API versions. */
export const versionOperations = {
  listVersions: {
    method: 'get',
    path: '/',
    summary: 'Lists the versions of the identity service.',
    success: 300,
    statuses: [200, 300, 400, 401, 403, 404, 405, 413, 503],
    alsoSeen: [409],
    auth: 'none',
    isDiscovery: true,
    response: VERSIONS_REPLY,
    source: SOURCE,
    confidence: 'documented',
  },
  showVersionV3: {
    method: 'get',
    path: '/v3',
    summary: 'Describes version 3.',
    success: 200,
    statuses: [200],
    alsoSeen: [400, 401, 403, 404, 405, 409, 413],
    auth: 'none',
    isDiscovery: true,
    response: VERSION_REPLY,
    source: SOURCE,
    confidence: 'inferred',
  },
} as const satisfies Readonly<Record<string, Operation>>;
