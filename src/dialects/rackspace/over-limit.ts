import type { Cloud } from '../../cloud.ts';
import type { Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import { retryFault } from '../nova/fault-object.ts';

const MINUTE = 60_000;

interface Count {
  /** The minute since 1970 that is being counted. */
  minute: number;
  calls: number;
}

/** Counts by project, for each identity of a world: a reset makes a new one, and with it the counts begin anew. */
const counts = new WeakMap<object, Map<string, Count>>();

/**
 * Counts a call of a project against the limit of the minute.
 * @returns when the project may come back, in milliseconds since 1970, for a call past the limit.
 */
export function overLimitUntil(cloud: Cloud, { projectId }: Pick<Caller, 'projectId'>): number | undefined {
  const most = cloud.limits.callsPerMinute ?? null;
  if (most === null) return undefined;
  let projects = counts.get(cloud.identity);
  if (projects === undefined) {
    projects = new Map();
    counts.set(cloud.identity, projects);
  }
  const minute = Math.floor(cloud.clock.now() / MINUTE);
  const count = projects.get(projectId);
  if (count?.minute !== minute) {
    projects.set(projectId, { minute, calls: 1 });
    return most < 1 ? (minute + 1) * MINUTE : undefined;
  }
  count.calls += 1;
  return count.calls > most ? (minute + 1) * MINUTE : undefined;
}

/**
 * Counts as `overLimitUntil`.
 * @returns the refusal of a call past the limit, as Rackspace's front end words it.
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
