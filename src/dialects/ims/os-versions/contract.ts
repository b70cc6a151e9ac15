import type { Operation } from '../../../contract/contract.ts';
import { ERRORS, SOURCE } from '../documented.ts';
import { OS_VERSIONS_REPLY } from './schemas.ts';

/** The operation that lists operating systems. */
export const osVersionOperations = {
  listOsVersions: {
    method: 'get',
    path: '/v1/cloudimages/os_version',
    summary: 'Lists the supported operating systems.',
    success: 200,
    statuses: [200, ...ERRORS],
    response: OS_VERSIONS_REPLY,
    source: `${SOURCE}, "Querying Supported Image OSs"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
