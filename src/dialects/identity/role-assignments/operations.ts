import type { SampleReply } from '../../shared/sample-replies.ts';
import { recordHandler } from '../records/handlers.ts';
import { recordOperation } from '../records/operations.ts';
import { reply } from '../service-handler.ts';
import { ROLE_ASSIGNMENTS_REPLY } from '../special-response-schemas.ts';
import { listRoleAssignments } from './handlers.ts';

/** The list of role assignments. */
export const roleAssignmentOperations = {
  listRoleAssignments: recordOperation({
    method: 'get',
    path: '/v3/role_assignments',
    summary: 'List the roles of users and groups on projects, domains and the system.',
    success: 200,
    statuses: [200, 400, 401, 403],
    response: ROLE_ASSIGNMENTS_REPLY,
    section: 'Role assignments',
  }),
};

/** Handlers of `roleAssignmentOperations`. */
export const roleAssignmentHandlers = { listRoleAssignments: recordHandler(listRoleAssignments) };

/** Sample replies of `roleAssignmentOperations`. */
export const roleAssignmentSamples: Readonly<Record<string, SampleReply>> = {
  listRoleAssignments: ({ call, context: { cloud }, status }) => {
    const [project, user, role] = ['project', 'user', 'role'].map((kind) => cloud.ids.uuid('sample', kind));
    const assignment = `${call.base}/v3/projects/${project}/users/${user}/roles/${role}`;
    return reply(status, {
      role_assignments: [
        { links: { assignment }, scope: { project: { id: project } }, user: { id: user }, role: { id: role } },
      ],
    });
  },
};
