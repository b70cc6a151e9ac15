import { jsonReply, type Reply } from '../../contract/contract.ts';
import type { FaultRequest } from '../dialect.ts';
import { retryAfterHeader } from '../shared/retry-after.ts';
import { serviceError, TITLES, UNAUTHENTICATED, VARY } from './errors.ts';
import { serviceOf } from './services.ts';

const MESSAGES: Readonly<Record<number, string>> = {
  401: UNAUTHENTICATED,
  403: 'You are not authorized to perform the requested action.',
  404: 'Could not find the requested resource.',
  405: 'The method is not allowed for the requested URL.',
  409: 'Conflict occurred attempting to store the resource.',
  413: 'Request is too large.',
  500: 'An unexpected error prevented the server from fulfilling your request.',
  501: 'The action you have requested has not been implemented.',
  503: 'The service is temporarily unavailable.',
};

/** Retry-After in seconds of the statuses that have one by default. */
const DEFAULT_RETRY_AFTER: Readonly<Record<number, string>> = { 413: '120', 503: '120' };

/** Presents an injected status in the shape of the service. */
export function presentFault({ status, details, call, context, operation }: FaultRequest): Reply {
  if (status === 204) return { status, headers: VARY };
  if (status < 400) return jsonReply(status, {}, VARY);
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
