import type { Operation } from '../../../contract/contract.ts';
import { anyMember, QUOTA_CLASS_SET_REPLY, QUOTA_DETAIL_REPLY, QUOTA_SET_REPLY } from './schemas.ts';

const SOURCE = 'Compute API v2.1 reference';
const QUOTA_SET = '/v2.1/{tenant_id}/os-quota-sets/{project_id}';

const READ = {
  method: 'get',
  success: 200,
  annex: 'quotas',
  statuses: [200, 400, 401, 403],
  alsoSeen: [404, 406, 415],
} as const;

const CHANGE = { success: 200, annex: 'quotas', alsoSeen: [404, 406, 413, 415, 500] } as const;
const CLASS_SET = '/v2.1/{tenant_id}/os-quota-class-sets/{class_name}';

/** Quotas of projects, of their users, and of classes. */
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
    triggers: { 403: 'inject' },
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
  updateQuotaSet: {
    ...CHANGE,
    method: 'put',
    path: QUOTA_SET,
    summary: 'Changes quotas of a project or of a user in it.',
    statuses: [200, 400, 401, 403],
    request: anyMember('quota_set'),
    response: QUOTA_SET_REPLY,
    source: `${SOURCE}, "Update Quotas"`,
  },
  deleteQuotaSet: {
    ...CHANGE,
    method: 'delete',
    path: QUOTA_SET,
    summary: 'Removes the changes of the quotas of a project or of a user in it.',
    success: 202,
    statuses: [202, 401, 403],
    alsoSeen: [400, 404, 406, 413, 415],
    source: `${SOURCE}, "Revert Quotas To Defaults"`,
  },
  showQuotaClassSet: {
    ...READ,
    path: CLASS_SET,
    summary: 'Returns the quotas of a class; those of the class default apply to all projects.',
    statuses: [200, 401, 403],
    alsoSeen: [400, 404, 406, 415],
    response: QUOTA_CLASS_SET_REPLY,
    source: `${SOURCE}, "Show the quota for Quota Class"`,
  },
  updateQuotaClassSet: {
    ...CHANGE,
    method: 'put',
    path: CLASS_SET,
    summary: 'Changes quotas of a class.',
    statuses: [200, 400, 401, 403],
    request: anyMember('quota_class_set'),
    response: QUOTA_CLASS_SET_REPLY,
    source: `${SOURCE}, "Create or Update Quotas for Quota Class"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
