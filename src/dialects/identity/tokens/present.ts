import type { Cloud } from '../../../cloud.ts';
import type { Call, Reply } from '../../../contract/contract.ts';
import { toMicroseconds } from '../../../domain/clock.ts';
import type { ApplicationCredential } from '../../../identity/application-credentials/application-credential.ts';
import type { Identity } from '../../../identity/identity.ts';
import type { Token } from '../../../identity/tokens/token.ts';
import { presentCatalog } from '../catalog/present.ts';
import { since } from '../profiles.ts';
import { reply } from '../service-handler.ts';
import type { IdentityService } from '../services.ts';
import { withoutZone } from '../times.ts';

/** A token to present, and the request for it. */
export interface TokenReply {
  readonly status: 200 | 201;
  readonly token: Token;
  readonly call: Call;
  readonly cloud: Cloud;
  readonly service: IdentityService;
}

/** `{token}` with the id in X-Subject-Token; with the catalog unless the query has `nocatalog`. */
export function presentToken({ status, token, call, cloud, service }: TokenReply): Reply {
  const { identity } = cloud;
  const hasCatalog = !call.query.has('nocatalog') && token.scope.kind !== 'unscoped';
  const credentialId = token.applicationCredentialId;
  const credential = credentialId === null ? undefined : identity.credentials.get(credentialId);
  const body = {
    token: {
      methods: token.methods,
      ...presentUser(token, identity, service),
      ...presentTimes(token, credential, cloud),
      ...presentTrust(token, identity),
      ...presentScope(token, identity, service),
      ...(hasCatalog && { catalog: presentCatalog({ call, cloud, service }, token) }),
      ...(service !== 'iam' && presentProviders(identity)),
      ...presentAccessToken(token, identity),
      ...(credential && { application_credential: presentCredential(credential) }),
    },
  };
  return reply(status, body, { 'X-Subject-Token': token.id });
}

const presentDomainOf = (identity: Identity, domainId: string): object => ({
  id: domainId,
  name: identity.index.domain({ id: domainId })?.name ?? domainId,
});

function presentUser(token: Token, identity: Identity, service: IdentityService): object {
  const user = identity.index.user(token.userId);
  return {
    user: {
      domain: presentDomainOf(identity, user?.domainId ?? 'default'),
      id: token.userId,
      name: user?.name ?? '',
      password_expires_at: service === 'iam' ? '' : null,
    },
    ...(service !== 'iam' && { audit_ids: token.auditIds }),
  };
}

/**
 * A token that expires with its credential has the expiry of the credential, which Zed writes without a zone, and in
 * whole seconds without a fraction.
 */
function presentTimes(
  { expiresAt, issuedAt }: Token,
  credential: ApplicationCredential | undefined,
  cloud: Cloud,
): object {
  const isOfCredential = expiresAt === credential?.expiresAt && !since(cloud, '2025.1');
  return {
    expires_at: isOfCredential ? withoutZone(expiresAt).replace('.000000', '') : toMicroseconds(expiresAt),
    issued_at: toMicroseconds(issuedAt),
  };
}

/** The enabled service providers of federation. */
function presentProviders({ records }: Identity): object {
  const providers = records.all('service-provider').filter(({ enabled }) => enabled === true);
  if (providers.length === 0) return {};
  return { service_providers: providers.map(({ auth_url, id, sp_url }) => ({ auth_url, id, sp_url })) };
}

/** The access token of OAuth 1.0 that gave a token. */
function presentAccessToken({ accessTokenId: id }: Token, { records }: Identity): object {
  const accessToken = id === undefined ? undefined : records.get('access-token', id);
  return accessToken && id ? { 'OS-OAUTH1': { access_token_id: id, consumer_id: accessToken.consumer_id } } : {};
}

/** The trust of a token. */
function presentTrust({ trustId }: Token, { records }: Identity): object {
  const trust = trustId === undefined ? undefined : records.get('trust', trustId);
  if (trust === undefined) return {};
  return {
    'OS-TRUST:trust': {
      id: trust.id,
      trustor_user: { id: trust.trustor_user_id },
      trustee_user: { id: trust.trustee_user_id },
      impersonation: trust.impersonation,
    },
  };
}

/** The roles of a token. Keystone shows those of a trust whole. */
function presentRoles({ roles, trustId }: Token, { records }: Identity, isIam: boolean): object {
  if (roles.length === 0) return {};
  if (trustId === undefined) return { roles: roles.map(({ id, name }) => ({ id: isIam ? '0' : id, name })) };
  return {
    roles: roles.map(({ id, name }) => {
      const { domain_id, description, options } = records.get('role', id) ?? {};
      return { id, name, domain_id, description, options };
    }),
  };
}

function presentScope(token: Token, identity: Identity, service: IdentityService): object {
  const { scope, trustId } = token;
  const isIam = service === 'iam';
  const project = scope.kind === 'project' ? identity.index.project(scope.projectId) : undefined;
  return {
    ...(project && {
      project: { domain: presentDomainOf(identity, project.domainId), id: project.id, name: project.name },
      ...(!isIam && trustId === undefined && { is_domain: false }),
    }),
    ...(scope.kind === 'domain' && { domain: presentDomainOf(identity, scope.domainId) }),
    ...presentRoles(token, identity, isIam),
    ...(scope.kind === 'system' && { system: { all: true } }),
  };
}

const presentCredential = ({ id, name, isUnrestricted, accessRules }: ApplicationCredential): object => ({
  id,
  name,
  restricted: !isUnrestricted,
  ...(accessRules !== null && { access_rules: accessRules }),
});
