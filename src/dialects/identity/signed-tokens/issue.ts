/** Tokens for services that received a request signed with an EC2 credential. */
import { isObject, type Json } from '../../../base/json.ts';
import type { Reply } from '../../../contract/contract.ts';
import type { User } from '../../../identity/directory/directory.ts';
import { notAuthenticated } from '../../../identity/problem.ts';
import { isEnabledScope } from '../../../identity/scopes/scope-rules.ts';
import type { TokenRequest } from '../../../identity/tokens/issue-token.ts';
import type { Token } from '../../../identity/tokens/token.ts';
import { parseBody } from '../body.ts';
import { ec2CredentialId } from '../credentials/resource.ts';
import { ec2Parts } from '../ec2/credentials.ts';
import { trustedParts } from '../log-in/trust.ts';
import { parseTime } from '../parse-time.ts';
import type { Policy } from '../records/policy.ts';
import { authorize, type RecordRequest } from '../records/record-request.ts';
import { badRequest, notFound, unexpected } from '../request-error.ts';
import { presentToken } from '../tokens/present.ts';
import { isSignedEc2, isSignedS3 } from './signatures.ts';

/** Services and administrators. */
const VALIDATE: Policy = ['admin', 'service'];
const SIGNATURE_MINUTES = 15;

/** Returns whether the request that the body describes has the signature of a secret. @throws RequestError 500. */
type SignatureCheck = (signed: Json, secret: string) => boolean;

/** Issues a token to the user who signed a request of EC2. */
export function createEc2Token(request: RecordRequest): Reply {
  authorize(request, 'ec2tokens_validate', { policy: VALIDATE });
  return showToken(request, issue(request, isSignedEc2));
}

/** Shows a token of the user who signed a request of S3, without its id. */
export function createS3Token(request: RecordRequest): Reply {
  authorize(request, 's3tokens_validate', { policy: VALIDATE });
  const { headers, ...reply } = showToken(request, issue(request, isSignedS3));
  const { 'X-Subject-Token': _id, ...others } = headers ?? {};
  return { ...reply, headers: others };
}

const showToken = ({ call, context: { cloud } }: RecordRequest, token: Token): Reply =>
  presentToken({ status: 200, token, call, cloud, service: 'keystone' });

function issue(request: RecordRequest, isSigned: SignatureCheck): Token {
  const { call, records, context } = request;
  const { identity, clock } = context.cloud;
  const signed = signedRequest(request);
  const { access } = signed;
  const id = ec2CredentialId(typeof access === 'string' ? access : notAuthenticated());
  const credential = records.get('credential', id) ?? notFound(`Could not find credential: ${id}.`);
  if (credential['type'] !== 'ec2') return notAuthenticated();
  const parts = ec2Parts(credential);
  if (!isSigned(signed, String(parts['secret'] ?? ''))) return notAuthenticated();
  const owner = { userId: String(credential['user_id']), projectId: String(credential['project_id']) };
  const user = signer(owner, request);
  checkTime(signed, clock.now());
  return identity.issue({
    ...delegatedParts(parts, { user, projectId: owner.projectId }, request),
    methods: ['ec2credential'],
    program: call.program,
    includesWorldTag: call.isPlain,
    format: 'fernet',
  });
}

/** What the body says of the signed request, under any of its three names. @throws RequestError 400. */
function signedRequest({ call }: RecordRequest): Json {
  const body = parseBody(call);
  if (Object.keys(body).length === 0) return badRequest('request must include a request body');
  const signed = [body['credentials'], body['credential'], body['ec2Credentials']].find(Boolean);
  return isObject(signed) ? signed : {};
}

/** @throws RequestError 404; IdentityError `not-authenticated` if user or project is disabled. */
function signer({ userId, projectId }: { userId: string; projectId: string }, { context }: RecordRequest): User {
  const { identity } = context.cloud;
  if (identity.index.project(projectId) === undefined) return notFound(`Could not find project: ${projectId}.`);
  const user = identity.index.user(userId) ?? notFound(`Could not find user: ${userId}.`);
  const isEnabled = identity.isActive(user) && isEnabledScope(identity.index, { kind: 'project', projectId });
  return isEnabled ? user : notAuthenticated();
}

/** @throws IdentityError `not-authenticated` for a request that was signed too long ago, or at no time. */
function checkTime({ params, headers }: Json, now: number): void {
  const at = memberOf(params, 'Timestamp') ?? memberOf(headers, 'X-Amz-Date') ?? memberOf(params, 'X-Amz-Date');
  if (at === undefined) return;
  const signedAt = parseTime(String(at));
  if (Number.isNaN(signedAt) || now > signedAt + SIGNATURE_MINUTES * 60_000) notAuthenticated();
}

const memberOf = (value: unknown, name: string): unknown => (isObject(value) ? value[name] || undefined : undefined);

/** The user, scope and delegation of a token: an EC2 credential may belong to a trust or an application credential. */
function delegatedParts(
  { trust_id: trustId, app_cred_id: applicationCredentialId }: Json,
  { user, projectId }: { readonly user: User; readonly projectId: string },
  { context }: RecordRequest,
): Pick<TokenRequest, 'user' | 'scope' | 'trust' | 'credential'> {
  const { identity } = context.cloud;
  const scope = { kind: 'project', projectId } as const;
  if (typeof trustId === 'string') {
    const trust = identity.usableTrust(trustId) ?? notFound(`Could not find trust: ${trustId}.`);
    const trustee = trust.impersonation ? identity.index.user(trust.trustee_user_id) : user;
    return trustedParts(trust, trustee ?? unexpected(), identity);
  }
  if (typeof applicationCredentialId !== 'string') return { user, scope };
  const credential = identity.credentials.get(applicationCredentialId);
  return credential.projectId === projectId ? { user, scope, credential } : notAuthenticated();
}
