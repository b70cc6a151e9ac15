import type { Call, Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import type { Cloud, Dialect } from '../dialect.ts';
import { overLimit } from '../shared/call-limit.ts';
import { glanceError } from '../shared/glance-errors.ts';
import { gatewayError, huaweiIdentify } from '../shared/huawei-auth.ts';
import { contract } from './contract.ts';
import { GATEWAY_CODES, type GatewayCode } from './error-codes.ts';
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
import { choiceOf } from './profiles.ts';

/** Paths of the first API version. */
const OLD = /^\/v1(?:\.1)?\/images(?:\/|$)/;

/** Bytes of a body whose hash is signed. */
const MOST_SIGNED = 12 * 1024 * 1024;

/** Who calls, unless the gateway refuses: for what was not signed as it should be, or for too many calls. */
function identify(call: Call, cloud: Cloud): Caller | Reply {
  if (choiceOf(cloud, 'region') === 'unserved') return unpublished(cloud.ids.requestId(''));
  const refuse = (status: number, code: GatewayCode): Reply =>
    gatewayError(status, code, GATEWAY_CODES[code].meaning, gatewayId(cloud.ids.requestId('')));
  if (call.headers['x-auth-token'] === undefined && Number(call.headers['content-length'] ?? 0) > MOST_SIGNED) {
    return refuse(413, 'APIGW.0201');
  }
  const who = huaweiIdentify(call, cloud);
  if ('status' in who) return who;
  return overLimit(cloud, who) === undefined ? who : refuse(429, 'APIGW.0308');
}

/** Image Management Service of Huawei Cloud and Open Telekom Cloud. */
export const ims: Dialect = {
  name: 'ims',
  contract,
  handlers,
  // Signed bodies may have 12 MB.
  bodyLimit: MOST_SIGNED,
  identify,
  presentProblem,
  presentViolations,
  presentMalformed: (_reason, call) =>
    call.body === undefined
      ? imsError(400, 'IMG.0007', 'The request has no body.')
      : imsError(400, 'IMG.0001', 'The request body is no JSON.'),
  presentFault,
  // The gateway knows methods and paths together: a wrong method is as unknown as a wrong path.
  presentUnrouted: (_methods, _call, _cloud, requestId) => unpublished(requestId),
  presentFailure: (_error, call) =>
    isOwnCall(call)
      ? imsError(500, 'IMG.0014', 'The server failed to complete the request.')
      : glanceError(500, 'The server failed to complete the request.', call),
  presentOversized: (_most, _call, _cloud, requestId) =>
    gatewayError(413, 'APIGW.0201', 'Request entity too large', gatewayId(requestId)),
  standingHeaders(call, reply, requestId) {
    // The gateway's refusals name their own request in the body.
    if (reply.status === 401) return {};
    const headers = { 'X-Request-Id': gatewayId(requestId) };
    return OLD.test(call.path) ? { ...headers, 'X-Openstack-Request-Id': requestId } : headers;
  },
  normalise: (path) => (path.includes('//') ? path.replace(/\/{2,}/g, '/') : path),
};
