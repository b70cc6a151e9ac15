import type { EntityRecord, UserRecord } from '../../../identity/records/record.ts';
import { MALFORMED } from '../errors.ts';
import type { RecordRequest } from '../records/record-request.ts';
import { badRequest } from '../request-error.ts';

const OPERATORS = new Set(['eq', 'neq', 'lt', 'lte', 'gt', 'gte']);
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;

/** Returns whether a list of users holds a user: password expiry and federated ids count as filters. */
export function listsUser(user: EntityRecord, { call: { query } }: RecordRequest): boolean {
  // No password expires.
  if (query.has('password_expires_at')) return false;
  if ([...query.keys()].some((name) => FEDERATED_COMPARISON.test(name))) return false;
  const filters = FEDERATED_FILTERS.filter((filter) => query.has(filter));
  if (filters.length === 0) return true;
  // The service compares the name with that at the provider, which users that administrators made do not have.
  if (query.has('name')) return false;
  return filters.every((filter) => federatedIds(user, filter).includes(query.get(filter) ?? ''));
}

const FEDERATED_FILTERS = ['idp_id', 'protocol_id', 'unique_id'] as const;
/** A comparison other than equality, which finds no user. */
const FEDERATED_COMPARISON = new RegExp(`^(${FEDERATED_FILTERS.join('|')})__`);

/** The ids of a user at identity providers. */
function federatedIds(user: EntityRecord, member: (typeof FEDERATED_FILTERS)[number]): readonly string[] {
  const { federated = [] } = user as UserRecord;
  return federated.flatMap(({ idp_id, protocols }) => protocols.map((protocol) => ({ idp_id, ...protocol })[member]));
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
