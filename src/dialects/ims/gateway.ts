import type { Cloud } from '../../cloud.ts';
import type { Call, Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import { overLimit } from '../rackspace/over-limit.ts';
import { gatewayError, huaweiIdentify } from '../shared/huawei-auth.ts';
import { GATEWAY_CODES, type GatewayCode } from './error-codes.ts';
import { gatewayId, unpublished } from './problems.ts';
import { choiceOf } from './profiles.ts';

/** Bytes of a body whose hash is signed. */
export const MAX_SIGNED = 12 * 1024 * 1024;

/** Who calls, unless the gateway refuses: for what was not signed as it should be, or for too many calls. */
export function identify(call: Call, cloud: Cloud): Caller | Reply {
  if (choiceOf(cloud, 'region') === 'unserved') return unpublished(cloud.ids.requestId(call.client));
  const refuse = (status: number, code: GatewayCode): Reply =>
    gatewayError(status, code, GATEWAY_CODES[code].meaning, gatewayId(cloud.ids.requestId(call.client)));
  if (call.headers['x-auth-token'] === undefined && Number(call.headers['content-length'] ?? 0) > MAX_SIGNED) {
    return refuse(413, 'APIGW.0201');
  }
  const who = huaweiIdentify(call, cloud);
  if ('status' in who) return who;
  return overLimit(cloud, who) === undefined ? who : refuse(429, 'APIGW.0308');
}
