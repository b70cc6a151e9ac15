import type { FaultRequest, ProblemsByName } from '../../dialect.ts';
import type { NaturalProblemsOf } from '../../natural-problems.ts';
import { wrongRequest } from '../../shared/body-reasons.ts';
import { param } from '../../shared/request-values.ts';
import { badLimit, inVersion, NOT_FOUND, PARAMETER_UNKNOWN, policyDenied } from '../protocol/reasons.ts';
import type { hostOperations } from './contract.ts';
import {
  deletedServiceNotFound,
  hypervisorNotFound,
  hypervisorUnmatched,
  serviceInUse,
  serviceNotFound,
  uuidInvalid,
} from './errors.ts';
import { FIRST_WITH_IDS } from './schemas.ts';

const hypervisorIdOf = (request: FaultRequest): string => param(request, 'hypervisor_id');
const serviceIdOf = (request: FaultRequest): string => param(request, 'service_id');

const denied = (action: string): ProblemsByName => policyDenied(`os-hypervisors:${action}`);

const list = (action: string) => ({
  400: {
    ...badLimit(33),
    'marker-not-found': inVersion(33, { search: 'marker=none' }),
    'parameter-unknown': inVersion(FIRST_WITH_IDS, { search: 'color=blue' }),
  },
  403: denied(action),
});

const one = (action: string) => ({
  400: {
    'id-not-uuid': (request: FaultRequest) => uuidInvalid(hypervisorIdOf(request)),
    'parameter-unknown': inVersion(FIRST_WITH_IDS, { search: 'color=blue' }),
  },
  403: denied(action),
  404: { 'hypervisor-not-found': (request: FaultRequest) => hypervisorNotFound(hypervisorIdOf(request)) },
});

const matching = (action: string) => ({
  403: denied(action),
  404: { 'hypervisor-unmatched': (request: FaultRequest) => hypervisorUnmatched(hypervisorIdOf(request)) },
});

const ID_NOT_UUID: ProblemsByName = { 'id-not-uuid': (request) => uuidInvalid(serviceIdOf(request)) };

/** Reasons for the errors of hypervisors and services. */
export const hostProblems: NaturalProblemsOf<typeof hostOperations> = {
  listHypervisors: list('list'),
  listHypervisorsDetail: list('list-detail'),
  showHypervisorStatistics: { 403: denied('statistics'), 404: NOT_FOUND },
  showHypervisor: one('show'),
  showHypervisorUptime: one('uptime'),
  searchHypervisors: matching('search'),
  listHypervisorServers: matching('servers'),
  listServices: { 400: PARAMETER_UNKNOWN, 403: policyDenied('os-services:list') },
  updateService: {
    400: {
      'service-unsupported': wrongRequest({
        params: { service_id: 'enable' },
        body: { host: 'host', binary: 'nova-scheduler' },
        isAdmin: true,
      }),
      ...ID_NOT_UUID,
    },
    403: policyDenied('os-services:update'),
    404: { 'service-not-found': (request) => serviceNotFound(serviceIdOf(request)) },
  },
  deleteService: {
    400: { 'id-invalid': wrongRequest({ params: { service_id: 'none' }, isAdmin: true }) },
    403: policyDenied('os-services:delete'),
    404: { 'service-not-found': (request) => deletedServiceNotFound(serviceIdOf(request)) },
    409: { 'service-in-use': serviceInUse },
  },
};
