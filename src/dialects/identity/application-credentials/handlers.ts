import type { Json } from '../../../base/json.ts';
import type { Call } from '../../../contract/contract.ts';
import { mayReadCredentials, mayRemoveCredentials, type Requester } from '../../../identity/permissions.ts';
import type { Token } from '../../../identity/tokens/token.ts';
import type { Context } from '../../dialect.ts';
import { parseBody } from '../body.ts';
import { rejectTokenForCredentials } from '../delegation.ts';
import { matchesQuery } from '../filters.ts';
import { pageReply } from '../records/list-reply.ts';
import { cutPage, limitOf, pagingOf, wholePage } from '../records/pages.ts';
import { NO_CONTENT, reply, requesterOf, requirePermission, type ServiceHandler } from '../service-handler.ts';
import { findSubjectToken } from '../subject-token.ts';
import { parseCredential } from './parse.ts';
import { presentCredential } from './present.ts';

/**
 * The caller's own token, if it may create and delete credentials.
 * @throws IdentityError `not-allowed` for the token of a restricted credential.
 */
function managingToken({ cloud, caller }: Context): Token {
  const token = cloud.identity.subjectToken(caller.token);
  const { applicationCredentialId: id } = token;
  requirePermission(
    id === null || cloud.identity.credentials.get(id).isUnrestricted === true,
    "Using method 'application_credential' is not allowed for managing additional application credentials.",
  );
  return token;
}

/** Creates a credential for the caller. */
export const createApplicationCredential: ServiceHandler = (call, context) => {
  const { cloud, caller } = context;
  rejectTokenForCredentials(context);
  requirePermission(caller.userId === call.params['user_id'], 'identity:create_application_credential');
  const token = managingToken(context);
  const body = parseBody(call);
  const requested = Object.hasOwn(body, 'application_credential') ? body['application_credential'] : {};
  const credential = cloud.identity.credentials.create(token, parseCredential(requested, token, cloud));
  // The response repeats `system` as the client sent it; later responses show the text that Keystone stores.
  const { system = null } = requested as Json;
  return reply(201, { application_credential: { ...presentCredential(credential, call, credential.secret), system } });
};

/** Lists the credentials of a user. */
export const listApplicationCredentials: ServiceHandler = (call, context) => {
  rejectTokenForCredentials(context);
  const userId = call.params['user_id'] ?? '';
  requirePermission(mayReadCredentials(requesterOf(context), userId), 'identity:list_application_credentials');
  const found = context.cloud.identity.credentials
    .list(userId)
    .filter(({ name }) => matchesQuery({ name }, call.query));
  const paging = pagingOf('application_credentials', { call, context });
  const { items, isTruncated } = paging === undefined ? wholePage(found) : cutPage(found, paging, limitOf(call.query));
  const presented = items.map((credential) => presentCredential(credential, call));
  return pageReply('application_credentials', { items: presented, isTruncated }, call);
};

/**
 * Checks the policy for the owner of the credential, whatever user the path names; for a credential that does not exist, for that user.
 * @returns the id of the credential.
 * @throws IdentityError `not-allowed`.
 */
function authorizeCredential(call: Call, context: Context, { may, action }: CredentialPolicy): string {
  const { user_id: userId = '', application_credential_id: id = '' } = call.params;
  const { credentials } = context.cloud.identity;
  // The policy looks at a credential that exists, and else at a token in X-Subject-Token.
  if (!credentials.has(id)) findSubjectToken(call, context);
  rejectTokenForCredentials(context);
  const requester = requesterOf(context);
  requirePermission(may(requester, credentials.has(id) ? credentials.get(id).userId : userId), action);
  return id;
}

/** Who may do something with a credential, by its owner. */
interface CredentialPolicy {
  readonly may: (requester: Requester, userId: string) => boolean;
  readonly action: string;
}

const SHOW: CredentialPolicy = { may: mayReadCredentials, action: 'identity:get_application_credential' };
const DELETE: CredentialPolicy = { may: mayRemoveCredentials, action: 'identity:delete_application_credential' };

/** Shows a credential without its secret. */
export const showApplicationCredential: ServiceHandler = (call, context) => {
  const id = authorizeCredential(call, context, SHOW);
  return reply(200, { application_credential: presentCredential(context.cloud.identity.credentials.get(id), call) });
};

/** Deletes a credential. */
export const deleteApplicationCredential: ServiceHandler = (call, context) => {
  const { credentials } = context.cloud.identity;
  const id = authorizeCredential(call, context, DELETE);
  managingToken(context);
  credentials.remove(credentials.get(id));
  return NO_CONTENT;
};
