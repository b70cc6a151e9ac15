import type { Dialect } from '../dialect.ts';
import { glanceError } from '../glance/errors.ts';
import { gatewayError } from '../shared/huawei-auth.ts';
import { contract } from './contract.ts';
import { identify, MAX_SIGNED } from './gateway.ts';
import { handlers } from './handlers.ts';
import {
  gatewayId,
  imsError,
  isOwnCall,
  presentFault,
  presentProblem,
  presentViolations,
  unpublished,
} from './problems.ts';

/** Paths of the first API version. */
const OLD = /^\/v1(?:\.1)?\/images(?:\/|$)/;

/** Image Management Service of Huawei Cloud and Open Telekom Cloud. */
export const ims: Dialect = {
  name: 'ims',
  contract,
  handlers,
  // Signed bodies may have 12 MB.
  bodyLimit: MAX_SIGNED,
  identify,
  presentProblem,
  presentViolations,
  presentMalformed: ({ call }) =>
    call.body === undefined
      ? imsError(400, 'IMG.0007', 'The request has no body.')
      : imsError(400, 'IMG.0001', 'The request body is no JSON.'),
  presentFault,
  // The gateway knows methods and paths together: a wrong method is as unknown as a wrong path.
  presentUnrouted: ({ requestId }) => unpublished(requestId),
  presentFailure: ({ call }) =>
    isOwnCall(call)
      ? imsError(500, 'IMG.0014', 'The server failed to complete the request.')
      : glanceError(500, 'The server failed to complete the request.', call),
  presentOversized: ({ requestId }) =>
    gatewayError(413, 'APIGW.0201', 'Request entity too large', gatewayId(requestId)),
  standingHeaders(call, reply, requestId) {
    // The gateway's refusals name their own request in the body.
    if (reply.status === 401) return {};
    const headers = { 'X-Request-Id': gatewayId(requestId) };
    return OLD.test(call.path) ? { ...headers, 'X-Openstack-Request-Id': requestId } : headers;
  },
  normalise: (path) => (path.includes('//') ? path.replace(/\/{2,}/g, '/') : path),
};
