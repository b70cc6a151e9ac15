/** Rules for scopes: which ones are enabled, and which roles a user has in them. */
import type { Role, User } from '../directory/directory.ts';
import type { DirectoryIndex } from '../directory/directory-index.ts';
import { notAuthenticated } from '../problem.ts';
import { type Scope, UNSCOPED } from './scope.ts';

/** Returns whether a user may log in: the user and its domain are enabled. */
export const isActiveUser = (index: DirectoryIndex, user: User): boolean =>
  user.isEnabled && isEnabledDomain(index, user.domainId);

const isEnabledDomain = (index: DirectoryIndex, domainId: string): boolean =>
  index.domain({ id: domainId })?.isEnabled === true;

function isEnabledProject(index: DirectoryIndex, projectId: string): boolean {
  const project = index.project(projectId);
  return project?.isEnabled === true && isEnabledDomain(index, project.domainId);
}

/** Returns whether the project or domain of a scope exists and is enabled; always true for the other scopes. */
export function isEnabledScope(index: DirectoryIndex, scope: Scope): boolean {
  if (scope.kind === 'project') return isEnabledProject(index, scope.projectId);
  return scope.kind !== 'domain' || isEnabledDomain(index, scope.domainId);
}

/** Returns the scope of a login that requests none: the user's default project, if it is enabled and the user has a role in it. */
export function defaultScope(index: DirectoryIndex, user: User): Scope {
  const projectId = user.defaultProjectId;
  if (projectId === null || index.roles(user.id, projectId).length === 0) return UNSCOPED;
  return isEnabledProject(index, projectId) ? { kind: 'project', projectId } : UNSCOPED;
}

/**
 * Returns the roles of a user in a scope; none for `unscoped`.
 * @throws IdentityError `not-authenticated` if the user has no role in the scope, or the scope is disabled.
 */
export function rolesInScope(index: DirectoryIndex, user: User, scope: Scope): readonly Role[] {
  if (scope.kind === 'unscoped') return [];
  const roles = isEnabledScope(index, scope) ? assignedRoles(index, user, scope) : [];
  return roles.length === 0 ? notAuthenticated() : roles;
}

function assignedRoles(
  index: DirectoryIndex,
  user: User,
  scope: Exclude<Scope, { kind: 'unscoped' }>,
): readonly Role[] {
  switch (scope.kind) {
    case 'project':
      return index.roles(user.id, scope.projectId);
    case 'domain':
      return index.rolesInDomain(user.id, scope.domainId);
    case 'system':
      return index.rolesInSystem(user.id);
    default:
      return scope satisfies never;
  }
}
