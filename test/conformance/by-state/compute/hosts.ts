import { UNKNOWN_ID } from '../requests.ts';
import type { Recipe, RecipeTable } from '../table.ts';
import { after, by, byAdmin, commonErrors, type Recipes, type Request } from './recipes.ts';

/** Only the administrator may send the request. */
const forAdmin = (request: Request): Recipes => ({
  ...commonErrors({ ...request, user: 'admin' }),
  200: byAdmin(request),
  403: by(request),
});

/** Removes the success of a request about a host, because there are no hosts, and the error that is compared by one. */
const withoutSuccess = ({ 200: _success, 413: _tooLarge, ...errors }: Recipes): Recipes => errors;

/** A request about a host that does not exist. */
const ofHost = (request: Request): Recipes => ({ ...withoutSuccess(forAdmin(request)), 404: byAdmin(request) });

const FIRST_WITH_IDS = 53;

const hypervisor = (operation: string): Recipes => ({
  ...ofHost({ operation, params: { hypervisor_id: '1' } }),
  400: byAdmin({ operation, params: { hypervisor_id: 'none' }, minor: FIRST_WITH_IDS }),
});

const listHypervisors = (operation: string): Recipes => ({
  ...forAdmin({ operation }),
  400: byAdmin({ operation, query: { limit: 'many' }, minor: 33 }),
});

const SERVICE = { service_id: UNKNOWN_ID };
const updateService: Request = {
  operation: 'updateService',
  params: SERVICE,
  body: { status: 'disabled' },
  minor: FIRST_WITH_IDS,
};

const AGGREGATE = { aggregate: { name: 'rack' } };
const created = byAdmin({ operation: 'createAggregate', body: AGGREGATE });
const FIRST = { aggregate_id: '1' };
const SECOND = { aggregate_id: '2' };

/** A request about an aggregate. */
const aggregate = (request: Request): Recipes => ({
  ...commonErrors({ ...request, user: 'admin' }),
  200: after([created], byAdmin(request)),
  400: byAdmin({ ...request, params: { aggregate_id: 'none' } }),
  403: by(request),
  404: byAdmin({ ...request, params: { aggregate_id: '99' } }),
});

const nameTaken: Recipe = after(
  [created, byAdmin({ operation: 'createAggregate', body: { aggregate: { name: 'other' } } })],
  byAdmin({ operation: 'updateAggregate', params: SECOND, body: AGGREGATE }),
);

/** Recipes for hosts and aggregates. */
export const hosts: RecipeTable = {
  listHypervisors: listHypervisors('listHypervisors'),
  listHypervisorsDetail: listHypervisors('listHypervisorsDetail'),
  showHypervisorStatistics: {
    ...forAdmin({ operation: 'showHypervisorStatistics' }),
    404: byAdmin({ operation: 'showHypervisorStatistics', minor: 88 }),
  },
  showHypervisor: hypervisor('showHypervisor'),
  showHypervisorUptime: hypervisor('showHypervisorUptime'),
  searchHypervisors: ofHost({ operation: 'searchHypervisors', params: { hypervisor_id: 'none' } }),
  listHypervisorServers: ofHost({ operation: 'listHypervisorServers', params: { hypervisor_id: 'none' } }),
  listServices: forAdmin({ operation: 'listServices' }),
  updateService: {
    ...ofHost(updateService),
    400: byAdmin({ ...updateService, params: { service_id: 'none' } }),
  },
  deleteService: {
    ...ofHost({ operation: 'deleteService', params: SERVICE, minor: FIRST_WITH_IDS }),
    400: byAdmin({ operation: 'deleteService', params: { service_id: 'none' }, minor: FIRST_WITH_IDS }),
  },
  listAggregates: forAdmin({ operation: 'listAggregates' }),
  createAggregate: {
    ...forAdmin({ operation: 'createAggregate', body: AGGREGATE }),
    400: byAdmin({ operation: 'createAggregate', body: {} }),
    409: after([created], created),
  },
  showAggregate: aggregate({ operation: 'showAggregate', params: FIRST }),
  updateAggregate: {
    ...aggregate({ operation: 'updateAggregate', params: FIRST, body: { aggregate: { name: 'other' } } }),
    409: nameTaken,
  },
  deleteAggregate: aggregate({ operation: 'deleteAggregate', params: FIRST }),
  addAggregateHost: withoutSuccess(
    aggregate({ operation: 'addAggregateHost', params: FIRST, body: { add_host: { host: 'none' } } }),
  ),
  removeAggregateHost: withoutSuccess(
    aggregate({ operation: 'removeAggregateHost', params: FIRST, body: { remove_host: { host: 'none' } } }),
  ),
  setAggregateMetadata: aggregate({
    operation: 'setAggregateMetadata',
    params: FIRST,
    body: { set_metadata: { metadata: { rack: '1' } } },
  }),
};
