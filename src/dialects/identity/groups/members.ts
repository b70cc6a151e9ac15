/** The members of groups, and the groups of users. */

import type { Reply } from '../../../contract/contract.ts';
import { type GroupRecord, joinIds, type UserRecord } from '../../../identity/records/record.ts';
import { matchesFilters } from '../records/list.ts';
import { listReply, recordsReply } from '../records/list-reply.ts';
import { DOMAIN_CHANGE, type Policy, type PolicyTarget, SYSTEM_READ } from '../records/policy.ts';
import { presentRecord } from '../records/present.ts';
import { authorize, pathId, type RecordRequest } from '../records/record-request.ts';
import { notFound, unexpected } from '../request-error.ts';
import { NO_CONTENT } from '../service-handler.ts';
import { assertPasswordFilter, listsUser } from '../users/filters.ts';
import { users } from '../users/resource.ts';
import { groups } from './resource.ts';

/** A user and a group that a path names. */
interface Pair {
  readonly user: UserRecord;
  readonly group: GroupRecord;
}

const READ: Policy = [...SYSTEM_READ, 'domain-reader'];

/** The domain of both, at which its readers may look; none if they are not in the same one. */
const commonTarget = (user: UserRecord | undefined, group: GroupRecord | undefined): PolicyTarget =>
  user !== undefined && user.domain_id === group?.domain_id ? { domainId: user.domain_id } : {};

/** Returns the user and group of the path, once the policy permits it. @throws RequestError 404; IdentityError `not-allowed`. */
function requestedPair(request: RecordRequest, action: string, policy: Policy): Pair {
  const { records } = request;
  const [groupId, userId] = [pathId(request, 'group_id'), pathId(request, 'user_id')];
  const [group, user] = [records.get('group', groupId), records.get('user', userId)];
  authorize(request, action, { policy, target: commonTarget(user, group) });
  if (group === undefined) notFound(`Could not find group: ${groupId}.`);
  if (user === undefined) notFound(`Could not find user: ${userId}.`);
  return { user, group };
}

const membershipId = ({ group, user }: Pair): string => joinIds(group.id, user.id);

/** Adds a user to a group. */
export function addMember(request: RecordRequest): Reply {
  const pair = requestedPair(request, 'add_user_to_group', DOMAIN_CHANGE);
  const id = membershipId(pair);
  if (!request.records.has('membership', id)) {
    request.records.put('membership', { id, group_id: pair.group.id, user_id: pair.user.id });
  }
  return NO_CONTENT;
}

/** Checks whether a user is in a group. */
export function checkMember(request: RecordRequest): Reply {
  assertMember(request, requestedPair(request, 'check_user_in_group', READ));
  return NO_CONTENT;
}

/** Removes a user from a group, which revokes the tokens of the user. */
export function removeMember(request: RecordRequest): Reply {
  const pair = requestedPair(request, 'remove_user_from_group', DOMAIN_CHANGE);
  assertMember(request, pair);
  request.records.delete('membership', membershipId(pair));
  return NO_CONTENT;
}

function assertMember({ records }: RecordRequest, pair: Pair): void {
  if (!records.has('membership', membershipId(pair))) {
    notFound(`User '${pair.user.id}' not found in group '${pair.group.id}'`);
  }
}

/** Lists the users in a group, with the filters of the list of users. */
export function listMembers(request: RecordRequest): Reply {
  const { records, call } = request;
  const id = pathId(request, 'group_id');
  const group = records.get('group', id);
  authorize(request, 'list_users_in_group', {
    policy: READ,
    target: group && { domainId: group.domain_id },
  });
  assertPasswordFilter(request);
  if (group === undefined) notFound(`Could not find group: ${id}.`);
  const members = records
    .by('membership', 'group', id)
    .map((membership) => records.get('user', membership.user_id))
    .filter((user) => user !== undefined)
    .filter((user) => isInScope(user, request) && listsUser(user, request))
    .filter((user) => matchesFilters(users.filters, user, call.query));
  return recordsReply(users, members, request, `/v3/groups/${id}/users`);
}

/** Comparisons that the service fails on in the groups of a user: those that regard case. */
const FAILING_FILTER = /^name__(?!equals$|i(equals|contains|startswith|endswith)$)/;

/** Lists the groups that a user is in. */
export function listGroupsOfUser(request: RecordRequest): Reply {
  const { records, call } = request;
  const id = pathId(request, 'user_id');
  const user = records.get('user', id);
  authorize(request, 'list_groups_for_user', {
    policy: [...READ, 'owner'],
    target: user === undefined ? {} : { domainId: user.domain_id, userId: id },
  });
  if (user === undefined) notFound(`Could not find user: ${id}.`);
  if ([...call.query.keys()].some((name) => FAILING_FILTER.test(name))) unexpected();
  const found = records
    .by('membership', 'user', id)
    .map((membership) => records.get('group', membership.group_id))
    .filter((group) => group !== undefined)
    .filter((group) => isInScope(group, request) && matchesFilters({ name: 'text' }, group, call.query));
  const items = found.map((group) => presentGroupOfUser(group, request));
  return listReply('groups', items, request, `/v3/users/${id}/groups`);
}

/** A token for a domain lists what is in that domain alone. */
const isInScope = (
  { domain_id: domainId }: UserRecord | GroupRecord,
  { requester: { scope } }: RecordRequest,
): boolean => scope.kind !== 'domain' || scope.domainId === domainId;

function presentGroupOfUser(group: GroupRecord, request: RecordRequest): Readonly<Record<string, unknown>> {
  const { links, ...members } = presentRecord(groups, group, request);
  return { ...members, membership_expires_at: null, links };
}
