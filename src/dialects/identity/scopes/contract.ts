import type { Operation } from '../../../contract/contract.ts';
import { type OperationShape, specialOperations } from '../records/special-operations.ts';
import { DOMAINS_REPLY, PROJECTS_REPLY, SYSTEM_REPLY } from '../response-schemas.ts';

const SOURCE = 'Identity API v3 reference';
const LIST: OperationShape = { method: 'get', success: 200, errors: [401] };

/** The scopes that a token can be exchanged for. */
export const scopeOperations = {
  listAuthProjects: {
    method: 'get',
    path: '/v3/auth/projects',
    summary: 'Lists the projects that the token can be scoped to.',
    success: 200,
    statuses: [200, 400, 401, 403, 404, 405, 409, 413, 415, 503],
    response: PROJECTS_REPLY,
    source: SOURCE,
    confidence: 'documented',
  },
  listAuthDomains: {
    method: 'get',
    path: '/v3/auth/domains',
    summary: 'Lists the domains that the token can be scoped to.',
    success: 200,
    statuses: [200, 400, 401, 403, 404, 405, 409, 413, 415, 503],
    response: DOMAINS_REPLY,
    source: SOURCE,
    confidence: 'documented',
  },
  listAuthSystem: {
    method: 'get',
    path: '/v3/auth/system',
    summary: 'Lists the system scopes that the token can be scoped to.',
    success: 200,
    statuses: [200, 400, 401],
    alsoSeen: [403, 404, 405, 409, 413],
    response: SYSTEM_REPLY,
    source: SOURCE,
    confidence: 'documented',
  },
} as const satisfies Readonly<Record<string, Operation>>;

/** Older paths of the same lists. */
export const federationScopeOperations = specialOperations('OS-FEDERATION', {
  listFederationProjects: [
    LIST,
    '/v3/OS-FEDERATION/projects',
    'List the projects that the token can be scoped to.',
    PROJECTS_REPLY,
  ],
  listFederationDomains: [
    LIST,
    '/v3/OS-FEDERATION/domains',
    'List the domains that the token can be scoped to.',
    DOMAINS_REPLY,
  ],
});
