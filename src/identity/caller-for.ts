import type { Caller } from '../domain/caller.ts';
import type { User } from './directory/directory.ts';
import type { DirectoryIndex } from './directory/directory-index.ts';
import type { Token } from './tokens/token.ts';

/** Returns the caller that a token authenticates. For a signed request, `token` has an empty id. */
export function callerFor(token: Pick<Token, 'id' | 'scope' | 'roles'>, user: User, index: DirectoryIndex): Caller {
  const project = token.scope.kind === 'project' ? index.project(token.scope.projectId) : undefined;
  const roles = token.roles.map(({ name }) => name);
  return {
    userId: user.id,
    userName: user.name,
    projectId: project?.id ?? '',
    projectName: project?.name ?? '',
    domainId: user.domainId,
    roles,
    isAdmin: roles.includes('admin'),
    isReader: roles.includes('reader') && !roles.includes('member') && !roles.includes('admin'),
    token: token.id,
  };
}
