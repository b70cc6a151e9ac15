import type { Operation } from '../../../contract/contract.ts';
import { SOURCE } from '../documented.ts';
import { SCHEDULE_REPLY } from './schemas.ts';

/** The tables omit two statuses: 404, which the section on faults documents, and 415 for a body that is not JSON. */
const WITH_BODY = { alsoSeen: [404, 415] } as const;

/** Operations that create images of servers. */
export const serverOperations = {
  createServerImage: {
    method: 'post',
    path: '/v2/{tenant_id}/servers/{server_id}/action',
    summary: 'Starts to create an image of a server.',
    success: 202,
    statuses: [202, 400, 401, 403, 405, 409, 413, 500, 503],
    ...WITH_BODY,
    source: `${SOURCE}, "Create image of server"`,
  },
  enableScheduledImages: {
    method: 'post',
    path: '/v2/{tenant_id}/servers/{server_id}/rax-si-image-schedule',
    summary: 'Schedules a daily or weekly image of a server.',
    success: 200,
    statuses: [200, 400, 401, 403, 405, 409, 413, 500, 503],
    triggers: { 409: 'inject' },
    ...WITH_BODY,
    response: SCHEDULE_REPLY,
    source: `${SOURCE}, "Enable scheduled images"`,
  },
  showScheduledImages: {
    method: 'get',
    path: '/v2/{tenant_id}/servers/{server_id}/rax-si-image-schedule',
    summary: 'Returns the image schedule of a server.',
    success: 200,
    statuses: [200, 203, 400, 401, 403, 405, 409, 413, 500, 503],
    triggers: { 409: 'inject' },
    alsoSeen: [404],
    response: SCHEDULE_REPLY,
    source: `${SOURCE}, "Show scheduled images"`,
  },
  disableScheduledImages: {
    method: 'delete',
    path: '/v2/{tenant_id}/servers/{server_id}/rax-si-image-schedule',
    summary: 'Removes the image schedule of a server.',
    success: 202,
    statuses: [202, 400, 401, 403, 405, 409, 413, 500, 503],
    triggers: { 409: 'inject' },
    alsoSeen: [404],
    source: `${SOURCE}, "Disable scheduled images"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
