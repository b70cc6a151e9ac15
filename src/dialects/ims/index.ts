import type { Dialect } from '../dialect.ts';
import { glanceErrorReply } from '../glance/errors.ts';
import type { RequestDecoding } from '../request-decoding.ts';
import { gatewayError, gatewayId, signsBody } from '../shared/huawei-auth.ts';
import { webobDecoding } from '../shared/webob.ts';
import { contract } from './contract.ts';
import { identify, MAX_SIGNED_BYTES, notPublished } from './gateway.ts';
import { handlers } from './handlers.ts';
import { naturalProblems } from './natural-problems.ts';
import { isImsPath, presentFault, presentProblem, presentViolations } from './problems.ts';
import { errorReply } from './wire.ts';

/** Paths of the first API version. */
const V1_PATH = /^\/v1(?:\.1)?\/images(?:\/|$)/;

/** Decoding of requests: as in OpenStack, which the service is built on, behind a gateway. */
const imsDecoding: RequestDecoding = { ...webobDecoding, acceptsAbsoluteForm: true };

/** Image Management Service of Huawei Cloud and Open Telekom Cloud. */
export const ims: Dialect = {
  name: 'ims',
  contract,
  handlers,
  decoding: imsDecoding,
  bodyLimit: MAX_SIGNED_BYTES,
  readsUpload: signsBody,
  identify: (call, cloud, _operation, context) => identify(call, cloud, context),
  naturalProblems,
  presentProblem,
  presentViolations,
  presentMalformed: ({ call }) =>
    call.body === undefined
      ? errorReply(400, 'IMG.0007', 'The request has no body.')
      : errorReply(400, 'IMG.0001', 'The request body is no JSON.'),
  presentFault,
  // The gateway publishes pairs of method and path, so that it returns 404 for a wrong method too.
  presentUnrouted: ({ requestId }) => notPublished(requestId),
  presentFailure: ({ call }) =>
    isImsPath(call)
      ? errorReply(500, 'IMG.0014', 'The server failed to complete the request.')
      : glanceErrorReply(500, 'The server failed to complete the request.', call),
  presentOversized: ({ requestId }) =>
    gatewayError(413, 'APIGW.0201', 'Request entity too large', gatewayId(requestId)),
  commonHeaders(call, reply, requestId) {
    // The gateway's 401 contains the request id in the body.
    if (reply.status === 401) return {};
    const headers = { 'X-Request-Id': gatewayId(requestId) };
    return V1_PATH.test(call.path) ? { ...headers, 'X-Openstack-Request-Id': requestId } : headers;
  },
};
