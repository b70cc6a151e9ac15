import type { Reply } from '../../../contract/contract.ts';
import { effectiveAssignments } from '../../../identity/records/effective-assignments.ts';
import type { Records } from '../../../identity/records/records.ts';
import { grantedAssignments, type RoleAssignment } from '../../../identity/records/role-assignments.ts';
import { collectionLinks } from '../links.ts';
import { findProject } from '../projects/domain-as-project.ts';
import { SYSTEM_READ } from '../records/policy.ts';
import { apiBase } from '../records/present.ts';
import { authorize, type RecordRequest } from '../records/record-request.ts';
import { notFound, unexpected } from '../request-error.ts';
import { reply } from '../service-handler.ts';
import { presentAssignment } from './present.ts';
import { type AssignmentQuery, asksForSubtree, parseQuery } from './query.ts';

/** Lists the roles of users and groups on projects, domains and the system. */
export function listRoleAssignments(request: RecordRequest): Reply {
  const { call, records } = request;
  authorizeList(request);
  const query = parseQuery(call.query);
  const view = { records, base: apiBase(request), includesNames: query.includesNames };
  const presented = findAssignments(records, query).map((assignment) => ({
    assignment,
    reply: presentAssignment(assignment, view),
  }));
  return reply(200, {
    role_assignments: presented
      .filter(({ assignment }) => query.filter.withSubtree || isInScope(assignment, request))
      .map((each) => each.reply),
    links: collectionLinks(call, '/v3/role_assignments'),
  });
}

function authorizeList(request: RecordRequest): void {
  const { query } = request.call;
  if (!asksForSubtree(query)) {
    authorize(request, 'list_role_assignments', { policy: [...SYSTEM_READ, 'any-domain-reader'] });
    return;
  }
  const projectId = query.get('scope.project.id') || undefined;
  // The service looks the project up for the policy, and does not expect that there is none.
  const project = projectId === undefined ? undefined : findProject(request.records, projectId);
  if (projectId !== undefined && project === undefined) unexpected();
  const domainId = project?.['domain_id'];
  authorize(request, 'list_role_assignments_for_tree', {
    policy: [...SYSTEM_READ, 'domain-reader-later'],
    target: projectId === undefined ? undefined : typeof domainId === 'string' ? { domainId } : {},
  });
}

function findAssignments(records: Records, { filter, isEffective }: AssignmentQuery): readonly RoleAssignment[] {
  if (!isEffective) return grantedAssignments(records, filter);
  const { projectId, userId, domainId, isInherited } = filter;
  const looksUpProject = projectId !== undefined && domainId === undefined && isInherited !== false;
  if (looksUpProject && findProject(records, projectId) === undefined) {
    notFound(`Could not find project: ${projectId}.`);
  }
  if (userId !== undefined && !records.has('user', userId)) notFound(`Could not find user: ${userId}.`);
  return effectiveAssignments(records, filter);
}

/** A token for a domain lists what is assigned on the domain and its projects alone, except below a project. */
function isInScope({ grant, projectId }: RoleAssignment, { records, requester: { scope } }: RecordRequest): boolean {
  if (scope.kind !== 'domain') return true;
  if (projectId === undefined && grant.target_type === 'domain') return grant.target_id === scope.domainId;
  return records.get('project', projectId ?? grant.target_id)?.domain_id === scope.domainId;
}
