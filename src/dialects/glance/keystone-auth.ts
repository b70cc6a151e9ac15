import type { Cloud } from '../../cloud.ts';
import type { Call, Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import { allowsRequest } from '../shared/access-rules.ts';
import { tokenOf } from '../shared/token-headers.ts';
import { glanceErrorReply } from './errors.ts';

/** Message of the token middleware in front of Glance. */
const UNAUTHORIZED =
  'This server could not verify that you are authorized to access the document you requested. Either you supplied the ' +
  'wrong credentials (e.g., bad password), or your browser does not understand how to supply the credentials required.';

/** Authenticates the caller of Glance by token, or returns the 401 of the token middleware. */
export function keystoneIdentify(call: Call, cloud: Cloud): Caller | Reply {
  const token = tokenOf(call);
  const isUsable = token !== undefined && allowsRequest(token, 'image', call, cloud);
  const caller = isUsable ? cloud.identity.callerOf(token) : undefined;
  // The middleware accepts a token without a project; the service itself rejects it.
  return caller ?? unauthorizedReply(call);
}

/** The 401 of the token middleware. */
export function unauthorizedReply(call: Call): Reply {
  return glanceErrorReply(401, UNAUTHORIZED, call, {
    'Www-Authenticate': `Keystone uri="${call.link(`${call.root}/identity`)}"`,
  });
}
