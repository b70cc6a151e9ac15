import type { Operation } from '../../../contract/contract.ts';
import {
  AGGREGATE_CHANGE,
  AGGREGATE_REPLY,
  AGGREGATES_REPLY,
  hostSchema,
  METADATA_CHANGE,
  NEW_AGGREGATE,
} from './schemas.ts';

const SOURCE = 'Compute API v2.1 reference';
const AGGREGATES = '/v2.1/{tenant_id}/os-aggregates';
const AGGREGATE = `${AGGREGATES}/{aggregate_id}` as const;

const ANNEX = { success: 200, annex: 'aggregates', alsoSeen: [404, 406, 413, 415] } as const;
const ONE = { ...ANNEX, path: AGGREGATE, statuses: [200, 400, 401, 403, 404], alsoSeen: [406, 413, 415] } as const;
const ACTION = {
  ...ONE,
  method: 'post',
  path: `${AGGREGATE}/action`,
  statuses: [200, 400, 401, 403, 404, 409],
  response: AGGREGATE_REPLY,
} as const;

/** Aggregates of compute hosts. */
export const aggregateOperations = {
  listAggregates: {
    ...ANNEX,
    method: 'get',
    path: AGGREGATES,
    summary: 'Lists aggregates.',
    statuses: [200, 401, 403],
    alsoSeen: [400, 404, 406, 415],
    response: AGGREGATES_REPLY,
    source: `${SOURCE}, "List Aggregates"`,
  },
  createAggregate: {
    ...ANNEX,
    method: 'post',
    path: AGGREGATES,
    summary: 'Creates an aggregate.',
    statuses: [200, 400, 401, 403, 409],
    request: NEW_AGGREGATE,
    response: AGGREGATE_REPLY,
    source: `${SOURCE}, "Create Aggregate"`,
  },
  showAggregate: {
    ...ONE,
    method: 'get',
    summary: 'Returns one aggregate.',
    response: AGGREGATE_REPLY,
    source: `${SOURCE}, "Show Aggregate Details"`,
  },
  updateAggregate: {
    ...ONE,
    method: 'put',
    summary: 'Changes the name or the availability zone of an aggregate.',
    statuses: [200, 400, 401, 403, 404, 409],
    request: AGGREGATE_CHANGE,
    response: AGGREGATE_REPLY,
    source: `${SOURCE}, "Update Aggregate"`,
  },
  deleteAggregate: {
    ...ONE,
    method: 'delete',
    summary: 'Deletes an aggregate.',
    source: `${SOURCE}, "Delete Aggregate"`,
  },
  addAggregateHost: {
    ...ACTION,
    triggers: { 200: 'inject', 409: 'inject' },
    summary: 'Adds a host to an aggregate; there are no hosts.',
    request: hostSchema('add_host'),
    discriminator: 'body: add_host',
    source: `${SOURCE}, "Add Host"`,
  },
  removeAggregateHost: {
    ...ACTION,
    triggers: { 200: 'inject', 409: 'inject' },
    summary: 'Removes a host from an aggregate; there are no hosts.',
    request: hostSchema('remove_host'),
    discriminator: 'body: remove_host',
    source: `${SOURCE}, "Remove Host"`,
  },
  setAggregateMetadata: {
    ...ACTION,
    triggers: { 409: 'inject' },
    summary: 'Sets and removes metadata of an aggregate.',
    request: METADATA_CHANGE,
    discriminator: 'body: set_metadata',
    source: `${SOURCE}, "Create Or Update Aggregate Metadata"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
