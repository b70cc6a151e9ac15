import type { Operation } from '../../../contract/contract.ts';
import { CREATE_IMAGE_REQUEST, LIMITS_REPLY, SERVER_REPLY, SERVERS_REPLY } from '../schemas.ts';

const SOURCE = 'Compute API v2.1 reference';

/** Servers themselves are shown only as far as clients look at them when they make images of them. */
const SERVERS = { annex: 'servers', alsoSeen: [404, 406, 415, 500] } as const;

/** Images made of servers, limits, and the little of servers that images need. */
export const serverOperations = {
  createServerImage: {
    method: 'post',
    path: '/v2.1/{tenant_id}/servers/{server_id}/action',
    summary: 'Begins to make an image of a server.',
    success: 202,
    statuses: [202, 400, 401, 403, 404, 405, 409, 415, 503],
    // 500 is what the running service makes of names in the metadata that mean something to the image service behind.
    alsoSeen: [406, 413, 500],
    request: CREATE_IMAGE_REQUEST,
    discriminator: 'the one member of the body: createImage',
    source: `${SOURCE}, "Create image (createImage action)"`,
  },
  showLimits: {
    method: 'get',
    path: '/v2.1/{tenant_id}/limits',
    summary: 'Returns what a project may have, and what it has of that.',
    success: 200,
    statuses: [200],
    alsoSeen: [400, 401, 403, 404, 405, 406, 415],
    response: LIMITS_REPLY,
    source: `${SOURCE}, "Show rate and absolute limits"`,
  },
  listServers: {
    method: 'get',
    path: '/v2.1/{tenant_id}/servers',
    summary: 'Lists id, name and links of servers.',
    success: 200,
    statuses: [200, 400, 401, 403],
    ...SERVERS,
    response: SERVERS_REPLY,
    source: `${SOURCE}, "List servers"`,
  },
  listServersDetail: {
    method: 'get',
    path: '/v2.1/{tenant_id}/servers/detail',
    summary: 'Lists servers in full.',
    success: 200,
    statuses: [200, 400, 401, 403],
    ...SERVERS,
    response: SERVERS_REPLY,
    source: `${SOURCE}, "List servers detailed"`,
  },
  showServer: {
    method: 'get',
    path: '/v2.1/{tenant_id}/servers/{server_id}',
    summary: 'Returns one server.',
    success: 200,
    statuses: [200, 401, 403, 404],
    annex: 'servers',
    alsoSeen: [400, 406, 415, 500],
    response: SERVER_REPLY,
    source: `${SOURCE}, "Show server details"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
