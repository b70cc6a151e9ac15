import { NestingError } from '../../base/json-depth.ts';
import type { Cloud } from '../../cloud.ts';
import type { Call, Operation, Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import { IdentityError, type IdentityProblem } from '../../identity/problem.ts';
import type { Dialect } from '../dialect.ts';
import { rackspaceIdentify } from '../rackspace/auth.ts';
import { huaweiIdentify } from '../shared/huawei-auth.ts';
import { tokenOf } from '../shared/token-headers.ts';
import { werkzeugDecoding } from '../shared/werkzeug.ts';
import { MAX_LEVELS, parseBody } from './body.ts';
import { contract } from './contract.ts';
import { checkEarly } from './early-checks/early-checks.ts';
import { keystoneError, serviceError, UNAUTHENTICATED, UNEXPECTED } from './errors.ts';
import { presentFault } from './faults.ts';
import { handlers } from './handlers.ts';
import { chooseLogIn } from './log-in/choose.ts';
import { worldOfLogIn } from './log-in/world-of-log-in.ts';
import { naturalProblems } from './natural-problems.ts';
import { presentIdentityProblem, presentTokenProblem } from './problems.ts';
import { choiceOf } from './profiles.ts';
import { RequestError } from './request-error.ts';
import { serviceAt, serviceOf } from './services.ts';
import { presentUnrouted, presentWrongMethod } from './unrouted.ts';

/** Checks the body, then the token. The error for a token whose user or scope is gone or disabled is a 404 that names it. */
function keystoneIdentify(call: Call, cloud: Cloud, operation: Operation): Caller | Reply {
  const service = serviceOf(operation.mount);
  const early = rejectEarly(call, cloud, operation);
  if (early !== undefined) return early;
  const rejected = problemOf(
    () => parseBody(call),
    (problem) => presentIdentityProblem(problem, call, service),
  );
  // The profile `checks: reference` has its own response to a malformed body.
  if (rejected !== undefined && choiceOf(cloud, 'checks') === 'running') return rejected;
  const token = tokenOf(call);
  const valid = token === undefined ? undefined : cloud.identity.validToken(token);
  if (valid !== undefined) {
    // Keystone itself does not serve the tokens that it gives for signed requests of EC2; other services do.
    return valid.methods.includes('ec2credential') ? presentTokenProblem(FORBIDDEN, call) : valid.caller;
  }
  const problem = problemOf(
    () => token !== undefined && cloud.identity.assertSubjectsOf(token),
    (found) => presentTokenProblem(found, call),
  );
  return problem ?? keystoneError({ status: 401, message: UNAUTHENTICATED, call });
}

/** Newer releases check queries and bodies before the token. */
function rejectEarly(call: Call, cloud: Cloud, operation: Operation): Reply | undefined {
  try {
    checkEarly(call, cloud, operation);
    return undefined;
  } catch (error) {
    if (error instanceof RequestError) return keystoneError({ status: error.status, message: error.message, call });
    if (error instanceof IdentityError) return presentIdentityProblem(error.problem, call, 'keystone');
    throw error;
  }
}

const FORBIDDEN: IdentityProblem = { kind: 'not-allowed', action: null };

/** Returns the error response for what an action throws. */
function problemOf(action: () => unknown, present: (problem: IdentityProblem) => Reply): Reply | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof IdentityError) return present(error.problem);
    throw error;
  }
}

/** The identity services in front of the image services. */
export const identity: Dialect = {
  name: 'identity',
  contract,
  handlers,
  naturalProblems,
  decoding: werkzeugDecoding,
  bodyLimit: 114_688,
  maxLevels: MAX_LEVELS,
  choose: chooseLogIn,
  worldOfLogIn: (body, { identity: { index } }) => worldOfLogIn(body, index),
  acceptsHead: true,
  checksBodyFirst: true,
  readsUnroutedBody: () => true,

  identify(call, cloud, operation, context) {
    const service = serviceOf(operation.mount);
    if (service === 'rackspace') return rackspaceIdentify(call, cloud);
    // Clients that sign their requests look up their project before they have a token.
    if (service === 'iam' && tokenOf(call) === undefined && call.headers.authorization !== undefined) {
      return huaweiIdentify(call, cloud, context);
    }
    return keystoneIdentify(call, cloud, operation);
  },

  presentProblem: (problem, call) => keystoneError({ status: 400, message: problem.kind, call }),
  presentViolations: ({ violations, call }) =>
    keystoneError({ status: 400, message: violations[0]?.message ?? 'The body is not valid.', call }),
  presentMalformed: ({ reason, call }) => keystoneError({ status: 400, message: reason, call }),
  presentFault,
  databaseFailureStatus: 500,
  presentUnrouted,
  presentWrongMethod,

  presentFailure: ({ error, call }) =>
    serviceError({
      service: serviceAt(call),
      status: 500,
      message: error instanceof NestingError ? UNEXPECTED : error instanceof Error ? error.message : String(error),
      call,
    }),

  presentOversized: ({ maxBytes }) => ({
    status: 413,
    headers: { 'Content-Type': 'text/plain; charset=UTF-8' },
    body: `413 Request Entity Too Large\n\nRequest is too large. Larger than max_request_body_size (${maxBytes}).\n\n   `,
  }),

  commonHeaders: (call, reply, requestId) =>
    reply.status === 413 || (call.method === 'OPTIONS' && reply.headers === undefined)
      ? {}
      : { 'X-Openstack-Request-Id': requestId },
};
