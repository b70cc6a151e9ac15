import type { Operation } from '../../../contract/contract.ts';
import { TOKEN_REPLY } from '../response-schemas.ts';

const SOURCE = 'Identity API v3 reference';

/** Operations on tokens of version 3. */
export const tokenOperations = {
  showToken: {
    method: 'get',
    path: '/v3/auth/tokens',
    summary: 'Validates a token and returns it.',
    success: 200,
    statuses: [200, 400, 401, 403, 404],
    alsoSeen: [405, 409, 413],
    response: TOKEN_REPLY,
    source: SOURCE,
    confidence: 'documented',
  },
  checkToken: {
    method: 'head',
    path: '/v3/auth/tokens',
    summary: 'Validates a token without returning a body.',
    success: 200,
    statuses: [200, 400, 401, 403, 404],
    alsoSeen: [405, 409, 413],
    source: SOURCE,
    confidence: 'documented',
  },
  revokeToken: {
    method: 'delete',
    path: '/v3/auth/tokens',
    summary: 'Revokes a token.',
    success: 204,
    statuses: [204, 400, 401, 403, 404],
    alsoSeen: [405, 409, 413],
    source: SOURCE,
    confidence: 'documented',
  },
} as const satisfies Readonly<Record<string, Operation>>;
