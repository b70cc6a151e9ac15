import type { Server, ServerStatus } from '../domain/servers/server.ts';
import type { World } from '../world/world.ts';
import { notFound } from './problems.ts';

/** A server, as the admin API shows it. */
export interface ServerView {
  readonly id: string;
  readonly name: string;
  /** Project id. */
  readonly project: string;
  readonly status: ServerStatus;
  readonly taskState: string | null;
  readonly locked: boolean;
  /** Id of the image that it was started from; `null` for a server that boots from a volume. */
  readonly image: string | null;
}

/** A change of a server; omitted members keep their values. */
export interface ServerChange {
  readonly status?: ServerStatus;
  readonly taskState?: string | null;
  readonly locked?: boolean;
}

/** Lists the servers of a world. */
export const listServers = (world: World): readonly ServerView[] => world.servers.listAll().map(presentServer);

/**
 * Sets any state of a server, without the checks of the doubled APIs.
 * @throws AdminError 404 for an unknown server.
 */
export function changeServer(world: World, id: string, { status, taskState, locked }: ServerChange): ServerView {
  const server = world.servers.peek(id);
  if (server === undefined) {
    const ids = world.servers.listAll().map((each) => each.id);
    throw notFound(`Server "${id}" does not exist.`, { pointer: '/server_id', found: id, allowed: ids.slice(0, 20) });
  }
  const changed: Server = {
    ...server,
    ...(status !== undefined && { status }),
    ...(taskState !== undefined && { taskState }),
    ...(locked !== undefined && { isLocked: locked }),
    updatedAt: world.clock.now(),
  };
  world.servers.place(changed);
  return presentServer(changed);
}

const presentServer = ({ id, name, projectId, status, taskState, isLocked, imageId }: Server): ServerView => ({
  id,
  name,
  project: projectId,
  status,
  taskState,
  locked: isLocked,
  image: imageId,
});
