import type { Operation } from '../../../contract/contract.ts';
import { VERSIONS_RESPONSE } from './schemas.ts';

const VERSIONS = 'Image service API reference, "API versions"';

/** Operations that list the API versions. */
export const versionOperations = {
  listVersions: {
    method: 'get',
    path: '/',
    summary: 'Lists the API versions, at the root and at every path without a version.',
    success: 300,
    statuses: [300],
    auth: 'none',
    isDiscovery: true,
    response: VERSIONS_RESPONSE,
    source: `${VERSIONS}, "List API versions"`,
  },
  listVersionsExplicit: {
    method: 'get',
    path: '/versions',
    summary: 'Lists the API versions at `/versions`.',
    success: 200,
    statuses: [200],
    auth: 'none',
    isDiscovery: true,
    response: VERSIONS_RESPONSE,
    source: `${VERSIONS}, "List API versions"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
