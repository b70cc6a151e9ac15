import type { Cloud } from '../../cloud.ts';
import type { Call, Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import { mayBeUsed } from '../shared/access-rules.ts';
import { tokenOf } from '../shared/token-headers.ts';
import { glanceErrorReply } from './errors.ts';

/** What the token check in front of Glance and Nova says, in the form that the request accepts. */
const REFUSAL =
  'This server could not verify that you are authorized to access the document you requested. Either you supplied the ' +
  'wrong credentials (e.g., bad password), or your browser does not understand how to supply the credentials required.';

/** Who calls an OpenStack service, by its token alone; the refusal is that of the middleware in front of the service. */
export function keystoneIdentify(call: Call, cloud: Cloud): Caller | Reply {
  const token = tokenOf(call);
  const isGood = token !== undefined && mayBeUsed(token, 'image', call, cloud);
  const caller = isGood ? cloud.identity.callerOf(token) : undefined;
  // The middleware lets a token without a project through, and the services' own rules refuse it.
  return caller ?? unauthorizedReply(call);
}

/** The 401 of the token middleware. */
export function unauthorizedReply(call: Call): Reply {
  return glanceErrorReply(401, REFUSAL, call, { 'Www-Authenticate': `Keystone uri="${call.root}/identity"` });
}
