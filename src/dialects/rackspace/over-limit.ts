import type { Cloud } from '../../cloud.ts';
import type { Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import type { FaultDetails } from '../dialect.ts';
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
  return retryAt === undefined ? undefined : presentOverLimit(cloud, { retryAt });
}

/** The error of Rackspace's front end for a request over the limit. */
export const presentOverLimit = (cloud: Cloud, details: Pick<FaultDetails, 'retryAfter' | 'retryAt'>): Reply =>
  retryFault({
    name: 'overLimit',
    status: 413,
    message: 'OverLimit Retry...',
    details,
    now: cloud.clock.now(),
    timeMember: 'retryAfter',
  });
