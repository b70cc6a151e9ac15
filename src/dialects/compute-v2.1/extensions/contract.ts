import type { Operation } from '../../../contract/contract.ts';
import { wrapped } from '../schemas.ts';

const SOURCE = 'Compute API v2.1 reference';
// Nova's default policy lets everybody read extensions.
const READ = { method: 'get', success: 200, annex: 'extensions', triggers: { 403: 'inject' } } as const;

const text = { type: 'string' } as const;
const extension = {
  type: 'object',
  required: ['alias', 'name', 'description', 'links', 'namespace', 'updated'],
  properties: {
    alias: text,
    name: text,
    description: text,
    links: { type: 'array', maxItems: 0 },
    namespace: text,
    updated: text,
  },
  additionalProperties: false,
} as const;

/** Extensions of the API. */
export const extensionOperations = {
  listExtensions: {
    ...READ,
    path: '/v2.1/{tenant_id}/extensions',
    summary: 'Lists the extensions of the API.',
    statuses: [200, 401, 403],
    alsoSeen: [400, 404, 406, 415],
    response: wrapped('extensions', { type: 'array', items: extension }),
    source: `${SOURCE}, "List Extensions"`,
  },
  showExtension: {
    ...READ,
    path: '/v2.1/{tenant_id}/extensions/{alias}',
    summary: 'Returns one extension of the API.',
    statuses: [200, 401, 403, 404],
    alsoSeen: [400, 406, 415],
    response: wrapped('extension', extension),
    source: `${SOURCE}, "Show Extension Details"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
