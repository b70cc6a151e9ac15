import type { Operation } from '../../../contract/contract.ts';
import { LIMITS_REPLY } from './schemas.ts';

const SOURCE = 'Compute API v2.1 reference';

/** Limits and their use. */
export const limitOperations = {
  showLimits: {
    method: 'get',
    path: '/v2.1/{tenant_id}/limits',
    summary: 'Returns the limits of a project and what it uses.',
    success: 200,
    statuses: [200],
    alsoSeen: [400, 401, 403, 404, 405, 406, 415],
    response: LIMITS_REPLY,
    source: `${SOURCE}, "Show rate and absolute limits"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
