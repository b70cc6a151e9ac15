import { type Call, type Contract, type Handlers, jsonReply, type Reply } from '../../../contract/contract.ts';
import type { Server } from '../../../domain/servers/server.ts';
import { pageOfServers } from '../../../domain/servers/server-list.ts';
import type { Context } from '../../dialect.ts';
import { nextAddress } from '../../nova/image-views.ts';
import { presentLimits } from '../limits.ts';
import { typeOf } from '../media-types.ts';
import { minorOf } from '../microversion.ts';
import { listParameters } from '../parse.ts';
import { withPreconditions } from '../preconditions.ts';
import { addressesOf } from '../present.ts';
import { fault, OVER_METADATA } from '../problems.ts';
import { mostImageMetadata } from '../quotas.ts';
import { ServerError } from '../server-error.ts';
import { newImageOf } from '../service-attributes.ts';
import { serverOperations } from './contract.ts';
import { parseServerList } from './parse.ts';
import { presentOneServer, presentServers } from './present.ts';

interface ServersContract extends Contract {
  readonly operations: typeof serverOperations;
}

/** What a body of `createImage` says, which has passed its schema. */
interface CreateImage {
  readonly name: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The first microversion that counts no metadata of images, and the one whose answer names the image in the body. */
const FIRST_UNCOUNTED = 39;
const FIRST_WITH_BODY = 45;

/** From here on limits take no parameters but those that they know. */
const FIRST_STRICT = 75;

const { createServerImage, showLimits, listServers, listServersDetail, showServer } = serverOperations;

/** Handlers of servers, and of limits. */
export const serverHandlers: Handlers<ServersContract, Context> = {
  createServerImage: withPreconditions(createServerImage, (call, { cloud, caller, requestId }) => {
    const { server_id: serverId } = call.params;
    const { name, metadata = {} } = (call.json as { readonly createImage: CreateImage }).createImage;
    requireProject(caller.projectId);
    cloud.servers.show(caller, serverId);
    if (minorOf(call) < FIRST_UNCOUNTED && Object.keys(metadata).length > mostImageMetadata(cloud))
      return OVER_METADATA;
    cloud.servers.checkSnapshot(caller, serverId, { action: 'createImage', ...IGNORING_LOCK });
    const { image } = cloud.servers.createImage(caller, serverId, {
      api: 'compute-v2.1',
      type: 'createImage',
      action: 'createImage',
      ...IGNORING_LOCK,
      image: { ...newImageOf(metadata), name },
      requestId,
      onFailure: 'remove',
    });
    return minorOf(call) < FIRST_WITH_BODY
      ? { status: 202, headers: { ...HTML, Location: `${addressesOf(call).images}/images/${image.id}` } }
      : jsonReply(202, { image_id: image.id }, typeOf(call));
  }),

  showLimits: withPreconditions(showLimits, (call, { cloud, caller }) => {
    const unknown = [...new Set(call.query.keys())].filter((name) => name !== 'tenant_id');
    if (minorOf(call) >= FIRST_STRICT && unknown.length > 0) return fault(400, unexpected(unknown));
    if (caller.projectId === '') return fault(403, 'Forbidden');
    const asked = call.query.get('tenant_id');
    if (asked !== null && !caller.isAdmin) return fault(403, denied('limits:other_project'));
    const projectId = asked ?? caller.projectId;
    return jsonReply(200, presentLimits(cloud, projectId, minorOf(call)), typeOf(call));
  }),

  listServers: withPreconditions(listServers, (call, context) => list(call, context, false)),
  listServersDetail: withPreconditions(listServersDetail, (call, context) => list(call, context, true)),

  showServer: withPreconditions(showServer, (call, { cloud, caller }) => {
    requireProject(caller.projectId);
    const server = cloud.servers.show(caller, call.params.server_id);
    return jsonReply(200, presentOneServer(server, addressesOf(call), minorOf(call)), typeOf(call));
  }),
};

const HTML = { 'Content-Type': 'text/html; charset=UTF-8' } as const;

/** Nobody's lock keeps an image from being made of a server. */
const IGNORING_LOCK = { ignoresLock: true } as const;

/** Without a project the service finds no server's owner, and fails. */
function requireProject(projectId: string): void {
  if (projectId === '') throw new ServerError('nova.exception.NovaException');
}

const denied = (rule: string): string => `Policy doesn't allow os_compute_api:${rule} to be performed.`;

const unexpected = (names: readonly string[]): string =>
  `Additional properties are not allowed (${names.map((name) => `'${name}'`).join(', ')} ${names.length === 1 ? 'was' : 'were'} unexpected)`;

function list(call: Call, { cloud, caller }: Context, isDetail: boolean): Reply {
  const query = parseServerList(listParameters(call));
  if (typeof query === 'string') return fault(400, query);
  if (query.isOfAll && !caller.isAdmin) {
    return fault(403, denied(`servers:${isDetail ? 'detail' : 'index'}:get_all_tenants`));
  }
  const page = pageOfServers(query.isOfAll ? cloud.servers.listAll() : cloud.servers.list(caller), query);
  if (page === undefined) return fault(400, `marker [${query.marker}] not found`);
  const next = nextOf(call, page, query.limit, isDetail);
  return jsonReply(200, presentServers(page, addressesOf(call), isDetail, minorOf(call), next), typeOf(call));
}

/** A full page has a next one, whether or not anything follows. */
function nextOf(call: Call, page: readonly Server[], limit: number, isDetail: boolean): string | undefined {
  const last = page.at(-1);
  if (last === undefined || page.length < limit) return undefined;
  return nextAddress(`${addressesOf(call).self}/servers${isDetail ? '/detail' : ''}`, listParameters(call), last.id);
}
