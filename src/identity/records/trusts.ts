import type { TrustRecord } from './record.ts';
import { indexValue } from './record-kinds.ts';
import type { Records } from './records.ts';

/** Returns a trust that has not expired and can still give tokens. @param now - milliseconds since 1970. */
export function findUsableTrust(records: Records, id: string, now: number): TrustRecord | undefined {
  const trust = records.get('trust', id);
  if (trust === undefined || trust.remaining_uses === 0) return undefined;
  return trust.expires !== null && trust.expires <= now ? undefined : trust;
}

/** The id of the `trust-key` of a trust; `undefined` for a trust without expiry or project, of which there may be several. */
export function trustKey(trust: TrustRecord): string | undefined {
  const { trustor_user_id: trustor, trustee_user_id: trustee, project_id: project, impersonation, expires } = trust;
  if (project === null || expires === null) return undefined;
  return indexValue(trustor, trustee, project, String(impersonation), String(expires));
}
