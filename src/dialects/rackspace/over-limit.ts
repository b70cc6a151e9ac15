import type { Cloud } from '../../cloud.ts';
import type { Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import { retryFault } from '../nova/fault-object.ts';

/**
 * Counts a request of a project against the world's limit `callsPerMinute`.
 * @returns when the project may send the next request, in milliseconds since 1970, for a request over the limit.
 */
export function overLimitUntil(cloud: Cloud, { projectId }: Pick<Caller, 'projectId'>): number | undefined {
  const max = cloud.limits.callsPerMinute ?? null;
  if (max === null) return undefined;
  const { endsAt, requests } = cloud.rateLimits.countInMinute(`minute ${projectId}`);
  return requests > max ? endsAt : undefined;
}

/**
 * Counts a request as `overLimitUntil` does.
 * @returns the error of Rackspace's front end for a request over the limit.
 */
export function overLimit(cloud: Cloud, caller: Pick<Caller, 'projectId'>): Reply | undefined {
  const retryAt = overLimitUntil(cloud, caller);
  if (retryAt === undefined) return undefined;
  return retryFault({
    name: 'overLimit',
    status: 413,
    message: 'OverLimit Retry...',
    details: { retryAt },
    now: cloud.clock.now(),
    timeMember: 'retryAfter',
  });
}
