import type { Operation } from '../../../contract/contract.ts';
import { wrapped } from '../schemas.ts';
import { HYPERVISOR_REPLY, HYPERVISORS_REPLY, SERVICE_CHANGE, SERVICE_REPLY, UPTIME_REPLY } from './schemas.ts';

const SOURCE = 'Compute API v2.1 reference';
const HYPERVISORS = '/v2.1/{tenant_id}/os-hypervisors';
const SERVICES = '/v2.1/{tenant_id}/os-services';

const READ = { method: 'get', success: 200, annex: 'hosts' } as const;
const SEEN = { alsoSeen: [404, 406, 415] } as const;

const list = (name: string) => wrapped(name, { type: 'array', maxItems: 0 });

/** An operation on a single hypervisor. There is none, so that it succeeds by a scenario only. */
const ofHypervisor = {
  ...READ,
  statuses: [200, 400, 401, 403, 404],
  alsoSeen: [406, 415],
  triggers: { 200: 'inject' },
} as const;

/** Compute hosts and services. A world has none: its servers run without them. */
export const hostOperations = {
  listHypervisors: {
    ...READ,
    ...SEEN,
    path: HYPERVISORS,
    summary: 'Lists hypervisors (the list is empty).',
    statuses: [200, 400, 401, 403],
    response: list('hypervisors'),
    source: `${SOURCE}, "List Hypervisors"`,
  },
  listHypervisorsDetail: {
    ...READ,
    ...SEEN,
    path: `${HYPERVISORS}/detail`,
    summary: 'Lists hypervisors in full (the list is empty).',
    statuses: [200, 400, 401, 403],
    response: list('hypervisors'),
    source: `${SOURCE}, "List Hypervisors Details"`,
  },
  showHypervisorStatistics: {
    ...READ,
    path: `${HYPERVISORS}/statistics`,
    summary: 'Returns the sums of all hypervisors, up to microversion 2.87.',
    statuses: [200, 401, 403, 404],
    alsoSeen: [400, 406, 415],
    response: wrapped('hypervisor_statistics', { type: 'object' }),
    source: `${SOURCE}, "Show Hypervisor Statistics (DEPRECATED)"`,
  },
  showHypervisor: {
    ...ofHypervisor,
    path: `${HYPERVISORS}/{hypervisor_id}`,
    summary: 'Returns one hypervisor.',
    response: HYPERVISOR_REPLY,
    source: `${SOURCE}, "Show Hypervisor Details"`,
  },
  showHypervisorUptime: {
    ...ofHypervisor,
    path: `${HYPERVISORS}/{hypervisor_id}/uptime`,
    summary: 'Returns the uptime of a hypervisor, up to microversion 2.87.',
    response: UPTIME_REPLY,
    source: `${SOURCE}, "Show Hypervisor Uptime (DEPRECATED)"`,
  },
  searchHypervisors: {
    ...ofHypervisor,
    path: `${HYPERVISORS}/{hypervisor_id}/search`,
    summary: 'Finds hypervisors by name, up to microversion 2.52.',
    response: HYPERVISORS_REPLY,
    statuses: [200, 401, 403, 404],
    alsoSeen: [400, 406, 415],
    source: `${SOURCE}, "Search Hypervisor (DEPRECATED)"`,
  },
  listHypervisorServers: {
    ...ofHypervisor,
    path: `${HYPERVISORS}/{hypervisor_id}/servers`,
    summary: 'Lists the servers of hypervisors by name, up to microversion 2.52.',
    response: HYPERVISORS_REPLY,
    statuses: [200, 401, 403, 404],
    alsoSeen: [400, 406, 415],
    source: `${SOURCE}, "List Hypervisor Servers (DEPRECATED)"`,
  },
  listServices: {
    ...READ,
    ...SEEN,
    path: SERVICES,
    summary: 'Lists compute services (the list is empty).',
    statuses: [200, 401, 403],
    alsoSeen: [400, 404, 406, 415],
    response: list('services'),
    source: `${SOURCE}, "List Compute Services"`,
  },
  updateService: {
    method: 'put',
    path: `${SERVICES}/{service_id}`,
    summary: 'Changes a compute service: by its id from microversion 2.53, before by an action.',
    success: 200,
    statuses: [200, 400, 401, 403, 404],
    annex: 'hosts',
    alsoSeen: [406, 413, 415],
    triggers: { 200: 'inject' },
    request: SERVICE_CHANGE,
    response: SERVICE_REPLY,
    source: `${SOURCE}, "Update Compute Service"`,
  },
  deleteService: {
    method: 'delete',
    path: `${SERVICES}/{service_id}`,
    summary: 'Deletes a compute service.',
    success: 204,
    statuses: [204, 400, 401, 403, 404, 409],
    annex: 'hosts',
    alsoSeen: [406, 415],
    triggers: { 204: 'inject', 409: 'inject' },
    source: `${SOURCE}, "Delete Compute Service"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
