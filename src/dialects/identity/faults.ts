import { jsonReply, type Reply } from '../../contract/contract.ts';
import type { FaultRequest } from '../dialect.ts';
import { retryAfterHeader } from '../shared/retry-after.ts';
import type { SampleReply } from '../shared/sample-replies.ts';
import { serviceError, TITLES, UNAUTHENTICATED, UNEXPECTED, VARY } from './errors.ts';
import { grantSamples } from './grants/operations.ts';
import { memberSamples } from './groups/operations.ts';
import { acceptedReply } from './handlers.ts';
import { oauth1Samples } from './oauth1/operations.ts';
import { resourceSamples } from './resources.ts';
import { roleAssignmentSamples } from './role-assignments/operations.ts';
import { impliedRoleSamples } from './roles/operations.ts';
import { serviceOf } from './services.ts';
import { trustSamples } from './trusts/operations.ts';

const MESSAGES: Readonly<Record<number, string>> = {
  401: UNAUTHENTICATED,
  403: 'You are not authorized to perform the requested action.',
  404: 'Could not find the requested resource.',
  405: 'The method is not allowed for the requested URL.',
  409: 'Conflict occurred attempting to store the resource.',
  413: 'Request is too large.',
  500: UNEXPECTED,
  501: 'The action you have requested has not been implemented.',
  503: 'The service is temporarily unavailable.',
};

const SAMPLES: Readonly<Record<string, SampleReply>> = {
  ...resourceSamples,
  ...memberSamples,
  ...impliedRoleSamples,
  ...grantSamples,
  ...roleAssignmentSamples,
  ...trustSamples,
  ...oauth1Samples,
};

/** Retry-After in seconds of the statuses that have one by default. */
const DEFAULT_RETRY_AFTER: Readonly<Record<number, string>> = { 413: '120', 503: '120' };

/** Presents a success of a request that the service rejects: the reply to one that it accepts. */
function presentSuccess(request: FaultRequest): Reply {
  const reply = acceptedReply(request);
  return reply === undefined ? jsonReply(request.status, {}, VARY) : { ...reply, status: request.status };
}

/** Presents an injected status in the shape of the service. */
export function presentFault(request: FaultRequest): Reply {
  const { status, details, call, context, operation } = request;
  if (status === 204) return { status, headers: VARY };
  if (status < 400) return SAMPLES[request.operationId]?.(request) ?? presentSuccess(request);
  const requested = retryAfterHeader(details, context.cloud.clock.now());
  const retryAfter = requested === undefined ? DEFAULT_RETRY_AFTER[status] : requested;
  return serviceError({
    service: serviceOf(operation.mount),
    status,
    message: details.message ?? MESSAGES[status] ?? TITLES[status] ?? `Status ${status}`,
    call,
    headers: {
      ...(retryAfter != null && { 'Retry-After': retryAfter }),
      ...(status === 405 && { Allow: operation.method === 'get' ? 'HEAD, OPTIONS' : 'OPTIONS' }),
    },
  });
}
