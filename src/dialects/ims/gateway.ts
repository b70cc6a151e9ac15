import type { Cloud } from '../../cloud.ts';
import type { Call, Handler, Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import type { Context } from '../dialect.ts';
import { overLimit } from '../rackspace/over-limit.ts';
import { gatewayError, gatewayId, huaweiIdentify } from '../shared/huawei-auth.ts';
import { GATEWAY_CODES, type GatewayCode } from './error-codes.ts';
import { choiceOf } from './profiles.ts';

/** Maximum size in bytes of a body whose hash is signed. */
export const MAX_SIGNED_BYTES = 12 * 1024 * 1024;

/** Returns the gateway's 404 for a path or method that is not published. */
export const notPublished = (requestId: string): Reply =>
  gatewayError(404, 'APIGW.0101', GATEWAY_CODES['APIGW.0101'].meaning, gatewayId(requestId));

/** Wraps a handler whose operation only some editions have: the gateway returns 404 where the world's profile omits it. */
export const ifOffered =
  <Param extends string>(
    profile: 'huawei-calls' | 'v1-calls',
    handler: Handler<Context, Param>,
  ): Handler<Context, Param> =>
  (call, context) =>
    choiceOf(context.cloud, profile) === 'offered' ? handler(call, context) : notPublished(context.requestId);

/** Identifies the caller by token or signature, and returns the gateway's error reply when it rejects the request. */
export function identify(call: Call, cloud: Cloud, context: Pick<Context, 'requestId'>): Caller | Reply {
  const reject = (status: number, code: GatewayCode): Reply =>
    gatewayError(status, code, GATEWAY_CODES[code].meaning, gatewayId(context.requestId));
  const isSigned = call.headers['x-auth-token'] === undefined;
  const bytes = call.atLeastBytes ?? Number(call.headers['content-length'] ?? 0);
  if (isSigned && bytes > MAX_SIGNED_BYTES) return reject(413, 'APIGW.0201');
  const caller = huaweiIdentify(call, cloud, context);
  if ('status' in caller) return caller;
  return overLimit(cloud, caller) === undefined ? caller : reject(429, 'APIGW.0308');
}
