import { Collection, type CollectionState, collectionOf } from '../collection.ts';
import type { ImageSchedule, Server } from './server.ts';

/** State of the servers of a world, from which others can start. */
export interface ServersState {
  readonly servers: CollectionState<Server>;
  /** Ids by project and creation time. */
  readonly byProject: CollectionState<string>;
  /** Ids of servers with a schedule, by the time of their next image. */
  readonly scheduled: CollectionState<string>;
  /** Deleted servers by id, from which lists can go on. */
  readonly deleted: CollectionState<Server>;
  /** Ids of deleted servers, in the order of their deletion. */
  readonly deletedOrder: CollectionState<string>;
}

const timeKey = (time: number): string => String(time).padStart(16, '0');

/** How many deleted servers a world keeps. */
export const MAX_DELETED_SERVERS = 1000;

/** The key after another one in the order of deletions. */
export const nextOrder = (last: string | undefined): string => timeKey(Number(last ?? 0) + 1);

/** Key of a server in the index by project. */
export const projectKey = ({ projectId, createdAt, id }: Server): string =>
  `${projectId}\u0000${timeKey(createdAt)}\u0000${id}`;

/** Key of a server in the index by the time of its next image. */
export const dueKey = ({ nextAt }: ImageSchedule, id: string): string => `${timeKey(nextAt)}\u0000${id}`;

/** The time at the start of a key from `dueKey`, in milliseconds since 1970. */
export const timeOfKey = (key: string): number => Number(key.slice(0, 16));

/** Restores the state of the servers of a world. */
export function restoreServers(servers: Iterable<Server>, deleted: Iterable<Server> = []): ServersState {
  const all = new Collection<Server>();
  const byProject = new Collection<string>();
  const scheduled = new Collection<string>();
  const gone = [...deleted];
  for (const server of servers) {
    all.set(server.id, server);
    byProject.set(projectKey(server), server.id);
    if (server.imageSchedule !== undefined) scheduled.set(dueKey(server.imageSchedule, server.id), server.id);
  }
  return {
    servers: all.snapshot(),
    byProject: byProject.snapshot(),
    scheduled: scheduled.snapshot(),
    deleted: collectionOf(gone.map((server) => [server.id, server] as const)),
    deletedOrder: collectionOf(gone.map(({ id }, at) => [timeKey(at + 1), id] as const)),
  };
}
