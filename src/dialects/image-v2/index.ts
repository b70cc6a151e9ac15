import type { Call, Operation, Reply } from '../../contract/contract.ts';
import type { Dialect, FaultRequest } from '../dialect.ts';
import { glanceDecoding } from '../glance/decoding.ts';
import { FAILED, GLANCE_REASONS, GlanceError, glanceErrorReply } from '../glance/errors.ts';
import { keystoneIdentify, unauthorizedReply } from '../glance/keystone-auth.ts';
import { parseJson } from '../shared/json-body.ts';
import { retryAfterHeader } from '../shared/retry-after.ts';
import { isBodyMissing } from '../shared/webob.ts';
import { contract } from './contract.ts';
import { handlers } from './handlers.ts';
import { imageViolationMessage } from './images/check-attributes.ts';
import { rejectReadOnlyAttributes } from './images/parse.ts';
import { clientRequestId, failingOnLongRequestIds, hasLongRequestId } from './long-request-id.ts';
import { naturalProblems } from './natural-problems.ts';
import { enforcingPolicies } from './policies.ts';
import { presentProblem } from './problems.ts';
import { isBelowVersion, methodNotAllowed, presentUnrouted, routedPath } from './routing.ts';
import { presentSuccess } from './sample-replies.ts';
import { newestMinor } from './versions/releases.ts';

/** Limits of Glance's own web server: `max_header_line` for headers. */
const LINE_LIMITS = { requestLine: 8192, headerLine: 16_384 };

/** Maximum size of a JSON body in bytes; the service itself has no limit. */
const BODY_LIMIT = 64 * 1024 * 1024;

const REQUEST_ID = 'X-Openstack-Request-Id';

/** OpenStack Image API v2. */
export const imageV2: Dialect = {
  name: 'image-v2',
  contract,
  handlers: () => failingOnLongRequestIds(enforcingPolicies(handlers())),
  decoding: { ...glanceDecoding, lines: LINE_LIMITS },
  naturalProblems,
  bodyLimit: BODY_LIMIT,

  identify: keystoneIdentify,

  presentProblem: (problem, call) => presentProblem(problem, call),

  presentViolations({ violations, call }) {
    const body = call.body && parseJson(call.body);
    if (Array.isArray(body)) return glanceErrorReply(500, FAILED, call);
    if (typeof body !== 'object' || body === null) {
      return glanceErrorReply(400, 'Unexpected body type. Expected list/dict.', call);
    }
    try {
      rejectReadOnlyAttributes(body as Readonly<Record<string, unknown>>);
    } catch (error) {
      if (error instanceof GlanceError) return error.reply(call);
      throw error;
    }
    return glanceErrorReply(400, imageViolationMessage(violations), call);
  },

  ignoresBody: isBodyMissing,

  presentMalformed: ({ call }) =>
    glanceErrorReply(400, isBodyMissing(call) ? 'Body expected in request.' : 'Malformed JSON in request body.', call),

  presentFault,
  databaseFailureStatus: 500,
  presentWrongMethod: methodNotAllowed,

  presentUnrouted: ({ methods, call, cloud }) =>
    presentUnrouted(methods, { call, cloud }, () => {
      const caller = keystoneIdentify(call, cloud);
      return 'status' in caller ? caller : undefined;
    }),

  readsUnroutedBody: (_call, isKnownPath) => isKnownPath,

  presentFailure: ({ call }) => glanceErrorReply(500, FAILED, call),

  presentOversized: ({ maxBytes, maxValues, call }) => {
    const limit = maxValues === undefined ? `${maxBytes} bytes` : `${maxValues} values`;
    return glanceErrorReply(413, `A request body has at most ${limit} here.`, call);
  },

  commonHeaders(call, reply, requestId) {
    // The service checks tokens and lists versions before it assigns a request id.
    if (
      reply.status === 401 ||
      reply.status === 300 ||
      call.method === 'OPTIONS' ||
      !isBelowVersion(call) ||
      hasLongRequestId(call)
    )
      return {};
    return { [REQUEST_ID]: echoedRequestId(call) ?? requestId };
  },

  normalise: (path, headers, releases) => routedPath(path, headers, newestMinor(releases['image-v2'])),
};

/** Returns the client's own request id as the service echoes it. */
function echoedRequestId(call: Call): string | undefined {
  const id = clientRequestId(call);
  return id === undefined || id.startsWith('req-') ? id : `req-${id}`;
}

/** Default messages of injected errors: the service's own where it has one for the status. */
const FAULT_MESSAGES: Readonly<Record<number, string>> = {
  400: 'The server could not comply with the request since it is either malformed or otherwise incorrect.',
  403: 'Access was denied to this resource.',
  404: 'The resource could not be found.',
  409: 'There was a conflict when trying to complete your request.',
  410: 'This resource is no longer available.',
  413: 'The body of your request was too large for this server.',
  415: 'The request media type is not supported by this server.',
  416: 'The Range requested is not available.',
  429: 'Too many requests were made in a given amount of time.',
  500: FAILED,
  503: 'The image service cannot answer at the moment. Please try again later.',
};

function presentFault(request: FaultRequest): Reply {
  const { status, details, call, context, operation } = request;
  if (status < 400) return presentSuccess(request);
  const retryAfter = retryAfterHeader(details, context.cloud.clock.now());
  const headers = { ...(typeof retryAfter === 'string' && { 'Retry-After': retryAfter }) };
  if (status === 401 && details.message === undefined) {
    const reply = unauthorizedReply(call);
    return { ...reply, headers: { ...reply.headers, ...headers } };
  }
  const message = details.message ?? defaultMessage(status, call, operation);
  return glanceErrorReply(status, message, call, headers);
}

function defaultMessage(status: number, call: Call, operation: Operation): string {
  const imageId = call.params['image_id'];
  if (status === 404 && imageId !== undefined) {
    return operation.method === 'delete'
      ? `Failed to find image ${imageId} to delete`
      : `No image found with ID ${imageId}`;
  }
  if (status === 403 && operation.method === 'delete' && imageId !== undefined) {
    return `Image ${imageId} is protected and cannot be deleted.`;
  }
  return FAULT_MESSAGES[status] ?? `${GLANCE_REASONS[status] ?? `Status ${status}`}.`;
}
