import type { Operation } from '../../../contract/contract.ts';
import { QUOTA_DETAIL_REPLY, QUOTA_SET_REPLY } from './schemas.ts';

const SOURCE = 'Compute API v2.1 reference';
const QUOTA_SET = '/v2.1/{tenant_id}/os-quota-sets/{project_id}';

const READ = {
  method: 'get',
  success: 200,
  annex: 'quotas',
  statuses: [200, 400, 401, 403],
  alsoSeen: [404, 406, 415],
} as const;

/** Quotas of projects. */
export const quotaOperations = {
  showQuotaSet: {
    ...READ,
    path: QUOTA_SET,
    summary: 'Returns the quotas of a project.',
    response: QUOTA_SET_REPLY,
    source: `${SOURCE}, "Show A Quota"`,
  },
  showQuotaDefaults: {
    ...READ,
    path: `${QUOTA_SET}/defaults`,
    summary: 'Returns the default quotas of a project.',
    response: QUOTA_SET_REPLY,
    source: `${SOURCE}, "List Default Quotas For Tenant"`,
  },
  showQuotaDetail: {
    ...READ,
    path: `${QUOTA_SET}/detail`,
    summary: 'Returns the quotas of a project and what it uses.',
    response: QUOTA_DETAIL_REPLY,
    source: `${SOURCE}, "Show The Detail of Quota"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
