import { ServerError } from '../protocol/server-error.ts';

/** Nova fails on servers for a token without a project. @throws ServerError */
export function requireProject(projectId: string): void {
  if (projectId === '') throw new ServerError('nova.exception.NovaException');
}
