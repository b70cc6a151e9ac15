import { SERVER_STATUSES, type Server, type ServerStatus } from '../domain/servers/server.ts';
import type { World } from '../world/world.ts';
import { AdminError } from './problems.ts';

/** A server, as the admin API shows it. */
export interface ServerView {
  readonly id: string;
  readonly name: string;
  /** Project id. */
  readonly project: string;
  readonly status: ServerStatus;
  readonly taskState: string | null;
  readonly locked: boolean;
  /** Id of the image that it runs from; `null` for a volume. */
  readonly image: string | null;
}

/** What is to be changed of a server; what is absent stays. */
export interface ServerChange {
  readonly status?: ServerStatus;
  readonly taskState?: string | null;
  readonly locked?: boolean;
}

/** All servers of a world. */
export const listServers = (world: World): readonly ServerView[] => world.servers.all().map(presentServer);

/**
 * Puts a server into any state; the rules of the services are skipped.
 * @throws AdminError 404 for a server that is not there.
 */
export function changeServer(world: World, id: string, { status, taskState, locked }: ServerChange): ServerView {
  const server = world.servers.peek(id);
  if (server === undefined) {
    const allowed = world.servers.all().map((each) => each.id);
    throw new AdminError(404, `There is no server "${id}".`, [
      { pointer: '/server_id', message: 'there is no such server', found: id, allowed: allowed.slice(0, 20) },
    ]);
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

/** Body of a change. */
export const SERVER_CHANGE = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    status: { enum: SERVER_STATUSES, description: 'Its state.' },
    taskState: { type: ['string', 'null'], description: 'What it is doing: image_snapshot, say; null for nothing.' },
    locked: { type: 'boolean', description: 'Only administrators may act on it.' },
  },
} as const;
