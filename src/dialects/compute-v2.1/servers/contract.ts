import type { Operation } from '../../../contract/contract.ts';
import { CREATE_SERVER_REQUEST } from './create-schemas.ts';
import { CREATED_SERVER_REPLY, SERVER_REPLY, SERVERS_REPLY } from './schemas.ts';
import { UPDATE_SERVER_REQUEST } from './update-schemas.ts';

const SOURCE = 'Compute API v2.1 reference';

const SERVERS = { annex: 'servers', alsoSeen: [404, 406, 415, 500] } as const;

/** The operations on servers that clients need to create images. */
export const serverOperations = {
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
  createServer: {
    method: 'post',
    path: '/v2.1/{tenant_id}/servers',
    summary: 'Creates servers from an image.',
    success: 202,
    statuses: [202, 400, 401, 403, 404, 409],
    // There is one network.
    triggers: { 409: 'inject' },
    annex: 'servers',
    alsoSeen: [406, 413, 415, 500],
    request: CREATE_SERVER_REQUEST,
    response: CREATED_SERVER_REPLY,
    source: `${SOURCE}, "Create server"`,
  },
  updateServer: {
    method: 'put',
    path: '/v2.1/{tenant_id}/servers/{server_id}',
    summary: 'Changes the name, the description or the addresses of a server.',
    success: 200,
    statuses: [200, 400, 401, 403, 404],
    annex: 'servers',
    alsoSeen: [406, 413, 415, 500],
    request: UPDATE_SERVER_REQUEST,
    response: SERVER_REPLY,
    source: `${SOURCE}, "Update server"`,
  },
  deleteServer: {
    method: 'delete',
    path: '/v2.1/{tenant_id}/servers/{server_id}',
    summary: 'Deletes a server.',
    success: 204,
    statuses: [204, 401, 403, 404, 409],
    annex: 'servers',
    alsoSeen: [400, 406, 415, 500],
    source: `${SOURCE}, "Delete server"`,
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
