import type { SampleReply } from '../../shared/sample-replies.ts';
import { recordHandler } from '../records/handlers.ts';
import { recordOperation, sampleList } from '../records/operations.ts';
import { GROUPS_REPLY, USERS_REPLY } from '../special-response-schemas.ts';
import { users } from '../users/resource.ts';
import { addMember, checkMember, listGroupsOfUser, listMembers, removeMember } from './members.ts';
import { groups } from './resource.ts';

const MEMBERS_PATH = '/v3/groups/{group_id}/users';
const MEMBER_PATH = `${MEMBERS_PATH}/{user_id}`;
const ERRORS = [401, 403, 404];

/** The operations on members of groups. */
export const memberOperations = {
  listGroupUsers: recordOperation({
    method: 'get',
    path: MEMBERS_PATH,
    summary: 'List the users in a group.',
    success: 200,
    statuses: [200, 400, ...ERRORS],
    response: USERS_REPLY,
    section: 'Groups',
  }),
  addGroupUser: recordOperation({
    method: 'put',
    path: MEMBER_PATH,
    summary: 'Add a user to a group.',
    success: 204,
    statuses: [204, ...ERRORS],
    section: 'Groups',
  }),
  checkGroupUser: recordOperation({
    method: 'get',
    path: MEMBER_PATH,
    summary: 'Check whether a user is in a group.',
    success: 204,
    statuses: [204, ...ERRORS],
    section: 'Groups',
  }),
  removeGroupUser: recordOperation({
    method: 'delete',
    path: MEMBER_PATH,
    summary: 'Remove a user from a group.',
    success: 204,
    statuses: [204, ...ERRORS],
    section: 'Groups',
  }),
  listUserGroups: recordOperation({
    method: 'get',
    path: '/v3/users/{user_id}/groups',
    summary: 'List the groups that a user is in.',
    success: 200,
    statuses: [200, ...ERRORS],
    response: GROUPS_REPLY,
    section: 'Users',
  }),
};

/** Handlers of `memberOperations`. */
export const memberHandlers = {
  listGroupUsers: recordHandler(listMembers),
  addGroupUser: recordHandler(addMember),
  checkGroupUser: recordHandler(checkMember),
  removeGroupUser: recordHandler(removeMember),
  listUserGroups: recordHandler(listGroupsOfUser),
};

/** Sample replies of `memberOperations`. */
export const memberSamples: Readonly<Record<string, SampleReply>> = {
  listGroupUsers: sampleList(users),
  listUserGroups: sampleList(groups),
};
