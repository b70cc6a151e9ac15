import type { Operation } from '../../../contract/contract.ts';
import { ACCESS_REPLY, TENANTS_REPLY, VERSION_REPLY } from '../response-schemas.ts';

const SOURCE = 'Identity API v2.0 reference';

/** Operations of Keystone v2.0. */
export const v2Operations = {
  showVersionV2: {
    method: 'get',
    path: '/v2.0',
    summary: 'Describes version 2.0.',
    success: 200,
    statuses: [200, 203, 400, 401, 403, 404, 405, 413, 503],
    alsoSeen: [409],
    auth: 'none',
    isDiscovery: true,
    response: VERSION_REPLY,
    source: SOURCE,
    confidence: 'documented',
  },
  v2Authenticate: {
    method: 'post',
    path: '/v2.0/tokens',
    summary: 'Issues a token by password or by token (OpenStack).',
    success: 200,
    statuses: [200, 400, 401, 403, 404, 405, 413, 503],
    alsoSeen: [409],
    auth: 'none',
    discriminator: 'auth: passwordCredentials or token',
    response: ACCESS_REPLY,
    source: SOURCE,
    confidence: 'documented',
  },
  v2ListTenants: {
    method: 'get',
    path: '/v2.0/tenants',
    summary: 'Lists the tenants that the token can use.',
    success: 200,
    statuses: [200, 400, 401, 403, 404, 405, 413, 503],
    alsoSeen: [409],
    response: TENANTS_REPLY,
    source: SOURCE,
    confidence: 'documented',
  },
} as const satisfies Readonly<Record<string, Operation>>;
