import type { Token } from '../tokens/token.ts';
import type { UserRecord } from './record.ts';
import type { RecordChange, Records } from './records.ts';

const MILLISECONDS_PER_SECOND = 1000;

/**
 * Returns whether a change has revoked a token. Revocations count by the second: they include tokens that were issued in the
 * second of the change, before or after it. A change of the trustor revokes the tokens of a trust as well.
 */
export function isRevokedByRecord(records: Records, { userId, roleOwnerId = userId, issuedAt }: Token): boolean {
  return [userId, roleOwnerId].some((id) => {
    const revocation = records.get('revocation', id);
    return revocation !== undefined && issuedAt <= revocation.issued_before;
  });
}

/** Revokes the tokens of a user that were issued until now. @param now - milliseconds since 1970. */
export function revokeTokensOf(records: Records, userId: string, now: number): void {
  if (!records.has('user', userId)) return;
  const time = now - (now % MILLISECONDS_PER_SECOND);
  records.put('revocation', { id: userId, user_id: userId, issued_before: time });
}

/** Returns the user whose tokens a change revokes; `undefined` for most changes. */
export function revokedUser({ kind, before, after }: RecordChange): string | undefined {
  if (kind === 'membership') return after === undefined ? before?.user_id : undefined;
  if (kind !== 'user' || before === undefined || after === undefined) return undefined;
  const isDisabled = before.enabled && !after.enabled;
  return isDisabled || hasNewPassword(before, after) ? after.id : undefined;
}

const hasNewPassword = (before: UserRecord, after: UserRecord): boolean =>
  before.password !== after.password || before.password_set_at !== after.password_set_at;

/**
 * Returns a user with a new password, or with the same one once more. Storing it revokes the tokens of the user.
 * @param now - milliseconds since 1970.
 */
export const withPassword = (user: UserRecord, password: string | null, now: number): UserRecord => ({
  ...user,
  password,
  password_set_at: now,
});
