import type { Dialect } from '../dialect.ts';
import { glanceError } from '../shared/glance-errors.ts';
import { gatewayError, huaweiIdentify } from '../shared/huawei-auth.ts';
import { contract } from './contract.ts';
import { handlers } from './handlers.ts';
import { gatewayId, imsError, presentFault, presentProblem, presentViolations } from './problems.ts';

/** Image Management Service of Huawei Cloud and Open Telekom Cloud. */
export const ims: Dialect = {
  name: 'ims',
  contract,
  handlers,
  // Signed bodies may have 12 MB.
  bodyLimit: 12 * 1024 * 1024,
  identify: huaweiIdentify,
  presentProblem,
  presentViolations,
  presentMalformed: () => imsError(400, 'IMG.0001', 'The request body is no JSON.'),
  presentFault,
  // The gateway knows methods and paths together: a wrong method is as unknown as a wrong path.
  presentUnrouted: (_methods, _call, _cloud, requestId) =>
    gatewayError(404, 'APIGW.0101', 'The API does not exist or has not been published', gatewayId(requestId)),
  presentFailure: (_error, call) =>
    call.path.includes('/cloudimages')
      ? imsError(500, 'IMG.0014', 'The server failed to complete the request.')
      : glanceError(500, 'The server failed to complete the request.', call),
  presentOversized: (_most, _call, _cloud, requestId) =>
    gatewayError(413, 'APIGW.0201', 'Request entity too large', gatewayId(requestId)),
  // The gateway's refusals name their own request in the body.
  standingHeaders: (_call, reply, requestId) => (reply.status === 401 ? {} : { 'X-Request-Id': gatewayId(requestId) }),
  normalise: (path) => (path.includes('//') ? path.replace(/\/{2,}/g, '/') : path),
};
