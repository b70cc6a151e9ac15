import { descendantsOf } from './effective-roles.ts';
import type { GrantRecord } from './record.ts';
import { indexValue } from './record-kinds.ts';
import type { Records } from './records.ts';

/** Which assignments a list holds. Members that are `undefined` do not restrict it. */
export interface AssignmentFilter {
  readonly userId: string | undefined;
  readonly groupId: string | undefined;
  readonly roleId: string | undefined;
  readonly projectId: string | undefined;
  readonly domainId: string | undefined;
  /** Whether only grants on the system count. */
  readonly isSystem: boolean;
  /** Whether the projects below `projectId` count too. */
  readonly withSubtree: boolean;
  /** `true` for grants that projects inherit, `false` for others. */
  readonly isInherited: boolean | undefined;
}

/** A role that somebody has somewhere, and the grant that it comes from. */
export interface RoleAssignment {
  readonly grant: GrantRecord;
  /** The user who has the role as a member of the group that it is granted to. */
  readonly memberId?: string;
  /** The project that inherits the role. */
  readonly projectId?: string;
  readonly roleId: string;
  /** The role that implies this one. */
  readonly priorRoleId?: string;
}

/** Lists grants as they were made. */
export function grantedAssignments(records: Records, filter: AssignmentFilter): readonly RoleAssignment[] {
  const { userId, groupId, roleId, projectId, domainId, isSystem, isInherited } = filter;
  const projectIds = projectId === undefined ? undefined : projectsOfFilter(records, projectId, filter.withSubtree);
  const onTargets = isSystem
    ? []
    : selectGrants(records, { actorIds: actorsOf(filter), projectIds, domainId, isInherited });
  const isUnscoped = projectId === undefined && domainId === undefined;
  const onSystem = isUnscoped ? grantsFrom(records, { actorIds: actorsOf(filter) }).filter(isOnSystem) : [];
  return [...onTargets, ...onSystem]
    .filter((grant) => roleId === undefined || grant.role_id === roleId)
    .filter((grant) => userId === undefined || grant.actor_type === 'user')
    .filter((grant) => groupId === undefined || grant.actor_type === 'group')
    .map((grant) => ({ grant, roleId: grant.role_id }));
}

/** Ids of a project, and of those below it if they count. */
export const projectsOfFilter = (records: Records, projectId: string, withSubtree: boolean): readonly string[] =>
  withSubtree ? [projectId, ...descendantsOf(records, projectId).map(({ id }) => id)] : [projectId];

function actorsOf({ userId, groupId }: AssignmentFilter): readonly string[] | undefined {
  const actorId = userId ?? groupId;
  return actorId === undefined ? undefined : [actorId];
}

const isOnSystem = (grant: GrantRecord): boolean => grant.target_type === 'system';

/** Which grants on projects and domains are wanted. Members that are `undefined` do not restrict them. */
export interface GrantSelection {
  /** Ids of users and groups. */
  readonly actorIds?: readonly string[] | undefined;
  readonly projectIds?: readonly string[] | undefined;
  readonly domainId?: string | undefined;
  readonly isInherited?: boolean | undefined;
}

/** Returns grants on projects and domains, by the index that finds the fewest. */
export function selectGrants(records: Records, selection: GrantSelection): readonly GrantRecord[] {
  const { projectIds, domainId, isInherited } = selection;
  const projects = projectIds && new Set(projectIds);
  return grantsFrom(records, selection).filter(
    ({ target_type: type, target_id: id, inherited }) =>
      type !== 'system' &&
      (projects === undefined || (type === 'project' && projects.has(id))) &&
      (domainId === undefined || (type === 'domain' && id === domainId)) &&
      (isInherited === undefined || inherited === isInherited),
  );
}

/** The grants that the best index finds for a selection: a superset of it. */
function grantsFrom(records: Records, { actorIds, projectIds, domainId }: GrantSelection): readonly GrantRecord[] {
  const targetIds = projectIds ?? (domainId === undefined ? undefined : [domainId]);
  if (actorIds !== undefined && targetIds !== undefined) {
    return actorIds.flatMap((actorId) =>
      targetIds.flatMap((targetId) => records.by('grant', 'actor-target', indexValue(actorId, targetId))),
    );
  }
  if (actorIds !== undefined) return actorIds.flatMap((id) => records.by('grant', 'actor', id));
  if (targetIds !== undefined) return targetIds.flatMap((id) => records.by('grant', 'target', id));
  return records.all('grant');
}
