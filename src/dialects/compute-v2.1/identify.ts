import type { Cloud } from '../../cloud.ts';
import type { Call, Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import { allowsRequest } from '../shared/access-rules.ts';
import { tokenOf } from '../shared/token-headers.ts';
import { unauthorized } from './protocol/errors.ts';

/** The caller of a request, or a 401 if the token is missing, invalid, or limited to other requests. */
export function identify(call: Call, cloud: Cloud): Caller | Reply {
  const token = tokenOf(call);
  const isUsable = token !== undefined && allowsRequest(token, 'compute', call, cloud);
  return (isUsable ? cloud.identity.callerOf(token) : undefined) ?? unauthorized(call);
}
