import type { Operation } from '../../../contract/contract.ts';
import { ZONES_REPLY } from './schemas.ts';

const SOURCE = 'Compute API v2.1 reference';

const READ = {
  method: 'get',
  success: 200,
  annex: 'availability zones',
  statuses: [200, 401, 403],
  alsoSeen: [400, 404, 406, 415],
  response: ZONES_REPLY,
} as const;

/** Availability zones. */
export const zoneOperations = {
  listAvailabilityZones: {
    ...READ,
    triggers: { 403: 'inject' },
    path: '/v2.1/{tenant_id}/os-availability-zone',
    summary: 'Lists availability zones.',
    source: `${SOURCE}, "Get Availability Zone Information"`,
  },
  listAvailabilityZonesDetail: {
    ...READ,
    path: '/v2.1/{tenant_id}/os-availability-zone/detail',
    summary: 'Lists availability zones with their hosts and services.',
    source: `${SOURCE}, "Get Detailed Availability Zone Information"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
