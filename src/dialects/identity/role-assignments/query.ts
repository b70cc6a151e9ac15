import type { AssignmentFilter } from '../../../identity/records/role-assignments.ts';
import { badRequest } from '../request-error.ts';

/** What a list of role assignments asks for. */
export interface AssignmentQuery {
  readonly filter: AssignmentFilter;
  /** Whether roles of groups, inherited and implied roles are listed for each user instead of the grants. */
  readonly isEffective: boolean;
  readonly includesNames: boolean;
}

/** Returns whether a flag is set: any value but `0` does. */
const isSet = (query: URLSearchParams, name: string): boolean => query.has(name) && query.get(name) !== '0';

/** Returns whether a query asks for the projects below a project. */
export const asksForSubtree = (query: URLSearchParams): boolean => isSet(query, 'include_subtree');

/** Reads the query of a list. @throws RequestError 400 for filters that exclude each other. */
export function parseQuery(query: URLSearchParams): AssignmentQuery {
  // An empty filter is none.
  const text = (name: string): string | undefined => query.get(name) || undefined;
  const inheritedTo = query.get('scope.OS-INHERIT:inherited_to');
  const filter: AssignmentFilter = {
    userId: text('user.id'),
    groupId: text('group.id'),
    roleId: text('role.id'),
    projectId: text('scope.project.id'),
    domainId: text('scope.domain.id'),
    isSystem: query.get('scope.system') === 'all',
    withSubtree: asksForSubtree(query),
    isInherited: inheritedTo === null ? undefined : inheritedTo === 'projects',
  };
  const parsed = { filter, isEffective: isSet(query, 'effective'), includesNames: isSet(query, 'include_names') };
  assertCompatible(parsed, text('scope.system') !== undefined);
  return parsed;
}

function assertCompatible({ filter, isEffective }: AssignmentQuery, namesSystem: boolean): void {
  const { userId, groupId, projectId, domainId, isInherited, withSubtree } = filter;
  if (withSubtree && projectId === undefined) {
    badRequest('scope.project.id must be specified if include_subtree is also specified');
  }
  if (domainId !== undefined && projectId !== undefined) badRequest('Specify a domain or project, not both');
  if (namesSystem && projectId !== undefined) badRequest('Specify system or project, not both');
  if (namesSystem && domainId !== undefined) badRequest('Specify system or domain, not both');
  if (userId !== undefined && groupId !== undefined) badRequest('Specify a user or group, not both');
  if (!isEffective) return;
  if (groupId !== undefined) {
    badRequest('Combining effective and group filter will always result in an empty list.');
  }
  if (domainId !== undefined && isInherited === true) {
    badRequest('Combining effective, domain and inherited filters will always result in an empty list.');
  }
}
