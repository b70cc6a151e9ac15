import type { Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import type { Cloud } from '../dialect.ts';
import { retryFault } from './fault-object.ts';

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
 * @returns the refusal of a call past the limit, as Rackspace's front end words it.
 */
export function overLimit(cloud: Cloud, { projectId }: Pick<Caller, 'projectId'>): Reply | undefined {
  const most = cloud.limits.callsPerMinute ?? null;
  if (most === null) return undefined;
  let projects = counts.get(cloud.identity);
  if (projects === undefined) {
    projects = new Map();
    counts.set(cloud.identity, projects);
  }
  const now = cloud.clock.now();
  const minute = Math.floor(now / MINUTE);
  const count = projects.get(projectId);
  if (count?.minute !== minute) {
    projects.set(projectId, { minute, calls: 1 });
    return most < 1 ? refusal(minute, now) : undefined;
  }
  count.calls += 1;
  return count.calls > most ? refusal(minute, now) : undefined;
}

const refusal = (minute: number, now: number): Reply =>
  retryFault('overLimit', 413, 'OverLimit Retry...', { retryAt: (minute + 1) * MINUTE }, now, 'retryAfter');
