import { NestingError } from '../../base/json-depth.ts';
import type { Reply } from '../../contract/contract.ts';
import type { Dialect } from '../dialect.ts';
import { FAILED, glanceErrorReply } from '../glance/errors.ts';
import { parseJson } from '../shared/json-body.ts';
import { chooseAction, namesOneAction } from './choose-action.ts';
import { contract } from './contract.ts';
import { presentFault } from './faults.ts';
import { handlers } from './handlers.ts';
import { identify } from './identify.ts';
import { naturalProblems } from './natural-problems.ts';
import { presentProblem } from './problems.ts';
import { fault, NO_RESOURCE } from './protocol/errors.ts';
import { versionHeaders } from './protocol/microversion.ts';
import { normalise, novaDecoding } from './protocol/paths.ts';
import { checkAddress, checkPreconditions } from './protocol/preconditions.ts';
import { isAction, MALFORMED, malformedBody, violationMessage } from './protocol/violations.ts';
import { isAboveVersions, presentUnrouted, presentWrongMethod } from './unrouted.ts';

/** The image part of the OpenStack Compute API v2.1. */
export const computeV21: Dialect = {
  name: 'compute-v2.1',
  contract,
  handlers,
  naturalProblems,
  decoding: novaDecoding,
  bodyLimit: 114_688,
  maxLevels: 911,
  hasStrictIntegers: true,
  identify,
  normalise,
  choose: chooseAction,
  presentProblem,
  presentViolations({ violations, call, context, operation }) {
    const error = checkPreconditions(call, context, operation);
    if (error !== undefined) return error;
    if (isAction(operation) && !namesOneAction(call)) return fault(400, MALFORMED);
    const message = violationMessage({ violations, operation, call });
    return message === undefined ? fault(404, NO_RESOURCE) : fault(400, message);
  },
  // Nova parses the body before it selects the operation of the microversion, and checks afterwards that it is an object.
  presentMalformed: ({ call, context, operation }) =>
    (isJson(call.body) ? checkPreconditions(call, context, operation) : checkAddress(call, context)) ??
    malformedBody(call, operation),
  presentFault,
  databaseFailureStatus: 500,
  presentUnrouted,
  presentWrongMethod,
  readsUnroutedBody: (call) => isAboveVersions(call.path),

  presentFailure: ({ error }) => fault(500, error instanceof NestingError ? FAILED : 'Unexpected API Error.'),
  presentOversized: ({ maxBytes, call }) =>
    glanceErrorReply(413, `Request is too large. Larger than max_request_body_size (${maxBytes}).`, call),

  commonHeaders(call, reply, requestId) {
    // Nova's web framework sends these responses without headers of the API.
    if (reply.headers === undefined || !isBelowVersion(call.path)) return {};
    const ids = { 'x-openstack-request-id': requestId, 'x-compute-request-id': requestId };
    return reply.status === 401 || isFrameworkError(reply) ? ids : { ...versionHeaders(call), ...ids };
  },
};

/** Whether a body is JSON, or empty. */
function isJson(body: Buffer | undefined): boolean {
  if (body === undefined || body.length === 0) return true;
  try {
    parseJson(body);
    return true;
  } catch {
    return false;
  }
}

/** Whether a path is that of a version, or below it. */
const isBelowVersion = (path: string): boolean => /^\/v2(?:\.1)?(?:\/|$)/.test(path);

/** Whether an error comes from the framework in front of Nova; Nova's own errors are JSON with a character set. */
const isFrameworkError = ({ status, headers }: Reply): boolean =>
  status >= 400 && headers?.['Content-Type'] !== 'application/json; charset=UTF-8';
