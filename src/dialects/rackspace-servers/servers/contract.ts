import type { Operation } from '../../../contract/contract.ts';
import { SCHEDULE_REPLY } from '../images/schemas.ts';

const SOURCE = 'Rackspace Cloud Servers API v2 developer guide';
const AUTHENTICATION = 'Rackspace Cloud Identity API 2.0 guide';

/** The table forgets the unknown server, and the faults section has it; the type of a body was always held against JSON. */
const WITH_BODY = { alsoSeen: [404, 415] } as const;

/** What servers, limits and log-ins have to do with images. */
export const serverOperations = {
  createServerImage: {
    method: 'post',
    path: '/v2/{tenant_id}/servers/{server_id}/action',
    summary: 'Begins to make an image of a server.',
    success: 202,
    statuses: [202, 400, 401, 403, 405, 409, 413, 500, 503],
    ...WITH_BODY,
    source: `${SOURCE}, "Create image of server"`,
  },
  enableScheduledImages: {
    method: 'post',
    path: '/v2/{tenant_id}/servers/{server_id}/rax-si-image-schedule',
    summary: 'Has images of a server made every day, or every week.',
    success: 200,
    statuses: [200, 400, 401, 403, 405, 409, 413, 500, 503],
    ...WITH_BODY,
    response: SCHEDULE_REPLY,
    source: `${SOURCE}, "Enable scheduled images"`,
  },
  showScheduledImages: {
    method: 'get',
    path: '/v2/{tenant_id}/servers/{server_id}/rax-si-image-schedule',
    summary: 'Returns how images of a server are made by themselves.',
    success: 200,
    statuses: [200, 203, 400, 401, 403, 405, 409, 413, 500, 503],
    alsoSeen: [404],
    response: SCHEDULE_REPLY,
    source: `${SOURCE}, "Show scheduled images"`,
  },
  disableScheduledImages: {
    method: 'delete',
    path: '/v2/{tenant_id}/servers/{server_id}/rax-si-image-schedule',
    summary: 'Has no more images of a server made by themselves.',
    success: 202,
    statuses: [202, 400, 401, 403, 405, 409, 413, 500, 503],
    alsoSeen: [404],
    source: `${SOURCE}, "Disable scheduled images"`,
  },
  showLimits: {
    method: 'get',
    path: '/v2/{tenant_id}/limits',
    summary: 'Returns limits of calls and of what an account may have, with what is left of them.',
    success: 200,
    statuses: [200, 400, 401, 403, 405, 409, 413, 500, 503],
    response: {
      type: 'object',
      required: ['limits'],
      properties: { limits: { type: 'object', required: ['rate', 'absolute'] } },
    },
    source: `${SOURCE}, "Retrieve rate and absolute limits"`,
  },
  showQuotas: {
    method: 'get',
    path: '/v2/{tenant_id}/os-quota-sets/{target_tenant_id}',
    summary: 'Returns the quotas of an account.',
    success: 200,
    statuses: [200, 203, 400, 401, 403, 405, 409, 413, 500, 503],
    response: { type: 'object', required: ['quota_set'] },
    source: `${SOURCE}, "Retrieve quotas"`,
  },
  authenticate: {
    method: 'post',
    path: '/v2.0/tokens',
    summary: 'Logs in with an API key or a password; the same call as that of the identity service.',
    success: 200,
    statuses: [200, 400, 401, 403, 500],
    auth: 'none',
    response: { type: 'object', required: ['access'] },
    source: `${AUTHENTICATION}, "Authenticate as user with password or API key"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
