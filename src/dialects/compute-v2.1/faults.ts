import type { Reply } from '../../contract/contract.ts';
import type { FaultRequest } from '../dialect.ts';
import { faultObject } from '../nova/fault-object.ts';
import { otherMethods } from '../shared/other-methods.ts';
import { retryAfterHeader } from '../shared/retry-after.ts';
import { contract } from './contract.ts';
import { fault, faultNameOf, JSON_TYPE, NO_IMAGE, NOT_ALLOWED, unauthorized } from './protocol/errors.ts';
import { presentSuccess } from './sample-replies.ts';

const otherMethodsOf = otherMethods(contract.operations);

const MESSAGES: Readonly<Record<number, string>> = {
  400: 'The server could not comply with the request since it is either malformed or otherwise incorrect.',
  403: NOT_ALLOWED,
  404: NO_IMAGE,
  405: 'The method is not offered here.',
  409: 'There was a conflict when trying to complete your request.',
  413: 'This request was rate-limited.',
  415: 'The media type is not supported.',
  429: 'This request was rate-limited.',
  500: 'Unexpected API Error.',
  501: 'The requested functionality is not supported.',
  503: 'The service is unavailable.',
};

const DEFAULT_RETRY_AFTER_SECONDS = '60';

/** Presents an injected status. */
export function presentFault(request: FaultRequest): Reply {
  const { status, details, call, context, operation } = request;
  if (status < 400) return presentSuccess(request);
  if (status === 401 && details.message === undefined) return unauthorized(call);
  const message = details.message ?? MESSAGES[status] ?? 'The request failed.';
  if (status === 405) return fault(status, message, { Allow: otherMethodsOf(operation).join(', ') });
  const retryAfter = retryAfterHeader(details, context.cloud.clock.now());
  if (status === 413 || status === 429) return overLimit(status, message, retryAfter);
  return fault(status, message, retryAfter ? { 'Retry-After': retryAfter } : undefined);
}

/** A rate limit, whose body repeats the Retry-After header. @param retryAfter - seconds; `null` omits both. */
function overLimit(status: number, message: string, retryAfter: string | null = DEFAULT_RETRY_AFTER_SECONDS): Reply {
  return faultObject({
    name: faultNameOf(status),
    status,
    message,
    headers: { ...JSON_TYPE, ...(retryAfter !== null && { 'Retry-After': retryAfter }) },
    ...(retryAfter !== null && { members: { retryAfter } }),
  });
}
