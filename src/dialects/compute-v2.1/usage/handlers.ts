import { type Call, type Contract, type Handlers, jsonReply, type Reply } from '../../../contract/contract.ts';
import type { Server } from '../../../domain/servers/server.ts';
import type { Context } from '../../dialect.ts';
import { nextAddress } from '../../nova/list-parameters.ts';
import { addressesOf } from '../protocol/addresses.ts';
import { fault } from '../protocol/errors.ts';
import { typeHeader } from '../protocol/media-types.ts';
import { deniedBy } from '../protocol/policies.ts';
import { withPreconditions } from '../protocol/preconditions.ts';
import { usageOperations } from './contract.ts';
import { parseUsage, type UsageRequest } from './parse.ts';
import { presentUsage } from './present.ts';

interface UsageContract extends Contract {
  readonly operations: typeof usageOperations;
}

const { listTenantUsage, showTenantUsage } = usageOperations;

/** Handlers of usage. */
export const usageHandlers: Handlers<UsageContract, Context> = {
  listTenantUsage: withPreconditions(listTenantUsage, (call, context) =>
    respond(call, context, {
      rule: context.caller.isAdmin ? undefined : 'list',
      servers: () => context.cloud.servers.listAll(),
      present: (servers, request) => ({ tenant_usages: usagesOf(servers, request, context.cloud.clock.now()) }),
      path: '',
    }),
  ),
  showTenantUsage: withPreconditions(showTenantUsage, (call, context) => {
    const { cloud, caller } = context;
    const { project_id: projectId } = call.params;
    return respond(call, context, {
      rule: caller.isAdmin || projectId === caller.projectId ? undefined : 'show',
      servers: () => cloud.servers.list({ projectId }),
      // Unlike the list, this response always has the servers.
      present: (servers, request) => ({
        tenant_usage: presentUsage(servers, { ...request, isDetailed: true }, cloud.clock.now()),
      }),
      path: `/${projectId}`,
    });
  }),
};

interface UsageRead {
  /** Policy rule that denies the request. */
  readonly rule: 'list' | 'show' | undefined;
  servers(): readonly Server[];
  present(servers: readonly Server[], request: UsageRequest): object;
  /** End of the path, in links. */
  readonly path: string;
}

function respond(call: Call, { cloud }: Context, { rule, servers, present, path }: UsageRead): Reply {
  const request = parseUsage(call, cloud.clock.now());
  const unknownParameters = typeof request === 'string' && request.startsWith('Additional');
  if (rule !== undefined && !unknownParameters) return fault(403, deniedBy(`os-simple-tenant-usage:${rule}`));
  if (typeof request === 'string') return fault(400, request);
  const started = servers().filter(({ createdAt, status }) => createdAt <= request.end && status !== 'BUILD');
  const { marker, limit } = request;
  const start = marker === undefined ? 0 : started.findIndex(({ id }) => id === marker) + 1;
  if (marker !== undefined && start === 0) return fault(400, `Marker ${marker} could not be found.`);
  const page = started.slice(start, limit === undefined ? undefined : start + limit);
  const body = present(page, request);
  const [name] = Object.keys(body);
  const last = page.at(-1);
  const isFull = limit !== undefined && last !== undefined && page.length === limit;
  const address = `${addressesOf(call).self}/os-simple-tenant-usage${path}`;
  const links = isFull && { [`${name}_links`]: [{ rel: 'next', href: nextAddress(address, call.query, last.id) }] };
  return jsonReply(200, { ...body, ...links }, typeHeader(call));
}

/** The usage of each project that has servers. */
function usagesOf(servers: readonly Server[], request: UsageRequest, now: number): readonly object[] {
  const byProject = new Map<string, Server[]>();
  for (const server of servers) {
    const list = byProject.get(server.projectId);
    if (list === undefined) byProject.set(server.projectId, [server]);
    else list.push(server);
  }
  return [...byProject.values()].map((list) => presentUsage(list, request, now));
}
