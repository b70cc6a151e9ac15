import type { Caller } from '../caller.ts';
import type { Ids } from '../ids.ts';
import type { NewTask } from '../tasks/new-task.ts';
import type { Server } from './server.ts';

/** A server to create. */
export interface NewServer
  extends Pick<
    Server,
    'name' | 'imageId' | 'flavor' | 'metadata' | 'keyName' | 'description' | 'diskConfig' | 'ordinal'
  > {
  /** Dialect that creates the server. */
  readonly api: string;
  readonly requestId?: string;
}

/** The server of a request, which is being built. @param now - milliseconds since 1970. */
export function buildingServer(request: NewServer, caller: Caller, ids: Ids, now: number): Server {
  const { projectId, userId, userName, projectName } = caller;
  const { api: _api, requestId: _requestId, ...attributes } = request;
  return {
    ...attributes,
    id: ids.next('server', projectId, request.name),
    projectId,
    userId,
    createdBy: { userName, projectName },
    status: 'BUILD',
    taskState: 'scheduling',
    isLocked: false,
    createdAt: now,
    updatedAt: now,
  };
}

/** The task that builds a server. */
export const buildTask = ({ id: serverId, imageId }: Server, { api, requestId }: NewServer): NewTask => ({
  kind: 'build',
  api,
  type: 'createServer',
  isUnseen: true,
  input: { serverId },
  ...(imageId !== null && { matchImageId: imageId }),
  ...(requestId !== undefined && { requestId }),
  onSuccess: [{ kind: 'server', serverId, taskState: null, status: 'ACTIVE' }],
  onFailure: [{ kind: 'server', serverId, taskState: null, status: 'ERROR' }],
});
