import type { Operation } from '../../../contract/contract.ts';
import { toMicroseconds } from '../../../domain/clock.ts';
import type { SampleReply } from '../../shared/sample-replies.ts';
import { recordHandler } from '../records/handlers.ts';
import { sampleList } from '../records/operations.ts';
import { type OperationShape, specialOperations } from '../records/special-operations.ts';
import { TOKEN_REPLY } from '../response-schemas.ts';
import { roles } from '../roles/resource.ts';
import {
  ACCESS_TOKEN_REPLY,
  ACCESS_TOKENS_REPLY,
  ROLE_REPLY,
  ROLES_REPLY,
  VERIFIER_REPLY,
} from '../special-response-schemas.ts';
import {
  createAccessToken,
  deleteAccessToken,
  listAccessTokenRoles,
  listAccessTokens,
  showAccessToken,
  showAccessTokenRole,
} from './access-tokens.ts';
import { formReply } from './form-reply.ts';
import { authorizeRequestToken, createRequestToken } from './request-tokens.ts';

const TOKEN: OperationShape = { method: 'post', success: 201, errors: [400, 401, 404], auth: 'none' };
const READ: OperationShape = { method: 'get', success: 200, errors: [401, 403, 404] };
const TOKENS = '/v3/users/{user_id}/OS-OAUTH1/access_tokens';
const ROLES = `${TOKENS}/{access_token_id}/roles`;

const operations = specialOperations('OS-OAUTH1', {
  createRequestToken: [TOKEN, '/v3/OS-OAUTH1/request_token', 'Give a request token to a consumer.'],
  authorizeRequestToken: [
    { method: 'put', success: 200, errors: [400, 401, 403, 404] },
    '/v3/OS-OAUTH1/authorize/{request_token_id}',
    'Delegate roles to the consumer of a request token.',
    VERIFIER_REPLY,
  ],
  createAccessToken: [TOKEN, '/v3/OS-OAUTH1/access_token', 'Exchange a request token for an access token.'],
  listAccessTokens: [{ ...READ, errors: [401, 403] }, TOKENS, 'List the access tokens of a user.', ACCESS_TOKENS_REPLY],
  showAccessToken: [READ, `${TOKENS}/{access_token_id}`, 'Show an access token.', ACCESS_TOKEN_REPLY],
  deleteAccessToken: [
    { method: 'delete', success: 204, errors: [401, 403, 404] },
    `${TOKENS}/{access_token_id}`,
    'Delete an access token.',
  ],
  listAccessTokenRoles: [READ, ROLES, 'List the roles that an access token delegates.', ROLES_REPLY],
  showAccessTokenRole: [READ, `${ROLES}/{role_id}`, 'Show a role that an access token delegates.', ROLE_REPLY],
  authOauth1: [
    { method: 'post', success: 201, errors: [400, 401, 404], auth: 'none' },
    '/v3/auth/tokens',
    'Issue a token by an access token; the scope is that of the access token.',
    TOKEN_REPLY,
  ],
});

/** The operations of OAuth 1.0 besides those on consumers. */
export const oauth1Operations: typeof operations = {
  ...operations,
  authOauth1: { ...operations.authOauth1, discriminator: 'methods: oauth1' } satisfies Operation,
};

const sampleToken: SampleReply = ({ context: { cloud } }) =>
  formReply({
    id: cloud.ids.uuid('sample token').replaceAll('-', ''),
    secret: cloud.ids.uuid('sample secret').replaceAll('-', ''),
    expiresAt: toMicroseconds(cloud.clock.now()),
  });

/** Sample replies of `oauth1Operations`. */
export const oauth1Samples: Readonly<Record<string, SampleReply>> = {
  createRequestToken: sampleToken,
  createAccessToken: sampleToken,
  listAccessTokenRoles: sampleList(roles),
};

/** Handlers of `oauth1Operations` but the login, which is one of those in `log-in/`. */
export const oauth1Handlers = {
  createRequestToken: recordHandler(createRequestToken),
  authorizeRequestToken: recordHandler(authorizeRequestToken),
  createAccessToken: recordHandler(createAccessToken),
  listAccessTokens: recordHandler(listAccessTokens),
  showAccessToken: recordHandler(showAccessToken),
  deleteAccessToken: recordHandler(deleteAccessToken),
  listAccessTokenRoles: recordHandler(listAccessTokenRoles),
  showAccessTokenRole: recordHandler(showAccessTokenRole),
};
