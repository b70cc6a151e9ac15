/** Access tokens of OAuth 1.0: consumers get them, users list and delete theirs. */
import type { Json } from '../../../base/json.ts';
import type { Reply } from '../../../contract/contract.ts';
import { toMicroseconds } from '../../../domain/clock.ts';
import { notAuthenticated } from '../../../identity/problem.ts';
import type { AccessTokenRecord, RequestTokenRecord } from '../../../identity/records/oauth1-records.ts';
import { parseBody } from '../body.ts';
import { rejectDelegatedToken } from '../delegation.ts';
import { required } from '../fields.ts';
import { listReply } from '../records/list-reply.ts';
import { ADMIN } from '../records/policy.ts';
import { apiBase, presentRecord } from '../records/present.ts';
import { authorize, pathId, type RecordRequest, without } from '../records/record-request.ts';
import { notFound } from '../request-error.ts';
import { roles } from '../roles/resource.ts';
import { NO_CONTENT, reply } from '../service-handler.ts';
import { formReply } from './form-reply.ts';
import { assertProtocol, checkVerifier } from './protocol-error.ts';
import { usableRequestToken } from './request-tokens.ts';
import { isSigned, parseSigned, type SignedRequest } from './signed-request.ts';

const LIFETIME_MILLISECONDS = 86_400_000;

/** Exchanges a request token that a user has authorized for an access token. */
export function createAccessToken(request: RecordRequest): Reply {
  const { call, records, context } = request;
  const { clock, ids } = context.cloud;
  parseBody(call);
  const signed = parseSigned(call, { signsQuery: true });
  const [consumerId, tokenId] = (['oauth_consumer_key', 'oauth_token', 'oauth_verifier'] as const).map((name) =>
    required(signed.header.get(name) || undefined, name, 'request'),
  ) as [string, string, string];
  const authorized = usableRequestToken(tokenId, request);
  assertProtocol(signed, clock.now(), checkVerifier);
  assertAuthorized(signed, authorized, request);
  const id = ids.nextHex('oauth access token', consumerId, authorized.project_id);
  const secret = ids.nextHex('oauth access secret', id);
  const expires = clock.now() + LIFETIME_MILLISECONDS;
  const expiresAt = toMicroseconds(expires);
  records.delete('request-token', tokenId);
  records.put('access-token', {
    id,
    authorizing_user_id: authorized.authorizing_user_id ?? notAuthenticated(),
    project_id: authorized.project_id,
    consumer_id: authorized.consumer_id,
    expires_at: expiresAt,
    expires,
    secret,
    role_ids: authorized.role_ids,
  });
  return formReply({ id, secret, expiresAt });
}

/** @throws IdentityError `not-authenticated` for another consumer, a wrong verifier or a wrong signature. */
function assertAuthorized(signed: SignedRequest, token: RequestTokenRecord, { records }: RecordRequest): void {
  const consumer = records.get('consumer', signed.protocol.get('oauth_consumer_key') ?? '');
  const isOfConsumer = consumer !== undefined && token.consumer_id === consumer.id;
  const secrets = { consumer: String(consumer?.['secret']), token: token.secret };
  if (!isOfConsumer || !isSigned(signed, secrets) || token.verifier !== signed.protocol.get('oauth_verifier'))
    notAuthenticated();
}

const userIdOf = (request: RecordRequest): string => pathId(request, 'user_id');

/** Returns the access token of the path. @throws RequestError 404. */
const requestedToken = (request: RecordRequest): AccessTokenRecord =>
  request.records.get('access-token', pathId(request, 'access_token_id')) ?? notFound('Access token not found');

/** Returns the access token of the path, which has to be one of the user of the path. @throws RequestError 404. */
function ownToken(request: RecordRequest): AccessTokenRecord {
  const token = requestedToken(request);
  // The service leaves the name of what it did not find open.
  return token.authorizing_user_id === userIdOf(request) ? token : notFound('Could not find: %(target)s.');
}

function presentAccessToken(token: AccessTokenRecord, request: RecordRequest): Json {
  const { id, authorizing_user_id: userId, project_id, consumer_id, expires_at } = token;
  const self = `${apiBase(request)}/users/${userId}/OS-OAUTH1/access_tokens/${id}`;
  const links = { roles: `${self}/roles`, self };
  return { id, authorizing_user_id: userId, project_id, consumer_id, expires_at, links };
}

/** Lists the access tokens of a user. */
export function listAccessTokens(request: RecordRequest): Reply {
  authorize(request, 'list_access_tokens', { policy: ADMIN });
  rejectDelegatedToken(request.context, null);
  const tokens = request.records.by('access-token', 'user', userIdOf(request));
  return listReply(
    'access_tokens',
    tokens.map((token) => presentAccessToken(token, request)),
    request,
  );
}

/** Shows an access token of a user. */
export function showAccessToken(request: RecordRequest): Reply {
  authorize(request, 'get_access_token', { policy: ADMIN });
  rejectDelegatedToken(request.context, null);
  return reply(200, { access_token: presentAccessToken(ownToken(request), request) });
}

/** Deletes an access token of a user, which ends the tokens that it gave. Keystone checks the rule of EC2 credentials. */
export function deleteAccessToken(request: RecordRequest): Reply {
  authorize(request, 'ec2_delete_credential', { policy: ADMIN });
  rejectDelegatedToken(request.context, null);
  const { id, authorizing_user_id: userId } = requestedToken(request);
  if (userId !== userIdOf(request)) notAuthenticated();
  request.records.delete('access-token', id);
  return NO_CONTENT;
}

/** A role as these operations present it. @throws RequestError 404 for a role that has been deleted. */
function presentRole(id: string, request: RecordRequest): Json {
  const role = request.records.get('role', id) ?? notFound(`Could not find role: ${id}.`);
  return without(presentRecord(roles, role, request), ['description']);
}

/** Lists the roles that an access token delegates. */
export function listAccessTokenRoles(request: RecordRequest): Reply {
  authorize(request, 'list_access_token_roles', { policy: ADMIN });
  const { role_ids: ids } = ownToken(request);
  return listReply(
    'roles',
    ids.map((id) => presentRole(id, request)),
    request,
  );
}

/** Shows a role that an access token delegates. */
export function showAccessTokenRole(request: RecordRequest): Reply {
  authorize(request, 'get_access_token_role', { policy: ADMIN });
  const token = requestedToken(request);
  if (token.authorizing_user_id !== userIdOf(request)) notAuthenticated();
  const id = pathId(request, 'role_id');
  return token.role_ids.includes(id)
    ? reply(200, { role: presentRole(id, request) })
    : notFound(`Could not find role: ${id}.`);
}
