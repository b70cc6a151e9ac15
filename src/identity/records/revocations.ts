/** What revokes tokens, and the events that Keystone lists of it. */
import type { Ids } from '../../domain/ids.ts';
import type { Token } from '../tokens/token.ts';
import type { RevocationEventRecord, TrustRecord, UserRecord } from './record.ts';
import type { RecordChange, Records } from './records.ts';

const MILLISECONDS_PER_SECOND = 1000;

/** What an event says was revoked: members such as `user_id`. */
type Subject = RevocationEventRecord['subject'];

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

/** Where the revocations of a world are kept, and for how long. */
export interface RevocationLog {
  readonly records: Records;
  readonly ids: Ids;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Lifetime of tokens. */
  readonly tokenSeconds: number;
}

/** Revokes the tokens of a user, if the subject is one, and adds the event of it. */
export function revokeSubject(subject: Subject, log: RevocationLog): void {
  const { user_id: userId } = subject;
  if (userId !== undefined && log.records.has('user', userId)) {
    log.records.put('revocation', { id: userId, user_id: userId, issued_before: fullSecond(log.now) });
  }
  addEvent(subject, log);
}

const fullSecond = (time: number): number => time - (time % MILLISECONDS_PER_SECOND);

/** Seconds that an event is kept for after the last token that it can revoke has expired. */
const BUFFER_SECONDS = 1800;
/** Number of events that a world keeps. Revoked tokens stay revoked without their events. */
export const MAX_EVENTS = 5000;
/** Number of outdated events that are dropped for each new one. */
const SWEEP_COUNT = 2;

/** Adds an event, and drops outdated ones. */
function addEvent(subject: Subject, { records, ids, now, tokenSeconds }: RevocationLog): void {
  const id = ids.next('revocation event', ...Object.entries(subject).flat());
  records.put('revocation-event', { id, subject, revoked_at: fullSecond(now) });
  const oldest = now - (tokenSeconds + BUFFER_SECONDS) * MILLISECONDS_PER_SECOND;
  for (let count = 0; count < SWEEP_COUNT; count += 1) {
    const first = records.first('revocation-event', 'all', 'all');
    if (first === undefined) return;
    if (first.revoked_at >= oldest && records.count('revocation-event') <= MAX_EVENTS) return;
    records.delete('revocation-event', first.id);
  }
}

/** Returns what a change revokes; `undefined` for most changes. */
export function revokedSubject(change: RecordChange, records: Records): Subject | undefined {
  const { kind, before, after } = change;
  if (kind === 'user') return before === undefined ? undefined : revokedUser(before, after);
  if (before === undefined || after !== undefined) return undefined;
  switch (kind) {
    case 'membership':
      // The deletion of a group leaves the tokens of its members valid.
      return records.has('group', before.group_id) && records.has('user', before.user_id)
        ? { user_id: before.user_id }
        : undefined;
    case 'project':
    case 'domain':
      return { project_id: before.id };
    case 'trust':
      return hasParties(before, records) ? { 'OS-TRUST:trust_id': before.id } : undefined;
    case 'consumer':
      return { 'OS-OAUTH1:consumer_id': before.id };
    default:
      return undefined;
  }
}

/** The deletion of a user or project makes no events of its trusts. */
function hasParties(
  { trustor_user_id: trustor, trustee_user_id: trustee, project_id: project }: TrustRecord,
  records: Records,
): boolean {
  return (
    records.has('user', trustor) &&
    records.has('user', trustee) &&
    (project === null || records.has('project', project))
  );
}

function revokedUser(before: UserRecord, after: UserRecord | undefined): Subject | undefined {
  const isRevoked = after === undefined || (before.enabled && !after.enabled) || hasNewPassword(before, after);
  return isRevoked ? { user_id: before.id } : undefined;
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
