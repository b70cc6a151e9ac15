import type { Operation } from '../../../contract/contract.ts';
import { SOURCE } from '../documented.ts';

/** Operations on limits and quotas. */
export const limitOperations = {
  showLimits: {
    method: 'get',
    path: '/v2/{tenant_id}/limits',
    summary: 'Returns the rate limits and the absolute limits of an account, with their use.',
    success: 200,
    statuses: [200, 400, 401, 403, 405, 409, 413, 500, 503],
    triggers: { 409: 'inject' },
    response: {
      type: 'object',
      required: ['limits'],
      properties: { limits: { type: 'object', required: ['rate', 'absolute'] } },
    },
    source: `${SOURCE}, "Retrieve rate and absolute limits"`,
  },
  showQuotas: {
    method: 'get',
    path: '/v2/{tenant_id}/os-quota-sets/{target_tenant_id}',
    summary: 'Returns the quotas of an account.',
    success: 200,
    statuses: [200, 203, 400, 401, 403, 405, 409, 413, 500, 503],
    triggers: { 409: 'inject' },
    response: { type: 'object', required: ['quota_set'] },
    source: `${SOURCE}, "Retrieve quotas"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
