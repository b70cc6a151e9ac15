/** The first two steps of OAuth 1.0: a consumer asks for access to a project, and a user authorizes it. */
import { isObject } from '../../../base/json.ts';
import type { Reply } from '../../../contract/contract.ts';
import { toMicroseconds } from '../../../domain/clock.ts';
import { IdentityError, notAuthenticated } from '../../../identity/problem.ts';
import type { RequestTokenRecord } from '../../../identity/records/oauth1-records.ts';
import { parseBody } from '../body.ts';
import { rejectDelegatedToken } from '../delegation.ts';
import { required } from '../fields.ts';
import { findProject } from '../projects/domain-as-project.ts';
import { assertValid } from '../records/check-body.ts';
import { ADMIN } from '../records/policy.ts';
import { authorize, pathId, type RecordRequest, wrappedBody } from '../records/record-request.ts';
import { notFound } from '../request-error.ts';
import { reply } from '../service-handler.ts';
import { formReply } from './form-reply.ts';
import { assertProtocol, checkCallback, VERIFIER_LENGTH, VERIFIER_LETTERS } from './protocol-error.ts';
import { AUTHORIZED_ROLES } from './schema.ts';
import { isSigned, parseSigned, type SignedRequest } from './signed-request.ts';

const LIFETIME_MILLISECONDS = 8 * 3_600_000;

/** Gives a request token to a consumer. */
export function createRequestToken(request: RecordRequest): Reply {
  const { call, records, context } = request;
  const { clock, ids } = context.cloud;
  parseBody(call);
  const signed = parseSigned(call, { signsQuery: true });
  const consumerId = required(signed.header.get('oauth_consumer_key') || undefined, 'oauth_consumer_key', 'request');
  const projectId = required(textOf(call.headers['requested-project-id']), 'Requested-Project-Id', 'request');
  if (findProject(records, projectId) === undefined) notFound(`Could not find project: ${projectId}.`);
  const consumer = records.get('consumer', consumerId) ?? notFound('Consumer not found');
  assertProtocol(signed, clock.now(), checkCallback);
  const secrets = { consumer: String(consumer['secret']), token: tokenSecret(signed, request) };
  if (!isSigned(signed, secrets)) notAuthenticated();
  const id = ids.nextHex('oauth request token', consumerId, projectId);
  const expires = clock.now() + LIFETIME_MILLISECONDS;
  const secret = ids.nextHex('oauth request secret', id);
  records.put('request-token', {
    id,
    consumer_id: consumerId,
    project_id: projectId,
    secret,
    verifier: null,
    authorizing_user_id: null,
    role_ids: [],
    expires,
  });
  return formReply({ id, secret, expiresAt: toMicroseconds(expires) });
}

const textOf = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Keystone takes a token in the request of a consumer for an access token. @throws RequestError 404. */
function tokenSecret({ protocol }: SignedRequest, { records }: RecordRequest): string {
  const id = protocol.get('oauth_token');
  if (!id || protocol.get('oauth_signature_method')?.startsWith('RSA-')) return '';
  return (records.get('access-token', id) ?? notFound('Access token not found')).secret;
}

/** Returns a request token that has not expired. @throws RequestError 404; IdentityError `not-authenticated`. */
export function usableRequestToken(id: string, { records, context }: RecordRequest): RequestTokenRecord {
  const token = records.get('request-token', id) ?? notFound('Request token not found');
  return context.cloud.clock.now() > token.expires ? notAuthenticated() : token;
}

/** Delegates roles of the requester to a consumer, and shows the verifier to tell it. */
export function authorizeRequestToken(request: RecordRequest): Reply {
  authorize(request, 'authorize_request_token', { policy: ADMIN });
  const roles = wrappedBody(request, 'roles', []);
  assertValid(roles, AUTHORIZED_ROLES);
  rejectDelegatedToken(request.context, null);
  const token = usableRequestToken(pathId(request, 'request_token_id'), request);
  const roleIds = delegatedRoles(roles, token, request);
  const verifier = nextVerifier(token, request);
  const { userId } = request.requester;
  request.records.put('request-token', { ...token, verifier, authorizing_user_id: userId, role_ids: roleIds });
  return reply(200, { token: { oauth_verifier: verifier } });
}

/**
 * Returns the ids of roles that the requester has in the project of a request token.
 * @throws IdentityError `role-not-found`, `not-authenticated` for a role that it has not; RequestError 404.
 */
function delegatedRoles(roles: unknown, token: RequestTokenRecord, request: RecordRequest): readonly string[] {
  const { context, records, requester } = request;
  const { index } = context.cloud.identity;
  const items = Array.isArray(roles) ? roles.filter(isObject) : [];
  const ids = new Set(items.map(({ id, name }) => (id === undefined ? roleNamed(String(name), request) : String(id))));
  const { project_id: projectId } = token;
  if (findProject(records, projectId) === undefined) notFound(`Could not find project: ${projectId}.`);
  const held = new Set(index.roles(requester.userId, projectId).map((role) => role.id));
  return [...ids].every((id) => held.has(id)) ? [...ids] : notAuthenticated();
}

function roleNamed(name: string, { context }: RecordRequest): string {
  const role = context.cloud.identity.index.role({ id: undefined, name });
  if (role === undefined) throw new IdentityError({ kind: 'role-not-found', role: name });
  return role.id;
}

/** A verifier has no letter twice. */
function nextVerifier({ id }: RequestTokenRecord, { context }: RecordRequest): string {
  const bytes = Buffer.from(context.cloud.ids.nextHex('oauth verifier', id), 'hex');
  const letters = [...VERIFIER_LETTERS];
  return [...bytes.subarray(0, VERIFIER_LENGTH)]
    .map((byte) => letters.splice(byte % letters.length, 1).join(''))
    .join('');
}
