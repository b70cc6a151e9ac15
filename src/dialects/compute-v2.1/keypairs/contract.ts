import type { Operation } from '../../../contract/contract.ts';
import { KEYPAIR_REPLY, KEYPAIR_REQUEST, KEYPAIRS_REPLY } from './schemas.ts';

const SOURCE = 'Compute API v2.1 reference';
const KEYPAIRS = '/v2.1/{tenant_id}/os-keypairs';
const ANNEX = { annex: 'key pairs' } as const;

/** Key pairs, which belong to users. */
export const keypairOperations = {
  listKeypairs: {
    ...ANNEX,
    method: 'get',
    path: KEYPAIRS,
    summary: 'Lists the key pairs of a user.',
    success: 200,
    statuses: [200, 400, 401, 403],
    alsoSeen: [404, 406, 415],
    response: KEYPAIRS_REPLY,
    source: `${SOURCE}, "List Keypairs"`,
  },
  createKeypair: {
    ...ANNEX,
    method: 'post',
    path: KEYPAIRS,
    summary: 'Imports a public key, or generates a key.',
    success: 201,
    statuses: [200, 201, 400, 401, 403, 409],
    alsoSeen: [404, 406, 413, 415],
    request: KEYPAIR_REQUEST,
    response: KEYPAIR_REPLY,
    source: `${SOURCE}, "Import (or create) Keypair"`,
  },
  showKeypair: {
    ...ANNEX,
    method: 'get',
    path: `${KEYPAIRS}/{keypair_name}`,
    summary: 'Returns one key pair.',
    success: 200,
    statuses: [200, 401, 403, 404],
    alsoSeen: [400, 406, 415],
    response: KEYPAIR_REPLY,
    source: `${SOURCE}, "Show Keypair Details"`,
  },
  deleteKeypair: {
    ...ANNEX,
    method: 'delete',
    path: `${KEYPAIRS}/{keypair_name}`,
    summary: 'Deletes a key pair.',
    success: 204,
    statuses: [202, 204, 401, 403, 404],
    alsoSeen: [400, 406, 415],
    source: `${SOURCE}, "Delete Keypair"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
