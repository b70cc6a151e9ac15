import type { Cloud } from '../../cloud.ts';
import { type Call, jsonReply, type Reply } from '../../contract/contract.ts';
import type { UnroutedRequest } from '../dialect.ts';
import { glanceErrorReply } from '../glance/errors.ts';
import { parseJson } from '../shared/json-body.ts';
import { withoutFinalLineFeed } from '../shared/webob.ts';
import { identify } from './identify.ts';
import { choiceOf } from './profiles.ts';
import { fault, NO_RESOURCE } from './protocol/errors.ts';
import { hasAcceptedType, typeHeader } from './protocol/media-types.ts';
import { tenantRoot } from './protocol/paths.ts';
import { checkHeaders, checkTenant, unsupportedType } from './protocol/preconditions.ts';
import { unreadableBody } from './protocol/violations.ts';
import { listVersions, showVersion } from './versions/handlers.ts';
import { presentChoices } from './versions/present.ts';

/** Responds to a request that no operation matches. */
export function presentUnrouted({ methods, call, cloud }: UnroutedRequest): Reply {
  const path = call.path;
  const open = presentOpen(path, call, cloud);
  if (open !== undefined) return open;
  const caller = identify(call, cloud);
  if ('status' in caller) return caller;
  const tenant = call.method === 'GET' ? tenantRoot(withoutFinalLineFeed(path)) : undefined;
  if (tenant !== undefined) return checkHeaders(call) ?? checkTenant(tenant, caller.projectId) ?? showVersion(call);
  if (call.method === 'HEAD') return { status: 404, headers: { 'Content-Type': 'text/html; charset=UTF-8' } };
  return methods.length > 0 && choiceOf(cloud, 'wrong-method') === 'reference'
    ? presentWrongMethod(methods)
    : glanceErrorReply(404, NO_RESOURCE, call);
}

/** Requests that need no token: the versions accept any method, and a path below no version gets a choice of versions. */
function presentOpen(path: string, call: Call, cloud: Cloud): Reply | undefined {
  if (path === '/') return listVersions(call, cloud);
  if (/^\/v2(?:\.1)?\/?$/.test(path)) return showVersion(call);
  // The web framework responds to OPTIONS on all other paths.
  if (call.method === 'OPTIONS') return { status: 200 };
  return isAboveVersions(path) ? offerVersions(call) : undefined;
}

/** Whether a path is below no version. */
export const isAboveVersions = (path: string): boolean => !/^\/v2(?:\.1)?\//.test(path);

const METHODS_WITH_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/** Nova reads the body of a request before it offers the versions. */
function offerVersions(call: Call): Reply {
  const { body, method } = call;
  if (!hasAcceptedType(call)) return unsupportedType();
  if (body !== undefined && METHODS_WITH_BODY.has(method) && !isJson(body)) return unreadableBody(body);
  return jsonReply(300, presentChoices(call), typeHeader(call));
}

function isJson(body: Buffer): boolean {
  try {
    parseJson(body);
    return true;
  } catch {
    return false;
  }
}

/** Rejects a method that a path does not support, in worlds that do so. @param methods - the methods that it supports. */
export const presentWrongMethod = (methods: readonly string[]): Reply =>
  fault(405, 'The method is not offered here.', { Allow: methods.join(', ') });
