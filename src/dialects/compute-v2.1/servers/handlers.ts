import { type Call, type Contract, type Handlers, jsonReply, type Reply } from '../../../contract/contract.ts';
import type { Server } from '../../../domain/servers/server.ts';
import { pageOfServers } from '../../../domain/servers/server-list.ts';
import type { Context } from '../../dialect.ts';
import { nextAddress } from '../../nova/list-parameters.ts';
import { addressesOf } from '../protocol/addresses.ts';
import { versionedBody } from '../protocol/check-body.ts';
import { fault } from '../protocol/errors.ts';
import { listParameters } from '../protocol/list-parameters.ts';
import { noContent, typeHeader } from '../protocol/media-types.ts';
import { minorOf } from '../protocol/microversion.ts';
import { deniedBy } from '../protocol/policies.ts';
import { withPreconditions } from '../protocol/preconditions.ts';
import { serverOperations } from './contract.ts';
import { createServer } from './create.ts';
import { serverSchema } from './create-schemas.ts';
import { parseServerList, type ServerListRequest } from './parse.ts';
import { presentServerDetail, presentServerPage, presentUpdatedServer, type ServerReader } from './present.ts';
import { requireProject } from './require-project.ts';
import { denyUnscheduled } from './unscheduled.ts';
import { updateOf } from './update.ts';
import { updateSchema } from './update-schemas.ts';

interface ServersContract extends Contract {
  readonly operations: typeof serverOperations;
}

const {
  listServers,
  listServersDetail,
  showServer,
  createServer: create,
  updateServer,
  deleteServer,
} = serverOperations;

const checkBody = versionedBody(create, serverSchema);
const checkUpdate = versionedBody(updateServer, updateSchema);

const readerOf = (call: Call, { isAdmin }: Context['caller']): ServerReader => ({ minor: minorOf(call), isAdmin });

/** Handlers of servers. */
export const serverHandlers: Handlers<ServersContract, Context> = {
  listServers: withPreconditions(listServers, (call, context) => list(call, context, false)),
  listServersDetail: withPreconditions(listServersDetail, (call, context) => list(call, context, true)),

  createServer: withPreconditions(create, (call, context) => {
    const error = checkBody(call);
    if (error !== undefined) return error;
    requireProject(context.caller.projectId);
    return createServer(call, context);
  }),

  updateServer: withPreconditions(updateServer, (call, context) => {
    const { cloud, caller } = context;
    const error = checkUpdate(call);
    if (error !== undefined) return error;
    requireProject(caller.projectId);
    const denied = denyUnscheduled(context, call.params.server_id, 'servers:update');
    if (denied !== undefined) return denied;
    const server = cloud.servers.change(caller, call.params.server_id, updateOf(call));
    return jsonReply(200, presentUpdatedServer(server, addressesOf(call), readerOf(call, caller)), typeHeader(call));
  }),

  deleteServer: withPreconditions(deleteServer, (call, context) => {
    const { cloud, caller } = context;
    requireProject(caller.projectId);
    const denied = denyUnscheduled(context, call.params.server_id, 'servers:delete');
    if (denied !== undefined) return denied;
    cloud.servers.remove(caller, call.params.server_id);
    return noContent(call);
  }),

  showServer: withPreconditions(showServer, (call, context) => {
    const { cloud, caller } = context;
    requireProject(caller.projectId);
    const denied = denyUnscheduled(context, call.params.server_id, 'servers:show');
    if (denied !== undefined) return denied;
    const server = cloud.servers.poll(cloud.servers.show(caller, call.params.server_id));
    return jsonReply(200, presentServerDetail(server, addressesOf(call), readerOf(call, caller)), typeHeader(call));
  }),
};

function list(call: Call, context: Context, isDetail: boolean): Reply {
  const { cloud, caller } = context;
  const parameters = listParameters(call);
  const query = parseServerList(call, parameters);
  if (typeof query === 'string') return fault(400, query);
  const denied = caller.isAdmin ? undefined : denyList(query, isDetail);
  if (denied !== undefined) return denied;
  // As in Nova, a deleted server and one of another project are markers as well.
  const after = query.marker === undefined ? undefined : cloud.servers.marker(query.marker);
  if (query.marker !== undefined && after === undefined) return fault(400, `marker [${query.marker}] not found`);
  const servers = pageOf(context, query, after);
  const at = addressesOf(call);
  const last = servers.at(-1);
  // A full page has a link to the next one, even if nothing follows.
  const next =
    last !== undefined && servers.length >= query.limit
      ? nextAddress(`${at.self}/servers${isDetail ? '/detail' : ''}`, parameters, last.id)
      : undefined;
  return jsonReply(200, presentServerPage({ servers, isDetail, next }, at, readerOf(call, caller)), typeHeader(call));
}

/** Refuses what only administrators ask of a list. */
function denyList({ ofAllProjects, adminKey }: ServerListRequest, isDetail: boolean): Reply | undefined {
  if (ofAllProjects) return fault(403, deniedBy(`servers:${isDetail ? 'detail' : 'index'}:get_all_tenants`));
  return adminKey === undefined ? undefined : fault(403, `Only administrators can sort servers by ${adminKey}`);
}

function pageOf({ cloud, caller }: Context, query: ServerListRequest, after: Server | undefined): readonly Server[] {
  const all = query.ofAllProjects ? cloud.servers.listAll() : cloud.servers.list(caller);
  const polled = all.map((server) => cloud.servers.poll(server));
  return pageOfServers(polled, { ...query, ...(after !== undefined && { after }) });
}
