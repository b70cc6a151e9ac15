import type { Operation } from '../../../contract/contract.ts';
import { VERSION_REPLY, VERSIONS_REPLY } from './schemas.ts';

const SOURCE = 'Compute API v2.1 reference';

/** API versions. */
export const versionOperations = {
  listVersions: {
    method: 'get',
    path: '/',
    summary: 'Lists the major versions with their microversion range.',
    success: 200,
    statuses: [200, 300],
    // Every request is checked for its Content-Type, with or without a body. 400: a query that is not UTF-8, from 2025.1 on.
    alsoSeen: [400, 415],
    auth: 'none',
    isDiscovery: true,
    response: VERSIONS_REPLY,
    source: `${SOURCE}, "API versions"`,
  },
  showVersion: {
    method: 'get',
    path: '/v2.1/',
    summary: 'Describes version 2.1.',
    success: 200,
    statuses: [200],
    alsoSeen: [400, 406, 415],
    auth: 'none',
    isDiscovery: true,
    response: VERSION_REPLY,
    source: `${SOURCE}, "API versions"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
