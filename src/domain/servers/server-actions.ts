import type { Caller } from '../caller.ts';
import { DomainError } from '../problem.ts';
import type { Server, ServerStatus } from './server.ts';

/** An action that changes the status of a server. */
export interface ServerAction {
  /** Name of the action in error messages. */
  readonly name: string;
  /** Statuses in which a server accepts the action. */
  readonly from: readonly ServerStatus[];
  /** Status after the action. */
  readonly to: ServerStatus;
}

/** The actions on servers. */
export const SERVER_ACTIONS = {
  start: { name: 'start', from: ['SHUTOFF'], to: 'ACTIVE' },
  stop: { name: 'stop', from: ['ACTIVE', 'ERROR'], to: 'SHUTOFF' },
  pause: { name: 'pause', from: ['ACTIVE'], to: 'PAUSED' },
  unpause: { name: 'unpause', from: ['PAUSED'], to: 'ACTIVE' },
  suspend: { name: 'suspend', from: ['ACTIVE'], to: 'SUSPENDED' },
  resume: { name: 'resume', from: ['SUSPENDED'], to: 'ACTIVE' },
  softReboot: { name: 'reboot', from: ['ACTIVE'], to: 'ACTIVE' },
  hardReboot: { name: 'reboot', from: ['ACTIVE', 'SHUTOFF', 'PAUSED', 'SUSPENDED', 'ERROR'], to: 'ACTIVE' },
} as const satisfies Readonly<Record<string, ServerAction>>;

/** An action to check: its name in error messages, and the statuses in which a server accepts it. */
export interface CheckedAction extends Pick<ServerAction, 'name' | 'from'> {
  readonly ignoresLock?: boolean | undefined;
}

/**
 * Checks whether a server accepts an action now.
 * @throws DomainError `server-busy` for its lock, its status or its task.
 */
export function assertAccepts(
  server: Server,
  caller: Caller,
  { name, from, ignoresLock = false }: CheckedAction,
): void {
  const busy = (reason: 'locked' | 'status' | 'task', status: string): DomainError =>
    new DomainError({ kind: 'server-busy', serverId: server.id, action: name, reason, status });
  if (server.isLocked && !caller.isAdmin && !ignoresLock) throw busy('locked', server.status);
  if (!from.includes(server.status)) throw busy('status', server.status);
  if (server.taskState !== null) throw busy('task', server.taskState);
}

/** Who holds the lock of a server: its project, or an administrator of another one. */
export type LockHolder = 'owner' | 'admin';

/** Who a caller is for the lock of a server. */
export const lockHolderOf = ({ projectId }: Pick<Caller, 'projectId'>, server: Server): LockHolder =>
  projectId === server.projectId ? 'owner' : 'admin';

/** Locks a server; its own project does not replace a lock that exists. @param reason - text that the server shows. */
export function locked(server: Server, holder: LockHolder, reason: string | undefined): Server {
  if (server.isLocked && holder === 'owner') return server;
  const { lockedReason: _reason, ...rest } = server;
  return { ...rest, isLocked: true, lockedBy: holder, ...(reason !== undefined && { lockedReason: reason }) };
}

/** Unlocks a server. */
export function unlocked(server: Server): Server {
  const { lockedBy: _holder, lockedReason: _reason, ...rest } = server;
  return { ...rest, isLocked: false };
}
