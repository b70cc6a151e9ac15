import type { Operation } from '../../../contract/contract.ts';

const SOURCE = 'Identity API v3 reference';

/** Tokens of version 3. */
export const tokenOperations = {
  showToken: {
    method: 'get',
    path: '/v3/auth/tokens',
    summary: 'Validate a token and return it.',
    success: 200,
    statuses: [200, 400, 401, 403, 404],
    alsoSeen: [405, 409, 413],
    source: SOURCE,
    confidence: 'documented',
  },
  checkToken: {
    method: 'head',
    path: '/v3/auth/tokens',
    summary: 'Validate a token, headers only.',
    success: 200,
    statuses: [200, 400, 401, 403, 404],
    alsoSeen: [405, 409, 413],
    source: SOURCE,
    confidence: 'documented',
  },
  revokeToken: {
    method: 'delete',
    path: '/v3/auth/tokens',
    summary: 'Revoke a token at once.',
    success: 204,
    statuses: [204, 400, 401, 403, 404],
    alsoSeen: [405, 409, 413],
    source: SOURCE,
    confidence: 'documented',
  },
} as const satisfies Readonly<Record<string, Operation>>;
