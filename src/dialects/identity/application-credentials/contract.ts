import type { Operation } from '../../../contract/contract.ts';
import { CREDENTIAL_REPLY, CREDENTIALS_REPLY, NEW_CREDENTIAL_REPLY } from '../response-schemas.ts';

const SOURCE = 'Identity API v3 reference';

/** Operations on application credentials. */
export const applicationCredentialOperations = {
  createApplicationCredential: {
    method: 'post',
    path: '/v3/users/{user_id}/application_credentials',
    summary: 'Creates an application credential for the project of the token.',
    success: 201,
    statuses: [201, 400, 401, 403, 404, 409],
    alsoSeen: [405, 413, 500],
    response: NEW_CREDENTIAL_REPLY,
    source: SOURCE,
    confidence: 'documented',
  },
  listApplicationCredentials: {
    method: 'get',
    path: '/v3/users/{user_id}/application_credentials',
    summary: 'Lists application credentials of a user.',
    success: 200,
    statuses: [200, 401, 403, 404],
    alsoSeen: [400, 405, 409, 413],
    response: CREDENTIALS_REPLY,
    source: SOURCE,
    confidence: 'documented',
  },
  showApplicationCredential: {
    method: 'get',
    path: '/v3/users/{user_id}/application_credentials/{application_credential_id}',
    summary: 'Returns one application credential, without secret.',
    success: 200,
    statuses: [200, 401, 403, 404],
    alsoSeen: [400, 405, 409, 413],
    response: CREDENTIAL_REPLY,
    source: SOURCE,
    confidence: 'documented',
  },
  deleteApplicationCredential: {
    method: 'delete',
    path: '/v3/users/{user_id}/application_credentials/{application_credential_id}',
    summary: 'Deletes an application credential.',
    success: 204,
    statuses: [204, 401, 403, 404],
    alsoSeen: [400, 405, 409, 413],
    source: SOURCE,
    confidence: 'documented',
  },
} as const satisfies Readonly<Record<string, Operation>>;
