import { type Call, type Contract, type Handlers, jsonReply, type Reply } from '../../../contract/contract.ts';
import { pageOfServers } from '../../../domain/servers/server-list.ts';
import type { Context } from '../../dialect.ts';
import { nextAddress } from '../../nova/list-parameters.ts';
import { addressesOf } from '../protocol/addresses.ts';
import { fault } from '../protocol/errors.ts';
import { listParameters } from '../protocol/list-parameters.ts';
import { typeHeader } from '../protocol/media-types.ts';
import { minorOf } from '../protocol/microversion.ts';
import { deniedBy } from '../protocol/policies.ts';
import { withPreconditions } from '../protocol/preconditions.ts';
import { serverOperations } from './contract.ts';
import { parseServerList } from './parse.ts';
import { presentServerDetail, presentServerPage } from './present.ts';
import { requireProject } from './require-project.ts';

interface ServersContract extends Contract {
  readonly operations: typeof serverOperations;
}

const { listServers, listServersDetail, showServer } = serverOperations;

/** Handlers of servers. */
export const serverHandlers: Handlers<ServersContract, Context> = {
  listServers: withPreconditions(listServers, (call, context) => list(call, context, false)),
  listServersDetail: withPreconditions(listServersDetail, (call, context) => list(call, context, true)),

  showServer: withPreconditions(showServer, (call, { cloud, caller }) => {
    requireProject(caller.projectId);
    const server = cloud.servers.show(caller, call.params.server_id);
    return jsonReply(200, presentServerDetail(server, addressesOf(call), minorOf(call)), typeHeader(call));
  }),
};

function list(call: Call, { cloud, caller }: Context, isDetail: boolean): Reply {
  const parameters = listParameters(call);
  const query = parseServerList(parameters);
  if (typeof query === 'string') return fault(400, query);
  if (query.ofAllProjects && !caller.isAdmin) {
    return fault(403, deniedBy(`servers:${isDetail ? 'detail' : 'index'}:get_all_tenants`));
  }
  const servers = pageOfServers(query.ofAllProjects ? cloud.servers.listAll() : cloud.servers.list(caller), query);
  if (servers === undefined) return fault(400, `marker [${query.marker}] not found`);
  const at = addressesOf(call);
  const last = servers.at(-1);
  // A full page has a link to the next one, even if nothing follows.
  const next =
    last !== undefined && servers.length >= query.limit
      ? nextAddress(`${at.self}/servers${isDetail ? '/detail' : ''}`, parameters, last.id)
      : undefined;
  return jsonReply(200, presentServerPage({ servers, isDetail, next }, at, minorOf(call)), typeHeader(call));
}
