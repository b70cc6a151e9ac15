/** Reasons for the errors of operations on records beyond those that every resource has. */
import type { Operation } from '../../../contract/contract.ts';
import type { FaultRequest, NaturalProblem, ProblemsByName, ProblemsByStatus } from '../../dialect.ts';
import { ABSENT_ID, param } from '../../shared/request-values.ts';
import { serviceError, UNEXPECTED } from '../errors.ts';
import { COMMON, NOT_AUTHENTICATED, policyDenied } from '../reasons.ts';
import { serviceOf } from '../services.ts';
import { policyActionOf } from './policy-actions.ts';

/** An error of the service of an operation, whose message depends on the request. */
const reason =
  (status: number, message: (request: FaultRequest) => string): NaturalProblem =>
  (request) =>
    serviceError({
      status,
      message: message(request),
      service: serviceOf(request.operation.mount),
      call: request.call,
    });

/** Keystone's word for what a path parameter names. */
const NOUNS: Readonly<Record<string, string>> = {
  domain_id: 'domain',
  project_id: 'project',
  user_id: 'user',
  group_id: 'group',
  role_id: 'role',
  prior_role_id: 'role',
  implies_role_id: 'role',
  endpoint_id: 'endpoint',
  endpoint_group_id: 'Endpoint Group',
  policy_id: 'policy',
  service_id: 'service',
  region_id: 'region',
  trust_id: 'trust',
  access_rule_id: 'Access Rule',
  credential_id: 'credential',
  tag: 'project tag',
  idp_id: 'Identity Provider',
  request_token_id: 'Request token',
};

const namesIn = (path: string): readonly string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);

/** What the path names does not exist: one reason for each of its parameters, the last first. */
function notFound({ path }: Operation): ProblemsByName {
  const named = namesIn(path).filter((name) => NOUNS[name] !== undefined);
  return Object.fromEntries(
    named.reverse().map((name) => {
      const noun = NOUNS[name] as string;
      return [
        `${noun.toLowerCase().replaceAll(' ', '-')}-not-found`,
        reason(404, (request) => `Could not find ${noun}: ${param(request, name)}.`),
      ];
    }),
  );
}

/** What an operation stores, in the words of its errors. */
const storedBy = (id: string): string =>
  id
    .replace(/^(create|update|add|replace)/, '')
    .replace(/WithId$/, '')
    .replaceAll(/(?<!^)[A-Z]/g, '_$&')
    .toLowerCase();

/** The record exists already. */
const conflict = (id: string): ProblemsByName => ({
  conflict: reason(
    409,
    () => `Conflict occurred attempting to store ${storedBy(id)} - Duplicate entry found with ID ${ABSENT_ID}.`,
  ),
});

const BODY_TOO_LARGE: ProblemsByName = {
  'body-too-large': ({ call, context: { cloud, requestId } }, { dialect }) =>
    dialect.presentOversized({ call, cloud, requestId, maxBytes: dialect.bodyLimit }),
};

/** Keystone fails with an exception. */
const SERVER_ERROR: ProblemsByName = { 'server-error': reason(500, () => UNEXPECTED) };

/** The reasons of an operation on records for each status, besides its own. */
const ofRecords = (id: string, operation: Operation): ProblemsByStatus => ({
  400: COMMON[400],
  403: policyDenied(actionOf(id)),
  404: { ...notFound(operation), ...COMMON[404] },
  409: { ...conflict(id), ...COMMON[409] },
});

function actionOf(id: string): string | null {
  const action = policyActionOf(id);
  return action === null ? null : `identity:${action}`;
}

/** The reasons of the other operations for each status, besides their own. */
const ofServices: ProblemsByStatus = { 400: COMMON[400], 403: COMMON[403], 404: COMMON[404], 409: COMMON[409] };

/** Adds the reasons that all operations have, for the statuses that the operation returns. */
export function withCommonProblems(id: string, operation: Operation, own: ProblemsByStatus = {}): ProblemsByStatus {
  const { statuses, alsoSeen = [], annex, auth } = operation;
  const common: ProblemsByStatus = {
    ...(annex === undefined ? ofServices : ofRecords(id, operation)),
    ...(auth === 'none' && { 401: NOT_AUTHENTICATED }),
    413: { ...COMMON[413], ...BODY_TOO_LARGE },
    500: SERVER_ERROR,
  };
  const missing = [...statuses, ...alsoSeen].filter(
    (status) => own[status] === undefined && common[status] !== undefined && Object.keys(common[status]).length > 0,
  );
  return { ...own, ...Object.fromEntries(missing.map((status) => [status, common[status]])) };
}
