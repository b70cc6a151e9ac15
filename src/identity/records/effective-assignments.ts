import { ancestorsOf, descendantsOf } from './effective-roles.ts';
import type { GrantRecord } from './record.ts';
import type { Records } from './records.ts';
import {
  type AssignmentFilter,
  type GrantSelection,
  projectsOfFilter,
  type RoleAssignment,
  selectGrants,
} from './role-assignments.ts';

/**
 * Lists the roles that users effectively have on projects and domains: those of groups for each member, inherited ones for each
 * project, and implied ones. As in Keystone, the system does not count, and a role that is implied in several ways may occur twice.
 */
export function effectiveAssignments(records: Records, filter: AssignmentFilter): readonly RoleAssignment[] {
  const { userId, roleId, groupId } = filter;
  if (groupId !== undefined) return [];
  const granted = grantsFor(records, filter, userId === undefined ? undefined : [userId]);
  const groupIds = userId === undefined ? [] : records.by('membership', 'user', userId).map((each) => each.group_id);
  const ofGroups = groupIds.length === 0 ? [] : grantsFor(records, filter, groupIds);
  const expanded = [...granted, ...ofGroups].flatMap((grant) => expand(records, grant, filter));
  return withImplied(records, expanded)
    .filter((assignment) => records.get('role', assignment.roleId)?.domain_id === null)
    .filter((assignment) => roleId === undefined || assignment.roleId === roleId);
}

/** Returns the grants to some users or groups that count for a filter. @param actorIds - `undefined` for all. */
function grantsFor(
  records: Records,
  { projectId, domainId, withSubtree, isInherited }: AssignmentFilter,
  actorIds: readonly string[] | undefined,
): readonly GrantRecord[] {
  const projectIds = projectId === undefined ? undefined : projectsOfFilter(records, projectId, withSubtree);
  const select = (selection: GrantSelection): readonly GrantRecord[] =>
    selectGrants(records, { actorIds, ...selection });
  const direct = isInherited === true ? [] : select({ projectIds, domainId, isInherited: false });
  if (isInherited === false || domainId !== undefined) return direct;
  if (projectId === undefined) return [...direct, ...select({ isInherited: true })];
  // A domain that stands for a project has no domain, and the service then looks at the grants on all domains and projects.
  const project = records.get('project', projectId);
  const sources = [
    ...(project === undefined ? [] : ancestorsOf(records, project).map(({ id }) => id)),
    ...(withSubtree ? (projectIds ?? []) : []),
  ];
  return [
    ...direct,
    ...select({ domainId: project?.domain_id, isInherited: true }),
    ...(sources.length === 0 ? [] : select({ projectIds: sources, isInherited: true })),
  ];
}

/** The assignments that a grant gives to each member of its group, in each project that inherits it. */
function expand(records: Records, grant: GrantRecord, filter: AssignmentFilter): readonly RoleAssignment[] {
  const members = membersOf(records, grant, filter.userId);
  const projectIds = grant.inherited ? inheritingProjects(records, grant, filter) : [undefined];
  return members.flatMap((memberId) =>
    projectIds.map((projectId) => ({
      grant,
      roleId: grant.role_id,
      ...(memberId !== undefined && { memberId }),
      ...(projectId !== undefined && { projectId }),
    })),
  );
}

/** The members of the group of a grant, `undefined` for the user who has it. */
function membersOf(
  records: Records,
  { actor_type: type, actor_id: id }: GrantRecord,
  userId: string | undefined,
): readonly (string | undefined)[] {
  if (type === 'user') return [undefined];
  if (userId !== undefined) return [userId];
  return records.by('membership', 'group', id).map((membership) => membership.user_id);
}

/** The projects of a filter that inherit a grant; without a filter, all of them. */
function inheritingProjects(
  records: Records,
  { target_type: type, target_id: id }: GrantRecord,
  { projectId, withSubtree }: AssignmentFilter,
): readonly string[] {
  const below = (): readonly string[] => descendantsOf(records, id).map((project) => project.id);
  if (projectId === undefined) return below();
  const wanted = projectsOfFilter(records, projectId, withSubtree);
  return withSubtree && type === 'project' && wanted.includes(id) ? below() : wanted;
}

/** Adds the roles that others imply, in the order of the service: depth first, from the last assignment to the first. */
function withImplied(records: Records, assignments: readonly RoleAssignment[]): readonly RoleAssignment[] {
  const all = [...assignments];
  const open = [...assignments];
  const done = new Set<string>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    done.add(keyOf(next));
    for (const { implied_role_id: roleId } of records.by('implied-role', 'prior', next.roleId)) {
      const implied = { ...next, roleId, priorRoleId: next.roleId };
      if (done.has(keyOf(implied))) continue;
      all.push(implied);
      open.push(implied);
    }
  }
  return all;
}

const keyOf = ({ grant, memberId, projectId, roleId, priorRoleId }: RoleAssignment): string =>
  [grant.id, memberId, projectId, roleId, priorRoleId].join(' ');
