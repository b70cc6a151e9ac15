import type { EntityRecord } from '../../../identity/records/record.ts';
import { MALFORMED } from '../errors.ts';
import type { RecordRequest } from '../records/record-request.ts';
import { badRequest } from '../request-error.ts';

const OPERATORS = new Set(['eq', 'neq', 'lt', 'lte', 'gt', 'gte']);
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;

/** Returns whether a list of users holds a user: password expiry and federated ids count as filters. */
export function listsUser(user: EntityRecord, { call: { query } }: RecordRequest): boolean {
  // No password expires.
  if (query.has('password_expires_at')) return false;
  return ['idp_id', 'protocol_id', 'unique_id'].every((filter) => {
    const value = query.get(filter);
    return value === null || federatedIds(user, filter).includes(value);
  });
}

/** The ids of a user at identity providers. */
function federatedIds({ federated }: EntityRecord, member: string): readonly unknown[] {
  const logins = Array.isArray(federated) ? (federated as readonly FederatedLogIn[]) : [];
  return logins.flatMap(({ idp_id, protocols }) => protocols.map((protocol) => ({ idp_id, ...protocol })[member]));
}

/** How a user logs in at an identity provider. */
export interface FederatedLogIn {
  readonly idp_id: string;
  readonly protocols: readonly Readonly<Record<string, unknown>>[];
}

/** Checks the value of the filter `password_expires_at`: `[operator:]time`. @throws RequestError 400. */
export function assertPasswordFilter({ call: { query } }: RecordRequest): void {
  for (const value of query.getAll('password_expires_at')) {
    const [, operator, time = value] = /^([a-z]+):(.*)$/i.exec(value) ?? [];
    if (operator !== undefined && !OPERATORS.has(operator)) {
      badRequest(
        `The given operator ${operator} is not valid. It must be one of the following: 'eq', 'neq', 'lt', 'lte', 'gt', or 'gte'.`,
      );
    }
    if (!TIME.test(time)) badRequest(`Timestamp not in expected format. ${MALFORMED}`);
  }
}
