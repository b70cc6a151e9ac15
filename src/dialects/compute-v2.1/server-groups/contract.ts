import type { Operation } from '../../../contract/contract.ts';
import { anyObject } from '../schemas.ts';
import { GROUP_REPLY, GROUPS_REPLY } from './schemas.ts';

const SOURCE = 'Compute API v2.1 reference';
const GROUPS = '/v2.1/{tenant_id}/os-server-groups';
const ANNEX = { annex: 'server groups' } as const;

/** Groups of servers. */
export const serverGroupOperations = {
  listServerGroups: {
    ...ANNEX,
    method: 'get',
    path: GROUPS,
    summary: 'Lists the server groups of the project.',
    triggers: { 403: 'inject' },
    success: 200,
    statuses: [200, 401, 403],
    alsoSeen: [400, 404, 406, 415],
    response: GROUPS_REPLY,
    source: `${SOURCE}, "List Server Groups"`,
  },
  createServerGroup: {
    ...ANNEX,
    method: 'post',
    path: GROUPS,
    summary: 'Creates a server group.',
    success: 200,
    statuses: [200, 400, 401, 403, 409],
    alsoSeen: [404, 406, 413, 415],
    request: anyObject('server_group'),
    response: GROUP_REPLY,
    source: `${SOURCE}, "Create Server Group"`,
  },
  showServerGroup: {
    ...ANNEX,
    method: 'get',
    path: `${GROUPS}/{server_group_id}`,
    summary: 'Returns one server group.',
    triggers: { 403: 'inject' },
    success: 200,
    statuses: [200, 401, 403, 404],
    alsoSeen: [400, 406, 415],
    response: GROUP_REPLY,
    source: `${SOURCE}, "Show Server Group Details"`,
  },
  deleteServerGroup: {
    ...ANNEX,
    method: 'delete',
    path: `${GROUPS}/{server_group_id}`,
    summary: 'Deletes a server group; its servers stay.',
    triggers: { 403: 'inject' },
    success: 204,
    statuses: [204, 401, 403, 404],
    alsoSeen: [400, 406, 415],
    source: `${SOURCE}, "Delete Server Group"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
