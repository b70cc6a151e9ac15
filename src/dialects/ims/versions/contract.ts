import type { Operation } from '../../../contract/contract.ts';
import { VERSIONS_REPLY } from './schemas.ts';

const SOURCE = 'Image Management Service API reference';
const STATUSES = [300, 400, 401, 403, 404, 500, 503] as const;

/** Operations that describe the API versions. */
export const versionOperations = {
  listVersions: {
    method: 'get',
    path: '/',
    summary: 'Lists the API versions.',
    auth: 'none',
    isDiscovery: true,
    success: 300,
    statuses: STATUSES,
    triggers: { 404: 'inject' },
    response: VERSIONS_REPLY,
    source: `${SOURCE}, "Querying API Versions (Native OpenStack API)"`,
  },
  showVersion: {
    method: 'get',
    path: '/{version}',
    summary: 'Describes one API version.',
    auth: 'none',
    isDiscovery: true,
    success: 300,
    statuses: STATUSES,
    // Documented by Huawei Cloud.
    alsoSeen: [200],
    response: VERSIONS_REPLY,
    source: `${SOURCE}, "Querying an API Version (Native OpenStack API)"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
