import type { Cloud } from '../../cloud.ts';
import { type Call, jsonReply, type Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import type { Dialect } from '../dialect.ts';
import { glanceError } from '../glance/errors.ts';
import { mayBeUsed } from '../shared/access-rules.ts';
import { tokenOf } from '../shared/token-headers.ts';
import { contract } from './contract.ts';
import { handlers, presentRoot } from './handlers.ts';
import { typeOf } from './media-types.ts';
import { versionHeaders } from './microversion.ts';
import { isOlder, normalise, plainPath, tenantRoot } from './paths.ts';
import { refuseCall, refuseEarly, refuseTenant } from './preconditions.ts';
import { presentChoices, presentOlderVersion, presentVersion } from './present.ts';
import { fault, NO_RESOURCE, presentFault, presentProblem, unauthorized } from './problems.ts';
import { choiceOf } from './profiles.ts';
import { wordMalformed, wordViolations } from './violations.ts';

function identify(call: Call, cloud: Cloud): Caller | Reply {
  const token = tokenOf(call);
  const isGood = token !== undefined && mayBeUsed(token, 'compute', call, cloud);
  return (isGood ? cloud.identity.callerOf(token) : undefined) ?? unauthorized(call);
}

const document = (call: Call, value: object, status = 200): Reply => jsonReply(status, value, typeOf(call));

const describeVersion = (call: Call): Reply =>
  refuseCall(call) ?? document(call, isOlder(call) ? presentOlderVersion(call) : presentVersion(call));

/** What needs no token: the roots answer any method, and a path below no version gets the choice of versions. */
function presentOpen(path: string, call: Call, cloud: Cloud): Reply | undefined {
  if (path === '/') return presentRoot(call, cloud);
  if (/^\/v2(?:\.1)?\/?$/.test(path)) return describeVersion(call);
  // Nothing else answers OPTIONS but the front, and that with nothing.
  if (call.method === 'OPTIONS') return { status: 200 };
  return /^\/v2(?:\.1)?\//.test(path) ? undefined : document(call, presentChoices(call), 300);
}

/** The image part of the OpenStack Compute API v2.1. */
export const computeV21: Dialect = {
  name: 'compute-v2.1',
  contract,
  handlers,
  bodyLimit: 114_688,
  identify,
  normalise,
  presentProblem,
  presentViolations({ violations, call, context, operation }) {
    const refusal = refuseEarly(call, context, operation);
    if (refusal !== undefined) return refusal;
    const words = wordViolations(violations, operation, isOlder(call));
    return words === undefined ? fault(404, NO_RESOURCE) : fault(400, words);
  },
  presentMalformed: ({ call, context, operation }) =>
    refuseEarly(call, context, operation) ?? fault(400, wordMalformed(call, operation)),
  presentFault,

  presentUnrouted({ methods, call, cloud }) {
    const path = plainPath(call.path);
    const open = presentOpen(path, call, cloud);
    if (open !== undefined) return open;
    const who = identify(call, cloud);
    if ('status' in who) return who;
    const tenant = call.method === 'GET' ? tenantRoot(path) : undefined;
    if (tenant !== undefined) {
      return refuseCall(call) ?? refuseTenant(tenant, who.projectId) ?? describeVersion(call);
    }
    if (call.method === 'HEAD') return { status: 404, headers: { 'Content-Type': 'text/html; charset=UTF-8' } };
    return methods.length > 0 && choiceOf(cloud, 'wrong-method') === 'reference'
      ? fault(405, 'The method is not offered here.', { Allow: methods.join(', ') })
      : glanceError(404, NO_RESOURCE, call);
  },

  presentFailure: () => fault(500, 'Unexpected API Error.'),
  presentOversized: ({ maxBytes, call }) =>
    glanceError(413, `Request is too large. Larger than max_request_body_size (${maxBytes}).`, call),

  standingHeaders(call, reply, requestId) {
    // The front of the service gives these answers, and gives them bare.
    if (reply.headers === undefined || reply.status === 300 || plainPath(call.path) === '/') return {};
    const ids = { 'x-openstack-request-id': requestId, 'x-compute-request-id': requestId };
    return reply.status === 401 || isPage(reply) ? ids : { ...versionHeaders(call), ...ids };
  },
};

/** Whether an error comes from before the API proper: its own are JSON of a named character set. */
const isPage = ({ status, headers }: Reply): boolean =>
  status >= 400 && headers?.['Content-Type'] !== 'application/json; charset=UTF-8';
