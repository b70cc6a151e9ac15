import type { Operation } from '../../../contract/contract.ts';
import { USAGE_REPLY, USAGES_REPLY } from './schemas.ts';

const SOURCE = 'Compute API v2.1 reference';

const READ = {
  method: 'get',
  success: 200,
  annex: 'usage',
  statuses: [200, 400, 401, 403],
  alsoSeen: [404, 406, 415],
} as const;

/** What projects have used in a period. */
export const usageOperations = {
  listTenantUsage: {
    ...READ,
    path: '/v2.1/{tenant_id}/os-simple-tenant-usage',
    summary: 'Lists what the servers of all projects have used.',
    response: USAGES_REPLY,
    source: `${SOURCE}, "List Tenant Usage Statistics For All Tenants"`,
  },
  showTenantUsage: {
    ...READ,
    path: '/v2.1/{tenant_id}/os-simple-tenant-usage/{project_id}',
    summary: 'Returns what the servers of a project have used.',
    response: USAGE_REPLY,
    source: `${SOURCE}, "Show Usage Details For Tenant"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
