import type { FaultRequest, ProblemsByName } from '../../dialect.ts';
import type { NaturalProblemsOf } from '../../natural-problems.ts';
import { param } from '../../shared/request-values.ts';
import { fault } from '../protocol/errors.ts';
import { NOT_AN_INTEGER } from '../protocol/query-checks.ts';
import { memberText, policyDenied } from '../protocol/reasons.ts';
import type { aggregateOperations } from './contract.ts';
import {
  aggregateExists,
  aggregateNotFound,
  hostInAggregate,
  hostNotFound,
  hostNotInAggregate,
  zoneEmpty,
} from './errors.ts';

const aggregateIdOf = (request: FaultRequest): string => param(request, 'aggregate_id');

/** The aggregate of the path, or what stands for one that does not exist. */
function aggregateOf(request: FaultRequest): { readonly number: number; readonly name: string } {
  const number = Number(aggregateIdOf(request)) || 0;
  return request.context.cloud.aggregates.get(number) ?? { number, name: 'None' };
}

const ID_NOT_INTEGER: ProblemsByName = { 'id-not-integer': () => fault(400, NOT_AN_INTEGER) };

const AGGREGATE_NOT_FOUND: ProblemsByName = {
  'aggregate-not-found': (request) => aggregateNotFound(aggregateIdOf(request)),
};

const ZONE_EMPTY: ProblemsByName = { 'zone-empty': (request) => zoneEmpty('aggregate', aggregateOf(request)) };

const AGGREGATE_EXISTS: ProblemsByName = {
  'aggregate-exists': (request) => aggregateExists(memberText(request, 'aggregate', 'name')),
};

const one = (action: string) => ({
  400: ID_NOT_INTEGER,
  403: policyDenied(`os-aggregates:${action}`),
  404: AGGREGATE_NOT_FOUND,
});

/** Reasons for the errors of aggregates. */
export const aggregateProblems: NaturalProblemsOf<typeof aggregateOperations> = {
  listAggregates: { 403: policyDenied('os-aggregates:index') },
  createAggregate: { 403: policyDenied('os-aggregates:create'), 409: AGGREGATE_EXISTS },
  showAggregate: one('show'),
  updateAggregate: { ...one('update'), 400: { ...ID_NOT_INTEGER, ...ZONE_EMPTY }, 409: AGGREGATE_EXISTS },
  deleteAggregate: one('delete'),
  addAggregateHost: {
    ...one('add_host'),
    404: {
      'host-not-found': (request) => hostNotFound(memberText(request, 'add_host', 'host')),
      ...AGGREGATE_NOT_FOUND,
    },
    409: {
      'host-in-aggregate': (request) =>
        hostInAggregate(memberText(request, 'add_host', 'host'), aggregateIdOf(request)),
    },
  },
  removeAggregateHost: {
    ...one('remove_host'),
    404: {
      'host-not-in-aggregate': (request) =>
        hostNotInAggregate(404, memberText(request, 'remove_host', 'host'), aggregateIdOf(request)),
    },
    409: {
      'host-in-use': (request) =>
        hostNotInAggregate(409, memberText(request, 'remove_host', 'host'), aggregateIdOf(request)),
    },
  },
  setAggregateMetadata: {
    ...one('set_metadata'),
    400: {
      'zone-empty': (request) => zoneEmpty('metadata of aggregate', aggregateOf(request)),
      ...ID_NOT_INTEGER,
    },
  },
};
