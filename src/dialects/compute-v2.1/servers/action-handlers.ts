import type { Call, Contract, Handler, Handlers, Operation, Reply } from '../../../contract/contract.ts';
import {
  locked,
  lockHolderOf,
  SERVER_ACTIONS,
  type ServerAction,
  unlocked,
} from '../../../domain/servers/server-actions.ts';
import type { Context } from '../../dialect.ts';
import { versionedBody } from '../protocol/check-body.ts';
import { fault } from '../protocol/errors.ts';
import { typeHeader } from '../protocol/media-types.ts';
import { minorOf } from '../protocol/microversion.ts';
import { deniedBy } from '../protocol/policies.ts';
import { withPreconditions } from '../protocol/preconditions.ts';
import { actionOperations, FIRST_WITH_REASON, lockSchema } from './action-contract.ts';
import { serverUnmapped } from './errors.ts';
import { requireProject } from './require-project.ts';
import { denyUnscheduled } from './unscheduled.ts';

interface ActionsContract extends Contract {
  readonly operations: typeof actionOperations;
}

type ActionHandler = Handler<Context, 'tenant_id' | 'server_id'>;

/** A 202 without a body. */
const accepted = (call: Call): Reply => ({ status: 202, headers: { ...typeHeader(call), 'Content-Length': '0' } });

/**
 * The handler of an action that changes the status of a server.
 * @param rule - of the policy.
 * @param actionOf - the action that a body means.
 */
const changing = (operation: Operation, rule: string, actionOf: (call: Call) => ServerAction): ActionHandler =>
  withPreconditions(operation, (call, context) => {
    const { cloud, caller } = context;
    requireProject(caller.projectId);
    const denied = denyUnscheduled(context, call.params.server_id, rule);
    if (denied !== undefined) return denied;
    cloud.servers.act(caller, call.params.server_id, actionOf(call));
    return accepted(call);
  });

/** As `changing`, for actions before which Nova looks for the cell of the server, and reports a missing one. */
const changingInCell = (operation: Operation, action: ServerAction): ActionHandler =>
  withPreconditions(operation, (call, { cloud, caller }) => {
    requireProject(caller.projectId);
    const { server_id: id } = call.params;
    if (cloud.servers.peek(id) === undefined) return serverUnmapped(id);
    cloud.servers.act(caller, id, action);
    return accepted(call);
  });

const rebootOf = (call: Call): ServerAction => {
  const { type } = (call.json as { readonly reboot: { readonly type: string } }).reboot;
  return type.toUpperCase() === 'SOFT' ? SERVER_ACTIONS.softReboot : SERVER_ACTIONS.hardReboot;
};

const checkLock = versionedBody(actionOperations.lockServer, lockSchema);

const lockServer: ActionHandler = withPreconditions(actionOperations.lockServer, (call, context) => {
  const { cloud, caller } = context;
  const error = checkLock(call);
  if (error !== undefined) return error;
  requireProject(caller.projectId);
  const denied = denyUnscheduled(context, call.params.server_id, 'os-lock-server:lock');
  if (denied !== undefined) return denied;
  const { lock } = call.json as { readonly lock: { readonly locked_reason?: string } | null };
  const reason = minorOf(call) < FIRST_WITH_REASON ? undefined : lock?.locked_reason;
  cloud.servers.change(caller, call.params.server_id, (server) => locked(server, lockHolderOf(caller, server), reason));
  return accepted(call);
});

const unlockServer: ActionHandler = withPreconditions(actionOperations.unlockServer, (call, context) => {
  const { cloud, caller } = context;
  requireProject(caller.projectId);
  const denied = denyUnscheduled(context, call.params.server_id, 'os-lock-server:unlock');
  if (denied !== undefined) return denied;
  const server = cloud.servers.show(caller, call.params.server_id);
  const isForeignLock = server.isLocked && (server.lockedBy ?? 'owner') !== lockHolderOf(caller, server);
  if (isForeignLock && !caller.isAdmin) return fault(403, deniedBy('os-lock-server:unlock:unlock_override'));
  cloud.servers.change(caller, server.id, unlocked);
  return accepted(call);
});

const { startServer, stopServer, pauseServer, unpauseServer, suspendServer, resumeServer, rebootServer } =
  actionOperations;

/** Handlers of the actions on servers. */
export const actionHandlers: Handlers<ActionsContract, Context> = {
  startServer: changingInCell(startServer, SERVER_ACTIONS.start),
  stopServer: changingInCell(stopServer, SERVER_ACTIONS.stop),
  pauseServer: changing(pauseServer, 'os-pause-server:pause', () => SERVER_ACTIONS.pause),
  unpauseServer: changing(unpauseServer, 'os-pause-server:unpause', () => SERVER_ACTIONS.unpause),
  suspendServer: changing(suspendServer, 'os-suspend-server:suspend', () => SERVER_ACTIONS.suspend),
  resumeServer: changing(resumeServer, 'os-suspend-server:resume', () => SERVER_ACTIONS.resume),
  rebootServer: changing(rebootServer, 'servers:reboot', rebootOf),
  lockServer,
  unlockServer,
};
